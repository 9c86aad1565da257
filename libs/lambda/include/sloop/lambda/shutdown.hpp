// SPDX-License-Identifier: Apache-2.0
//
// A last word before the environment goes away.
//
//   lambda::run(handler, {.companions = {lambda::on_shutdown([&] { metrics.flush(); })}});
//
// Lambda sends SIGTERM only to processes that have an extension in them, so one without events is registered: the
// callback then has 300 to 500 ms until SIGKILL. Not for work after each reply: see `after_reply`.
// Source: AWS Lambda Developer Guide, "Lambda execution environment", shutdown phase.
#pragma once

#include <functional>
#include <memory>

#include "sloop/lambda/companion.hpp"

namespace sloop::lambda {

/// On SIGTERM: triggers `Context::stop`, which ends calls under way, and runs `callback` on a thread of its own; `run`
/// returns 0 when both the handler and the callback have. One of these per process.
[[nodiscard]] std::shared_ptr<Companion> on_shutdown(std::function<void()> callback);

}  // namespace sloop::lambda
