// SPDX-License-Identifier: Apache-2.0
//
// Handlers, from what the user writes to bytes in and bytes out.
//
//   [](const Event& event) -> Reply
//   [](const Event& event, const lambda::Context& context) -> Result<Reply>
//   [](const Json& event, lambda::Responder& responder) -> Result<void>       // streams
//   [](const Event& event, const lambda::Context&, lambda::StreamWriter& out) -> Result<void>
//   [](const lambda::Bytes& event) -> lambda::Bytes                           // not JSON
//
// Events and replies are whatever <sloop/core/reflect.hpp> reads and writes. A reply may be T, Result<T> or void.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sloop/core/reflect.hpp"
#include "sloop/lambda/context.hpp"
#include "sloop/lambda/responder.hpp"

namespace sloop::lambda {

/// An event or a reply as it is on the wire.
struct Bytes {
  std::string data = {};
  /// Of a reply.
  std::string content_type = "application/octet-stream";
};

/// The handler that everything else is written on: the event's bytes in; the whole reply returned, or streamed through
/// the responder, and then what is returned is its last bytes.
using RawHandler =
    std::function<Result<std::string>(std::string_view event, const Context& context, Responder& responder)>;

namespace detail {

/// A handler that can't stream, so that streaming is not linked: the event's bytes in, the reply's JSON out.
using TextHandler = std::function<Result<std::string>(std::string_view event, const Context& context)>;

/// The same error, with the type that Lambda's runtimes give to events they can't read: `Runtime.UnmarshalError`.
[[nodiscard]] Error event_error(Error error);

template <class Event>
Result<Event> event_of(std::string_view text) {
  if constexpr (std::is_same_v<Event, Bytes>) {
    return Bytes{.data = std::string(text)};
  } else {
    auto json = parse_json(text);
    if (!json) return sloop::fail(event_error(json.error().within("event")));
    auto event = from_json<Event>(*json, {.place = "event"});
    if (!event) return sloop::fail(event_error(std::move(event.error())));
    return event;
  }
}

template <class P>
concept ContextParameter = std::is_same_v<std::remove_cvref_t<P>, Context>;
template <class P>
concept OutputParameter = std::is_same_v<P, Responder&> || std::is_same_v<P, StreamWriter&>;

/// What a handler takes and returns.
template <class R, class E, class C, class O>
struct Shape {
  using Returned = R;
  using Event = std::remove_cvref_t<E>;
  using Output = O;
  static constexpr bool kTakesContext = !std::is_void_v<C>;
  static constexpr bool kTakesOutput = !std::is_void_v<O>;
  /// Whether several threads may call it, as far as its type tells.
  static constexpr bool kIsConst = true;
};

template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class E>
struct Signature<R (*)(E)> : Shape<R, E, void, void> {};
template <class R, class E, ContextParameter C>
struct Signature<R (*)(E, C)> : Shape<R, E, C, void> {};
template <class R, class E, OutputParameter O>
struct Signature<R (*)(E, O)> : Shape<R, E, void, O> {};
template <class R, class E, ContextParameter C, OutputParameter O>
struct Signature<R (*)(E, C, O)> : Shape<R, E, C, O> {};
template <class F, class R, class... A>
struct Signature<R (F::*)(A...)> : Signature<R (*)(A...)> {
  static constexpr bool kIsConst = false;
};
template <class F, class R, class... A>
struct Signature<R (F::*)(A...) const> : Signature<R (*)(A...)> {};

template <class T>
struct ResultValue {
  using type = T;
};
template <class T>
struct ResultValue<Result<T>> {
  using type = T;
};

/// The reply's bytes, from T, Result<T> or void; nothing where a stream is the reply.
template <class T>
std::string text_of(const T& value) {
  if constexpr (std::is_same_v<T, Bytes>)
    return value.data;
  else
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

template <class Types, class Handler, class... Output>
auto call_with(Handler& handler, const typename Types::Event& event, const Context& context, Output&... output) {
  if constexpr (Types::kTakesContext)
    return handler(event, context, output...);
  else
    return handler(event, output...);
}

template <class Handler>
constexpr bool kNeedsResponder = [] {
  using Types = Signature<std::remove_cvref_t<Handler>>;
  return Types::kTakesOutput || std::is_same_v<typename ResultValue<typename Types::Returned>::type, Bytes>;
}();

template <class Handler>
TextHandler text_handler(Handler handler) {
  using Types = Signature<std::remove_cvref_t<Handler>>;
  return [handler = std::move(handler)](std::string_view text, const Context& context) mutable -> Result<std::string> {
    auto event = event_of<typename Types::Event>(text);
    if (!event) return sloop::fail(std::move(event.error()));
    if constexpr (std::is_void_v<typename Types::Returned>) {
      call_with<Types>(handler, *event, context);
      return "null";
    } else {
      return text_of(call_with<Types>(handler, *event, context));
    }
  };
}

/// Calls a handler that streams; what it returns is the end of the stream.
template <class Types, class Handler, class Output>
Result<std::string> stream_with(Handler& handler, const typename Types::Event& event, const Context& context,
                                Output& output) {
  using Value = typename ResultValue<typename Types::Returned>::type;
  static_assert(std::is_void_v<Value>, "a handler that writes its reply returns void or Result<void>");
  if constexpr (std::is_void_v<typename Types::Returned>) {
    call_with<Types>(handler, event, context, output);
  } else {
    auto done = call_with<Types>(handler, event, context, output);
    if (!done) return sloop::fail(std::move(done.error()));
  }
  return std::string();
}

template <class Handler>
RawHandler raw_handler(Handler handler) {
  using Types = Signature<std::remove_cvref_t<Handler>>;
  return [handler = std::move(handler)](std::string_view text, const Context& context,
                                        Responder& responder) mutable -> Result<std::string> {
    auto event = event_of<typename Types::Event>(text);
    if (!event) return sloop::fail(std::move(event.error()));
    if constexpr (std::is_same_v<typename Types::Output, StreamWriter&>) {
      return stream_with<Types>(handler, *event, context, responder.stream());
    } else if constexpr (Types::kTakesOutput) {
      return stream_with<Types>(handler, *event, context, responder);
    } else {
      Result<Bytes> reply = call_with<Types>(handler, *event, context);
      if (!reply) return sloop::fail(std::move(reply.error()));
      responder.set_content_type(std::move(reply->content_type));
      return std::move(reply->data);
    }
  };
}

}  // namespace detail
}  // namespace sloop::lambda
