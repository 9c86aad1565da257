// SPDX-License-Identifier: Apache-2.0
//
// What a handler may return:
//
//   Response                            as it is
//   std::string, const char*            text/plain
//   Html, Redirect, Stream              their own
//   void                                204
//   std::optional<T>                    404 when empty
//   Result<T>                           a failure becomes the problem that its kind stands for
//   Reply<T, 201>                       any of these with a status and headers
//   anything that <sloop/core/reflect.hpp> writes     application/json
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <type_traits>

#include "sloop/core/schema.hpp"
#include "sloop/web/operation.hpp"
#include "sloop/web/response.hpp"

namespace sloop::web {

struct Html {
  std::string text;
};

struct Redirect {
  std::string location;
  /// 302, 303, 307 or 308.
  int status = 303;
};

/// A body that is written piece by piece after the handler has returned.
struct Stream {
  std::string content_type;
  std::function<Result<void>(BodyWriter&)> write;
};

/// `Reply<Item, 201>{item}`: a status that the type tells is also in the OpenAPI document.
template <class T, int Status = 200>
struct Reply {
  static constexpr int kStatus = Status;
  T value;
  int status = Status;
  Headers headers = {};
};

/// Makes a response of a type of your own: specialise it with a static `response(T)`, and, for the OpenAPI document,
/// `describe(OperationNotes&)`.
template <class T>
struct Respond;

namespace detail {

template <class T>
inline constexpr bool kIsReply = false;
template <class T, int Status>
inline constexpr bool kIsReply<Reply<T, Status>> = true;
template <class T>
inline constexpr bool kIsResult = false;
template <class T>
inline constexpr bool kIsResult<Result<T>> = true;
template <class T>
inline constexpr bool kIsText = std::is_convertible_v<const T&, std::string_view> && !std::is_same_v<T, Json>;
template <class T>
concept HasRespond = requires(T value) { Respond<T>::response(std::move(value)); };

}  // namespace detail

template <class T>
[[nodiscard]] Response to_response(T value) {
  if constexpr (std::is_same_v<T, Response>) {
    return value;
  } else if constexpr (detail::HasRespond<T>) {
    return Respond<T>::response(std::move(value));
  } else if constexpr (detail::kIsResult<T>) {
    if (!value) return problem(value.error());
    if constexpr (std::is_void_v<typename T::value_type>)
      return empty();
    else
      return to_response(std::move(*value));
  } else if constexpr (sloop::detail::kIsOptional<T>) {
    return value ? to_response(std::move(*value)) : problem(404, "");
  } else if constexpr (detail::kIsReply<T>) {
    Response response = to_response(std::move(value.value));
    response.status = value.status;
    for (const auto& [name, text] : value.headers) response.headers.add(name, text);
    return response;
  } else if constexpr (std::is_same_v<T, Html>) {
    return html(std::move(value.text));
  } else if constexpr (std::is_same_v<T, Redirect>) {
    return redirect(value.location, value.status);
  } else if constexpr (std::is_same_v<T, Stream>) {
    return streamed(std::move(value.content_type), std::move(value.write));
  } else if constexpr (detail::kIsText<T>) {
    return text(std::string(std::move(value)));
  } else {
    return json_response(200, to_json(value));
  }
}

/// Notes what a handler that returns `T` answers.
template <class T>
void describe_reply(OperationNotes& notes, int status = 200) {
  if constexpr (std::is_same_v<T, Response>) {
    notes.replies.push_back({.status = status});
  } else if constexpr (std::is_void_v<T>) {
    notes.replies.push_back({.status = 204});
  } else if constexpr (requires { Respond<T>::describe(notes); }) {
    Respond<T>::describe(notes);
  } else if constexpr (detail::kIsResult<T>) {
    describe_reply<typename T::value_type>(notes, status);
    notes.refuses(0);
  } else if constexpr (sloop::detail::kIsOptional<T>) {
    describe_reply<typename T::value_type>(notes, status);
    notes.refuses(404);
  } else if constexpr (detail::kIsReply<T>) {
    describe_reply<decltype(T::value)>(notes, T::kStatus);
  } else if constexpr (std::is_same_v<T, Html>) {
    notes.replies.push_back({status, {"text/html", JsonObject{{"type", "string"}}}});
  } else if constexpr (std::is_same_v<T, Redirect>) {
    notes.replies.push_back({.status = 303});
  } else if constexpr (std::is_same_v<T, Stream>) {
    notes.replies.push_back({status, {"*/*", JsonObject()}});
  } else if constexpr (detail::kIsText<T>) {
    notes.replies.push_back({status, {"text/plain", JsonObject{{"type", "string"}}}});
  } else {
    notes.replies.push_back({status, {"application/json", schema_of<T>()}});
  }
}

}  // namespace sloop::web
