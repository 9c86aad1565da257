// SPDX-License-Identifier: Apache-2.0
//
// The main loop of a function: a handler from a typed event to a typed result.
//
//   int main() {
//     return sloop::lambda::run([](const Event& event, const Context& context) -> Result<Reply> { ... });
//   }
//
// <sloop/lambda/handler.hpp> says what handlers may look like.
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "sloop/lambda/handler.hpp"
#include "sloop/lambda/run_options.hpp"

namespace sloop::lambda {

namespace detail {

[[nodiscard]] int run_text(const TextHandler& handler, const RunOptions& options);
[[nodiscard]] int run_workers(int count, const std::function<int()>& worker);

}  // namespace detail

/// Serves events with bytes in and bytes out until Lambda ends the process; returns the exit status for `main`.
[[nodiscard]] int run_raw(const RawHandler& handler, const RunOptions& options = {});

/// Serves events with `handler` until Lambda ends the process; returns the exit status for `main`. A handler that
/// fails or throws is reported and the next event taken. What a handler returns as an error is reported with the type
/// `Function.<Kind>`, or with `Error::code` where that has the form `Category.Reason`.
template <class Handler>
[[nodiscard]] int run(Handler handler, const RunOptions& options = {}) {
  if constexpr (detail::kNeedsResponder<Handler>)
    return run_raw(detail::raw_handler(std::move(handler)), options);
  else
    return detail::run_text(detail::text_handler(std::move(handler)), options);
}

/// `run` for Managed Instances, where Lambda hands several invocations to one process: `AWS_LAMBDA_MAX_CONCURRENCY`
/// threads call the handler at the same time, each with its own context and log. Elsewhere it is `run`. The loop ends
/// when the last of the threads does.
template <class Handler>
[[nodiscard]] int run_concurrent(Handler handler, RunOptions options = {}) {
  static_assert(detail::Signature<std::remove_cvref_t<Handler>>::kIsConst,
                "several threads call the handler at once: its operator() must be const");
  options.workers = &detail::run_workers;
  return run(std::move(handler), options);
}

}  // namespace sloop::lambda
