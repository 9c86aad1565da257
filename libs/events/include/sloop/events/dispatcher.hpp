// SPDX-License-Identifier: Apache-2.0
//
// One function, several triggers: a typed handler for each kind of event.
//
//   return lambda::run(Dispatcher()
//                          .on<SqsEvent>([](const SqsEvent& event) { return for_each_record(event, handle); })
//                          .on<EventBridgeEvent<OrderPlaced>>([](const auto& event) -> Result<void> { ... })
//                          .otherwise([](const Json& event) -> Result<Json> { ... }));
//
// Handlers are asked in their order; the first whose type fits takes the event. Details of EventBridge are told apart
// by their `detail_type`, triggers of Cognito by their `trigger_source`; a detail without a `detail_type` takes all.
// HTTP routes are no business of this class.
#pragma once

#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "sloop/core/reflect.hpp"
#include "sloop/lambda/context.hpp"

namespace sloop::events {

namespace detail {

/// What an event must be for one handler; empty parts fit everything.
struct EventPattern {
  std::string_view kind = {};
  std::string_view detail_type = {};
  std::string_view trigger_source = {};

  [[nodiscard]] bool fits(std::string_view kind_of_event, const Json& event) const;
};

template <class Event>
constexpr EventPattern pattern_of() {
  EventPattern pattern{.kind = Event::event_kind};
  if constexpr (requires { decltype(Event::detail)::detail_type; })
    pattern.detail_type = decltype(Event::detail)::detail_type;
  if constexpr (requires { Event::trigger_source; }) pattern.trigger_source = Event::trigger_source;
  return pattern;
}

template <class T>
Result<Json> json_of(Result<T> value) {
  if (!value) return fail(std::move(value.error()));
  if constexpr (std::is_void_v<T>)
    return Json(nullptr);
  else
    return to_json(*value);
}
template <class T>
Result<Json> json_of(const T& value) {
  return to_json(value);
}

/// Calls with the context where the handler takes it.
template <class Handler, class Event>
Result<Json> answer(const Handler& handler, const Event& event, const lambda::Context& context) {
  const auto call = [&]() -> decltype(auto) {
    if constexpr (std::is_invocable_v<const Handler&, const Event&, const lambda::Context&>)
      return handler(event, context);
    else
      return handler(event);
  };
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    return Json(nullptr);
  } else {
    return json_of(call());
  }
}

}  // namespace detail

class Dispatcher {
 public:
  /// `handler` takes the event, or the event and the context; it returns a value, a `Result` or nothing.
  template <class Event, class Handler>
  Dispatcher&& on(Handler handler) && {
    routes_.push_back(
        {detail::pattern_of<Event>(),
         [handler = std::move(handler)](const Json& json, const lambda::Context& context) -> Result<Json> {
           auto event = from_json<Event>(json, {.place = "event"});
           if (!event) return fail(std::move(event.error()));
           return detail::answer(handler, *event, context);
         }});
    return std::move(*this);
  }

  /// Takes the events that fit no other handler.
  template <class Handler>
  Dispatcher&& otherwise(Handler handler) && {
    fallback_ = [handler = std::move(handler)](const Json& json, const lambda::Context& context) {
      return detail::answer(handler, json, context);
    };
    return std::move(*this);
  }

  /// Fails with `invalid_input` when nothing takes the event; the message says what came and what is taken.
  Result<Json> operator()(const Json& event, const lambda::Context& context) const;

 private:
  using Call = std::function<Result<Json>(const Json& event, const lambda::Context& context)>;
  struct Route {
    detail::EventPattern pattern;
    Call call;
  };

  std::vector<Route> routes_;
  Call fallback_;
};

}  // namespace sloop::events
