// SPDX-License-Identifier: Apache-2.0
//
// What plain aggregates and enums are made of, found by the compiler: number, names and references of the fields of a
// struct, names of the enumerators. No macros, nothing to register.
//
//   struct Point { int x; int y; };
//   static_assert(field_names<Point>()[1] == "y");
//   for_each_field(point, [](const FieldInfo& info, auto& field) { ... });
//
// A reflected struct is an aggregate without base classes, arrays and references, with at most 48 fields. The names
// are read from the compiler's own rendering of pointers to the fields. Enumerators are found from -1 to 126.
// Most code includes <sloop/core/reflect.hpp> instead.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace sloop {

/// What a struct says about one of its fields, in a static member `field_info`, an array of these. A struct whose JSON
/// has `-` wherever its own names have `_` says so once: `static constexpr bool dashed_keys = true;`.
struct FieldInfo {
  /// The field's name in the struct.
  std::string_view name = {};
  /// For the JSON Schema: what the field means, for a model or a person.
  std::string_view description = {};
  /// The member's name in JSON; empty: `name`.
  std::string_view key = {};
  /// May be absent on input; the field keeps its default then.
  bool optional = false;

  [[nodiscard]] constexpr std::string_view json_key() const { return key.empty() ? name : key; }
};

namespace detail {

struct AnyField {
  template <class T>
  operator T() const {
    std::abort();  // Never called. Defined, because clang wants a body for types without linkage.
  }
};

template <class T, std::size_t... I>
constexpr bool takes_fields(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), AnyField{})...}; };
}

inline constexpr std::size_t kMaxFields = 48;

/// The largest number of initialisers that `T` takes, known to be at least `Low` and below `High`.
template <class T, std::size_t Low = 0, std::size_t High = kMaxFields + 1>
constexpr std::size_t field_count() {
  constexpr std::size_t kMiddle = (Low + High) / 2;
  if constexpr (Low + 1 == High) {
    return Low;
  } else if constexpr (takes_fields<T>(std::make_index_sequence<kMiddle>())) {
    return field_count<T, kMiddle, High>();
  } else {
    return field_count<T, Low, kMiddle>();
  }
}

}  // namespace detail

/// An aggregate whose fields can be found.
template <class T>
concept Reflected = std::is_aggregate_v<T> && std::is_class_v<T> && !requires(T value) { value.begin(); };

/// Calls `visit` once with references to all fields of `value`, in order, and returns what it returns.
template <class T, class Visit>
constexpr decltype(auto) with_fields(T& value, Visit&& visit) {
  constexpr std::size_t n = detail::field_count<std::remove_const_t<T>>();
  static_assert(!detail::takes_fields<std::remove_const_t<T>>(std::make_index_sequence<detail::kMaxFields + 1>()),
                "too many fields: see sloop/core/fields.hpp");
#define SLOOP_8(x) x##0, x##1, x##2, x##3, x##4, x##5, x##6, x##7
#define SLOOP_FIELDS(N, ...)     \
  else if constexpr (n == (N)) { \
    auto& [__VA_ARGS__] = value; \
    return visit(__VA_ARGS__);   \
  }
  // clang-format off: a table, eight lines for each eight fields
  if constexpr (n == 0) { return visit(); }
  SLOOP_FIELDS(1, a0)
  SLOOP_FIELDS(2, a0, a1)
  SLOOP_FIELDS(3, a0, a1, a2)
  SLOOP_FIELDS(4, a0, a1, a2, a3)
  SLOOP_FIELDS(5, a0, a1, a2, a3, a4)
  SLOOP_FIELDS(6, a0, a1, a2, a3, a4, a5)
  SLOOP_FIELDS(7, a0, a1, a2, a3, a4, a5, a6)
  SLOOP_FIELDS(8, SLOOP_8(a))
  SLOOP_FIELDS(9, SLOOP_8(a), b0)
  SLOOP_FIELDS(10, SLOOP_8(a), b0, b1)
  SLOOP_FIELDS(11, SLOOP_8(a), b0, b1, b2)
  SLOOP_FIELDS(12, SLOOP_8(a), b0, b1, b2, b3)
  SLOOP_FIELDS(13, SLOOP_8(a), b0, b1, b2, b3, b4)
  SLOOP_FIELDS(14, SLOOP_8(a), b0, b1, b2, b3, b4, b5)
  SLOOP_FIELDS(15, SLOOP_8(a), b0, b1, b2, b3, b4, b5, b6)
  SLOOP_FIELDS(16, SLOOP_8(a), SLOOP_8(b))
  SLOOP_FIELDS(17, SLOOP_8(a), SLOOP_8(b), c0)
  SLOOP_FIELDS(18, SLOOP_8(a), SLOOP_8(b), c0, c1)
  SLOOP_FIELDS(19, SLOOP_8(a), SLOOP_8(b), c0, c1, c2)
  SLOOP_FIELDS(20, SLOOP_8(a), SLOOP_8(b), c0, c1, c2, c3)
  SLOOP_FIELDS(21, SLOOP_8(a), SLOOP_8(b), c0, c1, c2, c3, c4)
  SLOOP_FIELDS(22, SLOOP_8(a), SLOOP_8(b), c0, c1, c2, c3, c4, c5)
  SLOOP_FIELDS(23, SLOOP_8(a), SLOOP_8(b), c0, c1, c2, c3, c4, c5, c6)
  SLOOP_FIELDS(24, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c))
  SLOOP_FIELDS(25, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0)
  SLOOP_FIELDS(26, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0, d1)
  SLOOP_FIELDS(27, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0, d1, d2)
  SLOOP_FIELDS(28, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0, d1, d2, d3)
  SLOOP_FIELDS(29, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0, d1, d2, d3, d4)
  SLOOP_FIELDS(30, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0, d1, d2, d3, d4, d5)
  SLOOP_FIELDS(31, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), d0, d1, d2, d3, d4, d5, d6)
  SLOOP_FIELDS(32, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d))
  SLOOP_FIELDS(33, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0)
  SLOOP_FIELDS(34, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0, e1)
  SLOOP_FIELDS(35, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0, e1, e2)
  SLOOP_FIELDS(36, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0, e1, e2, e3)
  SLOOP_FIELDS(37, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0, e1, e2, e3, e4)
  SLOOP_FIELDS(38, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0, e1, e2, e3, e4, e5)
  SLOOP_FIELDS(39, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), e0, e1, e2, e3, e4, e5, e6)
  SLOOP_FIELDS(40, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e))
  SLOOP_FIELDS(41, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0)
  SLOOP_FIELDS(42, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0, f1)
  SLOOP_FIELDS(43, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0, f1, f2)
  SLOOP_FIELDS(44, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0, f1, f2, f3)
  SLOOP_FIELDS(45, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0, f1, f2, f3, f4)
  SLOOP_FIELDS(46, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0, f1, f2, f3, f4, f5)
  SLOOP_FIELDS(47, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), f0, f1, f2, f3, f4, f5, f6)
  SLOOP_FIELDS(48, SLOOP_8(a), SLOOP_8(b), SLOOP_8(c), SLOOP_8(d), SLOOP_8(e), SLOOP_8(f))
  // clang-format on
#undef SLOOP_FIELDS
#undef SLOOP_8
}

namespace detail {

template <class T>
struct Holder {
  T value;
};
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
template <class T>
extern const Holder<T> phantom;  // never defined; only the addresses of its fields are named

template <class T>
constexpr auto pointers_to_fields() {
  return with_fields(phantom<T>.value, [](auto&... fields) {
    return std::array<const void*, sizeof...(fields)>{static_cast<const void*>(std::addressof(fields))...};
  });
}
#ifdef __clang__
#pragma clang diagnostic pop
#endif

/// g++ explains names after a semicolon: `[with auto Box = ...; std::string_view = ...]`.
constexpr std::string_view without_aliases(std::string_view rendering) {
  return rendering.substr(0, rendering.find(';'));
}

/// The last identifier in `rendering` that stands before its closing brackets.
constexpr std::string_view last_identifier(std::string_view rendering) {
  constexpr std::string_view kIdentifier = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$";
  // Bytes of non-ASCII identifiers count as well.
  const auto belongs = [&](char c) {
    return kIdentifier.find(c) != std::string_view::npos || (static_cast<unsigned char>(c) & 0x80) != 0;
  };
  while (!rendering.empty() && !belongs(rendering.back())) rendering.remove_suffix(1);
  std::size_t begin = rendering.size();
  while (begin > 0 && belongs(rendering[begin - 1])) --begin;
  return rendering.substr(begin);
}

template <auto Pointers>
constexpr std::string_view rendering_of_pointers() {
  return __PRETTY_FUNCTION__;
}

/// What stands before every pointer but the first.
#ifdef __clang__
inline constexpr std::string_view kBetweenPointers = ", &phantom";
#else
inline constexpr std::string_view kBetweenPointers = ", ((const void*)(& ";
#endif

/// The names of all fields from one rendering: one instantiation for each struct, not one for each field.
template <class T>
constexpr auto names_of() {
  std::array<std::string_view, field_count<T>()> names{};
  if constexpr (field_count<T>() > 0) {
    auto rest = without_aliases(rendering_of_pointers<pointers_to_fields<T>()>());
    for (std::size_t i = names.size(); i-- > 0;) {
      names[i] = last_identifier(rest);
      rest = rest.substr(0, rest.rfind(kBetweenPointers));
    }
  }
  return names;
}

template <auto Value>
constexpr std::string_view rendering_of_value() {
  return __PRETTY_FUNCTION__;
}

/// The enumerator's name in `... [with auto Value = ns::Color::red]`; empty for a value without one, which is
/// rendered as a cast: `(ns::Color)7`. A bracket may also belong to a name: `(anonymous namespace)::Color::red`.
constexpr std::string_view enumerator_in(std::string_view rendering) {
  rendering = without_aliases(rendering);
  rendering = rendering.substr(rendering.rfind('=') + 1);
  const auto bracket = rendering.rfind(')');
  const bool is_cast = bracket != std::string_view::npos && rendering.find("::", bracket) == std::string_view::npos;
  return is_cast ? std::string_view() : last_identifier(rendering);
}

inline constexpr int kFirstEnumerator = -1;
inline constexpr std::size_t kEnumerators = 128;

template <class E, std::size_t... I>
constexpr auto names_of_enumerators(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{
      enumerator_in(rendering_of_value<static_cast<E>(static_cast<int>(I) + kFirstEnumerator)>())...};
}

template <class E>
inline constexpr auto kEnumeratorNames = names_of_enumerators<E>(std::make_index_sequence<kEnumerators>());

}  // namespace detail

namespace detail {

template <class T>
inline constexpr auto kFieldNames = names_of<T>();

template <class T>
concept HasDashedKeys = requires { requires T::dashed_keys; };

template <class T>
constexpr std::size_t length_of_names() {
  std::size_t length = 0;
  for (const auto name : kFieldNames<T>) length += name.size();
  return length;
}

/// All names of the fields of `T` behind one another, with `-` for `_`.
template <class T>
constexpr auto dashed_names() {
  std::array<char, length_of_names<T>()> text{};
  std::size_t at = 0;
  for (const auto name : kFieldNames<T>)
    for (const char c : name) text[at++] = c == '_' ? '-' : c;
  return text;
}
template <class T>
inline constexpr auto kDashedNames = dashed_names<T>();

template <class T>
constexpr auto infos_of() {
  std::array<FieldInfo, field_count<T>()> all{};
  [[maybe_unused]] std::size_t at = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].name = kFieldNames<T>[i];
    if constexpr (HasDashedKeys<T>) {
      all[i].key = std::string_view(kDashedNames<T>.data() + at, all[i].name.size());
      at += all[i].name.size();
    }
    if constexpr (requires { T::field_info; }) {
      for (const FieldInfo& info : T::field_info)
        if (info.name == all[i].name) all[i] = info;
    }
  }
  return all;
}

template <class T>
inline constexpr auto kFieldInfos = infos_of<T>();

template <class... F>
struct TypeList {};
struct ListTypes {
  template <class... F>
  constexpr TypeList<F...> operator()(const F&...) const {
    return {};
  }
};

}  // namespace detail

/// The types of the fields of `T`, as `detail::TypeList<F...>`.
template <Reflected T>
using FieldTypes = decltype(with_fields(std::declval<T&>(), detail::ListTypes{}));

/// The names of the fields of `T`, in order.
template <Reflected T>
constexpr std::span<const std::string_view> field_names() {
  return detail::kFieldNames<T>;
}

/// What is known of the fields of `T`: names, and what its `field_info` says.
template <Reflected T>
constexpr std::span<const FieldInfo> field_infos() {
  return detail::kFieldInfos<T>;
}

/// Calls `visit(const FieldInfo&, field)` for every field of `value`, in order.
template <class T, class Visit>
constexpr void for_each_field(T& value, Visit&& visit) {
  with_fields(value, [&](auto&... fields) {
    [[maybe_unused]] const FieldInfo* info = detail::kFieldInfos<std::remove_const_t<T>>.data();
    (visit(*info++, fields), ...);
  });
}

/// The names of the enumerators of `E`, by position; unused positions are empty.
template <class E>
  requires std::is_enum_v<E>
constexpr std::span<const std::string_view> enumerator_names() {
  return detail::kEnumeratorNames<E>;
}

/// The name of an enumerator; empty when the value has none.
template <class E>
  requires std::is_enum_v<E>
constexpr std::string_view name_of(E value) {
  const auto position = static_cast<long long>(value) - detail::kFirstEnumerator;
  return position >= 0 && position < static_cast<long long>(detail::kEnumerators)
             ? detail::kEnumeratorNames<E>[static_cast<std::size_t>(position)]
             : std::string_view();
}

}  // namespace sloop
