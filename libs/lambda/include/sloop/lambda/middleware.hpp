// SPDX-License-Identifier: Apache-2.0
//
// Plain functions around a handler: the first is the outermost.
//
//   return lambda::run(lambda::wrap(handler, lambda::logged(), lambda::mapped_errors(hide_details)));
//
// One of your own is any callable that calls `next`, or does not; `next()` gives a Result of the handler's value, also
// where the handler throws:
//
//   const auto only_admins = [](const auto& event, const lambda::Context& context, const auto& next) ->
//   decltype(next()) {
//     if (context.cognito_identity.identity_id.empty()) return sloop::fail(ErrorKind::forbidden, "sign in first");
//     return next();
//   };
#pragma once

#include <chrono>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "sloop/lambda/handler.hpp"

namespace sloop::lambda {

namespace detail {

template <class T>
struct AsResult {
  using type = Result<T>;
};
template <class T>
struct AsResult<Result<T>> {
  using type = Result<T>;
};

/// An exception under way, as the error that it would be reported as.
[[nodiscard]] Error current_exception_error();

/// A handler and what is around it.
template <class Handler, class... Layers>
class Chain {
 public:
  using Types = Signature<std::remove_cvref_t<Handler>>;
  using Event = typename Types::Event;
  using Returned = typename AsResult<typename Types::Returned>::type;

  Chain(Handler handler, Layers... layers) : handler_(std::move(handler)), layers_(std::move(layers)...) {}

  /// `output`: nothing, or what the handler writes its reply to.
  template <class... O>
  Returned run(const Event& event, const Context& context, O&... output) const {
    return run_from<0>(event, context, output...);
  }

 private:
  template <std::size_t index, class... O>
  Returned run_from(const Event& event, const Context& context, O&... output) const {
    if constexpr (index == sizeof...(Layers))
      return call(event, context, output...);
    else
      return std::get<index>(layers_)(event, context,
                                      [&]() -> Returned { return run_from<index + 1>(event, context, output...); });
  }

  template <class... O>
  Returned call(const Event& event, const Context& context, O&... output) const try {
    if constexpr (std::is_void_v<typename Types::Returned>) {
      call_with<Types>(handler_, event, context, output...);
      return {};
    } else {
      return call_with<Types>(handler_, event, context, output...);
    }
  } catch (...) {
    return sloop::fail(current_exception_error());
  }

  Handler handler_;
  std::tuple<Layers...> layers_;
};

}  // namespace detail

/// The handler with `layers` around it; itself a handler. All are called as const objects, so that `run_concurrent`
/// takes it. Of a `Failure` that the handler throws, type and message get through, the stack trace does not.
template <class Handler, class... Layers>
[[nodiscard]] auto wrap(Handler handler, Layers... layers) {
  using Chain = detail::Chain<Handler, Layers...>;
  using Event = typename Chain::Event;
  using Output = typename Chain::Types::Output;
  Chain chain(std::move(handler), std::move(layers)...);
  if constexpr (std::is_void_v<Output>)
    return [chain = std::move(chain)](const Event& event, const Context& context) { return chain.run(event, context); };
  else
    return [chain = std::move(chain)](const Event& event, const Context& context, Output output) {
      return chain.run(event, context, output);
    };
}

/// Logs the end of every invocation: how long it took, and its error type where it failed.
[[nodiscard]] inline auto logged() {
  return [](const auto&, const Context& context, const auto& next) -> decltype(next()) {
    const auto begin = std::chrono::steady_clock::now();
    auto result = next();
    const auto milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    context.log->info(result ? "handled" : "failed", {{"durationMs", Json(milliseconds)}});
    return result;
  };
}

/// Tells `observe` how long the handler took, whether it failed or not.
[[nodiscard]] inline auto timed(std::function<void(const Context&, std::chrono::nanoseconds)> observe) {
  return [observe = std::move(observe)](const auto&, const Context& context, const auto& next) -> decltype(next()) {
    const auto begin = std::chrono::steady_clock::now();
    auto result = next();
    observe(context, std::chrono::steady_clock::now() - begin);
    return result;
  };
}

/// Puts what `map` makes of an error in its place: to choose types, to hide details from callers.
[[nodiscard]] inline auto mapped_errors(std::function<Error(Error)> map) {
  return [map = std::move(map)](const auto&, const Context&, const auto& next) -> decltype(next()) {
    auto result = next();
    if (!result) return sloop::fail(map(std::move(result.error())));
    return result;
  };
}

}  // namespace sloop::lambda
