// SPDX-License-Identifier: Apache-2.0
//
// A callable with typed parameters as a function from request to response. `Router` uses it; programs don't.
#pragma once

#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "sloop/web/extract.hpp"
#include "sloop/web/reply.hpp"

namespace sloop::web {

using Endpoint = std::function<Response(Request&)>;

namespace detail {

template <class T>
concept Extractable = requires(Request& request) { Extract<T>::from(request); };

template <class T>
inline constexpr bool kTakesBody = false;
template <class T>
  requires requires { Extract<T>::kTakesBody; }
inline constexpr bool kTakesBody<T> = Extract<T>::kTakesBody;

/// How an extracted value is handed to a parameter of type `A`.
template <class A, class V>
decltype(auto) as_argument(V& value) {
  if constexpr (std::is_pointer_v<V>)
    return static_cast<A>(*value);
  else if constexpr (std::is_lvalue_reference_v<A>)
    return static_cast<A>(value);
  else
    return std::move(value);
}

[[nodiscard]] Response refusal(const Rejection& rejection);

template <class R, class... A>
struct Call {
  static_assert((Extractable<std::remove_cvref_t<A>> && ...),
                "a parameter of this handler is nothing that a request gives: see sloop/web/extract.hpp");
  static_assert((0 + ... + (kTakesBody<std::remove_cvref_t<A>> ? 1 : 0)) <= 1,
                "at most one parameter of a handler may take the body of the request");
  static_assert((... && (!std::is_same_v<std::remove_cvref_t<A>, Request> || std::is_reference_v<A>)),
                "take the request as `const Request&`");

  template <class F>
  static Response run(F& handler, Request& request) {
    // Braces: from left to right.
    std::tuple<decltype(Extract<std::remove_cvref_t<A>>::from(request))...> values{
        Extract<std::remove_cvref_t<A>>::from(request)...};
    return std::apply(
        [&](auto&... value) {
          const Rejection* refused = nullptr;
          ((refused = refused == nullptr && !value ? &value.error() : refused), ...);
          if (refused != nullptr) return refusal(*refused);
          if constexpr (std::is_void_v<R>) {
            handler(as_argument<A>(*value)...);
            return empty();
          } else {
            return to_response<std::remove_cvref_t<R>>(handler(as_argument<A>(*value)...));
          }
        },
        values);
  }

  static void describe(OperationNotes& notes) {
    [[maybe_unused]] const auto one = [&]<class T>(std::type_identity<T>) {
      if constexpr (requires { Extract<T>::describe(notes); }) Extract<T>::describe(notes);
    };
    (one(std::type_identity<std::remove_cvref_t<A>>()), ...);
    describe_reply<std::remove_cvref_t<R>>(notes);
  }
};

template <class F>
struct CallOf : CallOf<decltype(&F::operator())> {};
template <class R, class... A>
struct CallOf<R (*)(A...)> : Call<R, A...> {};
template <class F, class R, class... A>
struct CallOf<R (F::*)(A...)> : Call<R, A...> {};
template <class F, class R, class... A>
struct CallOf<R (F::*)(A...) const> : Call<R, A...> {};

}  // namespace detail

template <class Handler>
Endpoint make_endpoint(Handler handler) {
  return [handler = std::move(handler)](Request& request) mutable {
    return detail::CallOf<Handler>::run(handler, request);
  };
}

/// The function that notes what the types of `Handler` say.
template <class Handler>
constexpr Describe describe_of() {
  return &detail::CallOf<Handler>::describe;
}

}  // namespace sloop::web
