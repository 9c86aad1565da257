// SPDX-License-Identifier: Apache-2.0
//
// Answers as server-sent events (WHATWG HTML, section 9.2).
//
//   router.post("/chat", [&](web::JsonBody<Question> question) {
//     return web::EventStream{[question = *question](web::EventWriter& out) -> Result<void> {
//       for (const auto& piece : pieces(question))
//         if (auto sent = out.send({.data = piece}); !sent) return sent;
//       return {};
//     }};
//   });
//
// They arrive one by one where replies are streamed (`run_streaming`, or a server), and together otherwise.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/reflect.hpp"
#include "sloop/web/reply.hpp"

namespace sloop::web {

struct ServerEvent {
  /// Of any lines.
  std::string data = {};
  /// Empty: `message`.
  std::string event = {};
  std::string id = {};
  /// How long a client waits before it connects again.
  std::optional<std::chrono::milliseconds> retry = {};
};

/// The event's bytes. Line ends and NUL in `event` and `id`, which can't hold them, are left out.
[[nodiscard]] std::string encode_event(const ServerEvent& event);

class EventWriter final {
 public:
  explicit EventWriter(BodyWriter& out) : out_(out) {}
  /// Sends at once. Fails when the client is gone: return that error.
  [[nodiscard]] Result<void> send(const ServerEvent& event) { return out_.write(encode_event(event)); }
  /// Sends any value as JSON.
  template <class T>
  [[nodiscard]] Result<void> send_json(const T& value, std::string event = {}) {
    return send({.data = write_json(to_json(value)), .event = std::move(event)});
  }
  /// A line that clients pass over; keeps proxies from closing a quiet stream.
  [[nodiscard]] Result<void> keep_alive() { return out_.write(":\n\n"); }

 private:
  BodyWriter& out_;
};

struct EventStream {
  std::function<Result<void>(EventWriter&)> write;
};

template <>
struct Respond<EventStream> {
  static Response response(EventStream stream);
  static void describe(OperationNotes& notes);
};

}  // namespace sloop::web
