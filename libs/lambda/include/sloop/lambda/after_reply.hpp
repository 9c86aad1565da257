// SPDX-License-Identifier: Apache-2.0
//
// Work after the reply, which the caller does not wait for: flushing traces, metrics, caches.
//
//   lambda::run(handler, {.companions = {lambda::after_reply([&](const Context& context) { traces.flush(); })}});
//
// Its time counts as the function's, and the function's timeout holds for it. Not for what must not be lost: the
// environment may break.
// Source: AWS Lambda Developer Guide, "Lambda Extensions API" (the invocation lasts until every extension asks for its
// next event; the reply is handed on before).
#pragma once

#include <functional>
#include <memory>

#include "sloop/lambda/companion.hpp"

namespace sloop::lambda {

/// Runs `work` on a thread of its own after every reply or error, in their order, beside the wait for the next event.
/// Lambda keeps the environment running meanwhile, for an extension in this process stands for the work. On Managed
/// Instances, which are never frozen, it needs none; where there are no extensions, the next event waits for the work.
[[nodiscard]] std::shared_ptr<Companion> after_reply(std::function<void(const Context&)> work);

}  // namespace sloop::lambda
