// SPDX-License-Identifier: Apache-2.0
//
// The main loop of a function: a handler from a typed event to a typed result.
//
//   int main() {
//     return sloop::lambda::run([](const Event& event, const Context& context) -> Result<Reply> { ... });
//   }
//
// Event and result are whatever <sloop/core/reflect.hpp> reads and writes: plain structs, Json, strings, numbers.
// The context may be left out; the result may be T, Result<T> or void.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "sloop/core/reflect.hpp"
#include "sloop/http/transport.hpp"
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
  /// The transport that is warmed up; null: `http::default_transport()`.
  std::shared_ptr<http::Transport> transport = {};
  /// Null: from the environment variables.
  std::shared_ptr<const Environment> environment = {};
  /// Null: as `LogOptions::from_env` says.
  std::shared_ptr<Log> log = {};
};

namespace detail {

/// The handler without types: JSON text in, JSON text out.
using TextHandler = std::function<Result<std::string>(std::string_view event, const Context& context)>;

/// Serves events until the Runtime API ends it. Returns the exit status of the process.
[[nodiscard]] int run_text(const TextHandler& handler, const RunOptions& options);

/// The same error, with the type that Lambda's runtimes give to events they can't read: `Runtime.UnmarshalError`.
[[nodiscard]] Error event_error(Error error);

template <class Event>
Result<Event> event_of(std::string_view text) {
  auto json = parse_json(text);
  if (!json) return sloop::fail(event_error(json.error().within("event")));
  auto event = from_json<Event>(*json, {.place = "event"});
  if (!event) return sloop::fail(event_error(std::move(event.error())));
  return event;
}

template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class E>
struct Signature<R (*)(E)> {
  using Event = std::remove_cvref_t<E>;
  using Returned = R;
  static constexpr bool kTakesContext = false;
};
template <class R, class E, class C>
struct Signature<R (*)(E, C)> {
  using Event = std::remove_cvref_t<E>;
  using Returned = R;
  static constexpr bool kTakesContext = true;
};
template <class F, class R, class... A>
struct Signature<R (F::*)(A...)> : Signature<R (*)(A...)> {};
template <class F, class R, class... A>
struct Signature<R (F::*)(A...) const> : Signature<R (*)(A...)> {};

template <class T>
std::string text_of(const T& value) {
  return write_json(sloop::to_json(value));
}

template <class T>
Result<std::string> text_of(const Result<T>& value) {
  if (!value) return sloop::fail(value.error());
  if constexpr (std::is_void_v<T>)
    return "null";
  else
    return text_of(*value);
}

template <class Handler>
TextHandler text_handler(Handler handler) {
  using Types = Signature<std::remove_cvref_t<Handler>>;
  return [handler = std::move(handler)](std::string_view text, const Context& context) mutable -> Result<std::string> {
    auto event = event_of<typename Types::Event>(text);
    if (!event) return sloop::fail(std::move(event.error()));
    const auto call = [&] {
      if constexpr (Types::kTakesContext)
        return handler(*event, context);
      else
        return handler(*event);
    };
    if constexpr (std::is_void_v<typename Types::Returned>) {
      call();
      return "null";
    } else {
      return text_of(call());
    }
  };
}

}  // namespace detail

/// Serves events with `handler` until Lambda ends the process; returns the exit status for `main`. A handler that
/// fails or throws is reported and the next event taken. What a handler returns as an error is reported with the type
/// `Function.<Kind>`, or with `Error::code` where that has the form `Category.Reason`.
template <class Handler>
[[nodiscard]] int run(Handler handler, const RunOptions& options = {}) {
  return detail::run_text(detail::text_handler(std::move(handler)), options);
}

}  // namespace sloop::lambda
