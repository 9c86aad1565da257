// SPDX-License-Identifier: Apache-2.0
//
// Something that lives beside the handler for as long as the function runs: `on_shutdown`, `after_reply`, or your own.
//
//   lambda::run(handler, {.companions = {lambda::on_shutdown([&] { pool.close(); })}});
#pragma once

#include <memory>
#include <stop_token>

#include "sloop/core/error.hpp"
#include "sloop/core/log.hpp"
#include "sloop/http/transport.hpp"
#include "sloop/lambda/context.hpp"
#include "sloop/lambda/runtime_client.hpp"

namespace sloop::lambda {

/// What a companion works with.
struct CompanionStart {
  std::shared_ptr<const Environment> environment = {};
  std::shared_ptr<Log> log = {};
  /// Ends the function: `/next` is left, `Context::stop` is triggered, `run` returns 0.
  std::stop_source stop = {};
};

class Companion {
 public:
  virtual ~Companion() = default;
  Companion(const Companion&) = delete;
  Companion& operator=(const Companion&) = delete;

  /// Called once during initialisation; a failure is reported as the failure of initialisation.
  [[nodiscard]] virtual Result<void> start(const CompanionStart& start) = 0;
  /// Called once at the end of initialisation, before the first event is asked for. `models` is the transport of
  /// `RunOptions`. A failure ends the process with status 1; what Lambda is to know of it, the companion has told.
  [[nodiscard]] virtual Result<void> initialised(RuntimeClient& client, http::Transport& models) {
    (void)client;
    (void)models;
    return {};
  }
  /// Called when the reply, or the error, of an invocation has been posted, before the next is asked for; by several
  /// threads on Managed Instances.
  virtual void replied(const Context& context) { (void)context; }
  /// Called once when the function's loop has ended; blocks until the companion's threads have.
  virtual void end() {}

 protected:
  Companion() = default;
};

}  // namespace sloop::lambda
