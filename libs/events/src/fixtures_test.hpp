// SPDX-License-Identifier: Apache-2.0
//
// Which fixture is an event of which type. The lists are in several files, as every type costs compile time.
#pragma once

#include <string_view>
#include <vector>

#include "sloop/core/reflect.hpp"

namespace sloop::events {

/// One fixture by the name of its file, without `example-`, the same in every folder.
struct Fixture {
  std::string_view module;
  std::string_view name;
  /// What `kind_of` must say; empty: not an event of its own.
  std::string_view kind;
  /// Read as its type and written again.
  Result<Json> (*round_trip)(const Json& event);
  /// The first member that its type does not name; empty when it names all.
  std::string (*unnamed)(const Json& event);
};

template <class T>
Result<Json> round_trip(const Json& event) {
  const auto value = from_json<T>(event, {.place = "event"});
  if (!value) return fail(value.error());
  return to_json(*value);
}

template <class T>
std::string unnamed(const Json& event) {
  const auto value = from_json<T>(event, {.refuse_unknown = true});
  return value ? "" : value.error().message;
}

template <class T>
void add(std::vector<Fixture>& all, std::string_view module, std::initializer_list<std::string_view> names) {
  std::string_view kind;
  if constexpr (requires { T::event_kind; }) kind = T::event_kind;
  for (const auto name : names) all.push_back({module, name, kind, round_trip<T>, unnamed<T>});
}

/// Equal as JSON: members in any order, numbers by their value.
bool same(const Json& a, const Json& b);

/// An event written out in the test.
struct Sample {
  Fixture fixture;
  std::string_view text;
};

template <class T>
Sample sample(std::string_view text) {
  std::vector<Fixture> one;
  add<T>(one, "", {""});
  return {one.front(), text};
}

std::vector<Fixture> compute_fixtures();
std::vector<Fixture> data_fixtures();
std::vector<Fixture> http_fixtures();
std::vector<Fixture> identity_fixtures();
std::vector<Fixture> operations_fixtures();

}  // namespace sloop::events
