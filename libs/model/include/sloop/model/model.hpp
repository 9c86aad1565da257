// SPDX-License-Identifier: Apache-2.0
//
// A model that can be called, and how to get one by name.
//
//   auto model = open_model("openai/gpt-4o");
//   auto reply = (*model)->complete({.messages = {Message::user("Hello")}}, {});
//
// `Model` is the seam for tests: `testing::ScriptedModel` implements it without a network.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/http/retry.hpp"
#include "sloop/http/transport.hpp"
#include "sloop/model/authenticator.hpp"
#include "sloop/model/provider.hpp"
#include "sloop/model/reply.hpp"
#include "sloop/model/request.hpp"
#include "sloop/model/stream_event.hpp"
#include "sloop/model/timeouts.hpp"

namespace sloop {

/// A reply that is pulled event by event. Destroying it early closes the connection.
class ReplyStream {
 public:
  virtual ~ReplyStream() = default;
  ReplyStream(const ReplyStream&) = delete;
  ReplyStream& operator=(const ReplyStream&) = delete;

  /// Blocks for the next event; an empty optional is the end of a complete reply. A failure is final: every later call
  /// returns it again.
  [[nodiscard]] virtual Result<std::optional<StreamEvent>> next() = 0;
  /// Whether `next` returns without waiting; see `Model::wait_progress`.
  [[nodiscard]] virtual bool ready() { return true; }
  /// What was understood so far, also after a failure; the whole reply after the end.
  [[nodiscard]] virtual const ModelReply& reply() const = 0;

 protected:
  ReplyStream() = default;
};

class Model {
 public:
  virtual ~Model() = default;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  /// One call, whole. Blocks.
  [[nodiscard]] virtual Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) = 0;
  /// One call, streamed. Blocks until the head of the answer is there.
  [[nodiscard]] virtual Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request,
                                                                    const CallOptions& options) = 0;

  /// The same without waiting for the head of the answer: failures come from `ReplyStream::next`.
  [[nodiscard]] virtual Result<std::unique_ptr<ReplyStream>> start(const ModelRequest& request,
                                                                   const CallOptions& options) {
    return stream(request, options);
  }
  /// For one thread that reads many streams, see `http::Transport::wait_progress`.
  [[nodiscard]] virtual std::uint64_t progress() const { return 0; }
  [[nodiscard]] virtual Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) {
    (void)seen;
    (void)options;
    return {};
  }

 protected:
  Model() = default;
};

struct ModelOptions {
  /// The provider's key; empty: from the provider's environment variable (`OPENAI_API_KEY`).
  std::string api_key = {};
  /// Address of the API with its version path (`https://api.openai.com/v1`); empty: from the provider's
  /// environment variable (`OPENAI_BASE_URL`), else the provider's own.
  std::string base_url = {};
  /// When the provider's answer says to repeat; `max_attempts = 1` turns repetitions off.
  http::RetryPolicy retry = {};
  Timeouts timeouts = {};
  /// Shows who asks instead of a key, where that takes more (`GoogleCredentials`).
  std::shared_ptr<Authenticator> authenticator = {};
  /// The way to the network; null: `http::default_transport()`.
  std::shared_ptr<http::Transport> transport = {};
};

/// Opens `provider/model`, e.g. `openai/gpt-4o`. No I/O; the transport is told to expect the provider's address. Fails
/// with `invalid_input` (form of the name, unknown provider: the message lists the known ones) or `unauthenticated` (no
/// key: the message names the variable).
[[nodiscard]] Result<std::shared_ptr<Model>> open_model(std::string_view name, const ModelOptions& options = {});

/// The model of that name at any server that speaks `dialect`: at `options.base_url`, else where this dialect's own
/// provider is. A key is sent when one is given or set, and none is needed. Fails with `invalid_input`.
[[nodiscard]] Result<std::shared_ptr<Model>> open_model(Dialect dialect, std::string_view model,
                                                        const ModelOptions& options = {});

}  // namespace sloop
