// SPDX-License-Identifier: Apache-2.0
//
// Server-sent events (WHATWG HTML, section 9.2.6) as a pure state machine: bytes in any chunking in, events out.
//
//   SseDecoder decoder;
//   decoder.feed(bytes);
//   while (auto event = decoder.next()) use(event->data);
//
// Lines may end in CR, LF or CRLF, also split between chunks; a leading byte order mark, comments and unknown fields
// are passed over.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sloop::http {

struct SseEvent {
  /// The `event:` field; empty when the stream did not name it.
  std::string_view type;
  /// All `data:` lines, joined by LF.
  std::string_view data;
  /// The last `id:` seen so far.
  std::string_view id;
};

class SseDecoder {
 public:
  /// Appends bytes. Cost is linear in the bytes fed, whatever the chunking.
  void feed(std::string_view bytes);
  /// The next complete event (one with data); its views are valid until the next call of any member.
  [[nodiscard]] std::optional<SseEvent> next();
  /// Call at the end of the body: an event whose last blank line is missing is completed, so that nothing is lost;
  /// fetch it with `next`.
  void finish();

 private:
  [[nodiscard]] std::optional<std::string_view> next_line();
  void take_field(std::string_view line);
  [[nodiscard]] SseEvent hand_out();

  std::string buffer_;
  std::size_t position_ = 0;  // of the first byte not yet decoded
  std::size_t scanned_ = 0;   // no line end stands between position_ and here
  bool started_ = false;
  bool finished_ = false;
  bool after_cr_ = false;
  std::string data_;
  std::string type_;
  std::string id_;
  bool has_data_ = false;
  bool handed_out_ = false;
};

}  // namespace sloop::http
