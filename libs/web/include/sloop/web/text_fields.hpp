// SPDX-License-Identifier: Apache-2.0
//
// Parameters, which are texts, as JSON of the types that a struct wants: what captures, queries and forms are read by.
//
//   struct Page { int number; std::vector<std::string> tags; };
//   from_json<Page>(json_of_parameters<Page>(parse_parameters("number=2&tags=a&tags=b")));
//
// A text that is no number where one is wanted stays a text, and `from_json` then says so with the field's name.
#pragma once

#include <string_view>
#include <type_traits>

#include "sloop/core/reflect.hpp"
#include "sloop/web/request.hpp"

namespace sloop::web::detail {

[[nodiscard]] Json integer_of_text(std::string_view text);
[[nodiscard]] Json number_of_text(std::string_view text);
[[nodiscard]] Json boolean_of_text(std::string_view text);

template <class F>
Json json_of_text(std::string_view text) {
  if constexpr (sloop::detail::kIsOptional<F>)
    return json_of_text<typename F::value_type>(text);
  else if constexpr (std::same_as<F, bool>)
    return boolean_of_text(text);
  else if constexpr (std::is_integral_v<F>)
    return integer_of_text(text);
  else if constexpr (std::is_floating_point_v<F>)
    return number_of_text(text);
  else
    return Json(text);
}

/// The field `key`: all values of that name for a list, else the first. `number=` counts as absent for an optional
/// number.
template <class F>
void add_field_of_parameters(JsonObject& object, std::string_view key, const Parameters& parameters) {
  if constexpr (sloop::detail::Sequence<F>) {
    JsonArray list;
    for (const auto& [name, value] : parameters)
      if (name == key) list.push_back(json_of_text<typename F::value_type>(value));
    object.emplace(key, std::move(list));
  } else if (const std::string* value = find(parameters, key)) {
    if constexpr (sloop::detail::kIsOptional<F>)
      if (std::is_arithmetic_v<typename F::value_type> && value->empty()) return;
    object.emplace(key, json_of_text<F>(*value));
  }
}

template <class T>
Json json_of_parameters(const Parameters& parameters) {
  JsonObject object;
  if constexpr (sloop::detail::StringMap<T>) {
    for (const auto& [name, value] : parameters) object.emplace(name, json_of_text<typename T::mapped_type>(value));
  } else {
    static_assert(Reflected<T>, "parameters are read into a plain struct or a map with string keys");
    T shape{};
    for_each_field(shape, [&]<class F>(const FieldInfo& info, F&) {
      add_field_of_parameters<F>(object, info.json_key(), parameters);
    });
  }
  return object;
}

}  // namespace sloop::web::detail
