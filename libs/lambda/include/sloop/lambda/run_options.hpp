// SPDX-License-Identifier: Apache-2.0
//
// What every kind of `run` takes beside the handler.
//
//   lambda::run(handler, {.init = [&] { return store.open(); }});
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/http/transport.hpp"
#include "sloop/lambda/companion.hpp"
#include "sloop/lambda/context.hpp"

namespace sloop::lambda {

struct RunOptions {
  /// Runs before the first event; its failure is reported as the failure of initialisation, and the process ends.
  std::function<Result<void>()> init = {};
  /// Opens connections to the model providers (whatever the transport expects) during initialisation, where Lambda
  /// grants a full CPU. Also turned off by `SLOOP_WARM_UP=0`.
  bool warm_up = true;
  /// How long that may delay initialisation.
  std::chrono::milliseconds warm_up_limit{2'000};
  /// The transport that is warmed up, and whose connections are closed for a snapshot; null:
  /// `http::default_transport()`.
  std::shared_ptr<http::Transport> transport = {};
  /// Null: from the environment variables.
  std::shared_ptr<const Environment> environment = {};
  /// Null: as `LogOptions::from_env` says.
  std::shared_ptr<Log> log = {};
  /// What lives beside the handler.
  std::vector<std::shared_ptr<Companion>> companions = {};
  /// Set by `run_concurrent`: runs `worker` this many times at once, and returns when all have returned.
  int (*workers)(int count, const std::function<int()>& worker) = nullptr;
};

}  // namespace sloop::lambda
