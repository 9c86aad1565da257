// SPDX-License-Identifier: Apache-2.0
//
// What a handler may take as parameters, in any order, at most one of them the body:
//
//   Path<int>, Path<int, "id">, Path<Struct>     captures of the pattern; not of the type: 400
//   Query<Struct>                                the query; not of the type: 400
//   HeaderValue<"x-version">, HeaderValue<"x-version", int>     absent or not of the type: 400
//   JsonBody<T>     no JSON content type: 415; no JSON: 400; not of the type: 422, with the path of the bad field
//   Form<Struct>    application/x-www-form-urlencoded: 415, 422
//   Multipart       <sloop/web/multipart.hpp>
//   TextBody, RawBody
//   State<T>        <sloop/web/state.hpp>
//   const Request&, const lambda::Context&
//   std::optional of these: empty where the thing is absent; what is there and wrong is still refused
//
// For a type of your own specialise `Extract`: a static `from(Request&)` that gives the value or a `Rejection`.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/schema.hpp"
#include "sloop/web/operation.hpp"
#include "sloop/web/request.hpp"
#include "sloop/web/text_fields.hpp"

namespace sloop::web {

/// Why a request is refused before its handler runs.
struct Rejection {
  int status = 400;
  std::string detail = {};
};
template <class T>
using Extracted = std::expected<T, Rejection>;

/// A text as a template argument.
template <std::size_t N>
struct FixedText {
  char text[N];
  consteval FixedText(const char (&literal)[N]) {  // NOLINT(google-explicit-constructor)
    for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

/// One value, used as `*it` and `it->`.
template <class T>
struct Taken {
  T value;
  T& operator*() { return value; }
  const T& operator*() const { return value; }
  T* operator->() { return &value; }
  const T* operator->() const { return &value; }
};

template <class T, FixedText Name = "">
struct Path : Taken<T> {};
template <class T>
struct Query : Taken<T> {};
template <FixedText Name, class T = std::string>
struct HeaderValue : Taken<T> {};
template <class T>
struct JsonBody : Taken<T> {};
template <class T>
struct Form : Taken<T> {};
/// The body as text; what is no UTF-8 is refused.
struct TextBody : Taken<std::string> {};
/// The body as it came.
struct RawBody : Taken<std::string> {};

template <class T>
struct Extract;

namespace detail {

[[nodiscard]] std::unexpected<Rejection> refuse(int status, const Error& error);
[[nodiscard]] Extracted<Json> json_of_body(const Request& request);
[[nodiscard]] Extracted<Parameters> form_of_body(const Request& request);
/// The capture of that name, or the only one.
[[nodiscard]] Extracted<std::string_view> capture_of(const Request& request, std::string_view name);
[[nodiscard]] std::shared_ptr<void> find_state(const Request& request, const void* key);

/// `value` as a `T`; `place` is named in the refusal.
template <class T>
Extracted<T> typed(const Json& value, std::string_view place, int status) {
  auto read = from_json<T>(value, {.place = place});
  if (!read) return refuse(status, read.error());
  return std::move(*read);
}

/// Notes a parameter for every field of `T`, or for what a map holds none.
template <class T>
void note_fields(OperationNotes& notes, std::string_view in) {
  if constexpr (Reflected<T>) {
    T shape{};
    for_each_field(shape, [&]<class F>(const FieldInfo& info, F&) {
      const bool required =
          in == "path" || (!sloop::detail::kIsOptional<F> && !sloop::detail::Sequence<F> && !info.optional);
      notes.parameters.push_back({.name = std::string(info.json_key()),
                                  .in = in,
                                  .required = required,
                                  .schema = schema_of<F>(),
                                  .description = std::string(info.description)});
    });
  }
  notes.refuses(400);
}

}  // namespace detail

template <class T, FixedText Name>
struct Extract<Path<T, Name>> {
  static Extracted<Path<T, Name>> from(Request& request) {
    Json value;
    if constexpr (Reflected<T> || sloop::detail::StringMap<T>) {
      value = detail::json_of_parameters<T>(request.captures);
    } else {
      const auto capture = detail::capture_of(request, Name.view());
      if (!capture) return std::unexpected(capture.error());
      value = detail::json_of_text<T>(*capture);
    }
    auto read = detail::typed<T>(value, "path", 400);
    if (!read) return std::unexpected(std::move(read.error()));
    return Path<T, Name>{{std::move(*read)}};
  }
  static void describe(OperationNotes& notes) {
    if constexpr (Reflected<T>) {
      detail::note_fields<T>(notes, "path");
    } else {
      notes.parameters.push_back({.name = std::string(Name.view()), .in = "path", .schema = schema_of<T>()});
      notes.refuses(400);
    }
  }
};

template <class T>
struct Extract<Query<T>> {
  static Extracted<Query<T>> from(Request& request) {
    auto read = detail::typed<T>(detail::json_of_parameters<T>(request.query_parameters()), "query", 400);
    if (!read) return std::unexpected(std::move(read.error()));
    return Query<T>{{std::move(*read)}};
  }
  static bool absent(const Request& request) { return request.query.empty(); }
  static void describe(OperationNotes& notes) { detail::note_fields<T>(notes, "query"); }
};

template <FixedText Name, class T>
struct Extract<HeaderValue<Name, T>> {
  static Extracted<HeaderValue<Name, T>> from(Request& request) {
    const auto text = request.headers.get(Name.view());
    if (!text) return std::unexpected(Rejection{400, "header " + std::string(Name.view()) + ": is required"});
    auto read = detail::typed<T>(detail::json_of_text<T>(*text), Name.view(), 400);
    if (!read) return std::unexpected(std::move(read.error()));
    return HeaderValue<Name, T>{{std::move(*read)}};
  }
  static bool absent(const Request& request) { return !request.headers.contains(Name.view()); }
  static void describe(OperationNotes& notes) {
    notes.parameters.push_back({.name = std::string(Name.view()), .in = "header", .schema = schema_of<T>()});
    notes.refuses(400);
  }
};

template <class T>
struct Extract<JsonBody<T>> {
  static constexpr bool kTakesBody = true;
  static Extracted<JsonBody<T>> from(Request& request) {
    const auto json = detail::json_of_body(request);
    if (!json) return std::unexpected(json.error());
    auto read = detail::typed<T>(*json, "body", 422);
    if (!read) return std::unexpected(std::move(read.error()));
    return JsonBody<T>{{std::move(*read)}};
  }
  static bool absent(const Request& request) { return request.body.empty(); }
  static void describe(OperationNotes& notes) {
    notes.body.push_back({"application/json", schema_of<T>()});
    for (const int status : {400, 415, 422}) notes.refuses(status);
  }
};

template <class T>
struct Extract<Form<T>> {
  static constexpr bool kTakesBody = true;
  static Extracted<Form<T>> from(Request& request) {
    const auto parameters = detail::form_of_body(request);
    if (!parameters) return std::unexpected(parameters.error());
    auto read = detail::typed<T>(detail::json_of_parameters<T>(*parameters), "form", 422);
    if (!read) return std::unexpected(std::move(read.error()));
    return Form<T>{{std::move(*read)}};
  }
  static bool absent(const Request& request) { return request.body.empty(); }
  static void describe(OperationNotes& notes) {
    notes.body.push_back({"application/x-www-form-urlencoded", schema_of<T>()});
    for (const int status : {415, 422}) notes.refuses(status);
  }
};

template <>
struct Extract<TextBody> {
  static constexpr bool kTakesBody = true;
  static Extracted<TextBody> from(Request& request);
  static bool absent(const Request& request) { return request.body.empty(); }
  static void describe(OperationNotes& notes);
};

template <>
struct Extract<RawBody> {
  static constexpr bool kTakesBody = true;
  static Extracted<RawBody> from(Request& request) { return RawBody{{std::move(request.body)}}; }
  static bool absent(const Request& request) { return request.body.empty(); }
  static void describe(OperationNotes& notes);
};

template <class T>
struct Extract<State<T>> {
  static Extracted<State<T>> from(Request& request) {
    const auto value = detail::find_state(request, detail::key_of<T>());
    if (!value) return std::unexpected(Rejection{500, "the router has no state of the type that the handler wants"});
    return State<T>(*static_cast<T*>(value.get()));
  }
};

/// The request itself: not a copy, and its body only where no other parameter has taken it.
template <>
struct Extract<Request> {
  static Extracted<Request*> from(Request& request) { return &request; }
};

template <>
struct Extract<lambda::Context> {
  static Extracted<const lambda::Context*> from(Request& request) { return &request.context(); }
};

template <class T>
struct Extract<std::optional<T>> {
  static constexpr bool kTakesBody = requires { Extract<T>::kTakesBody; };
  static Extracted<std::optional<T>> from(Request& request) {
    if (Extract<T>::absent(request)) return std::optional<T>();
    auto value = Extract<T>::from(request);
    if (!value) return std::unexpected(std::move(value.error()));
    return std::optional<T>(std::move(*value));
  }
  static void describe(OperationNotes& notes) {
    const std::size_t before = notes.parameters.size();
    if constexpr (requires { Extract<T>::describe(notes); }) Extract<T>::describe(notes);
    for (std::size_t i = before; i < notes.parameters.size(); ++i) notes.parameters[i].required = false;
    if (kTakesBody) notes.body_required = false;
  }
};

}  // namespace sloop::web
