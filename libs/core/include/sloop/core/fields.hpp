// SPDX-License-Identifier: Apache-2.0
//
// What plain aggregates and enums are made of, found by the compiler: number, names and references of the fields of a
// struct, names of the enumerators. No macros, nothing to register.
//
//   struct Point { int x; int y; };
//   static_assert(field_names<Point>()[1] == "y");
//   for_each_field(point, [](const FieldInfo& info, auto& field) { ... });
//
// A reflected struct is an aggregate without base classes, arrays and references, with at most 24 fields. The names
// are read from the compiler's own rendering of a pointer to the field. Enumerators are found from -1 to 126.
// Most code includes <sloop/core/reflect.hpp> instead.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace sloop {

/// What a struct says about one of its fields, in a static member `field_info`, an array of these.
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

template <class T, std::size_t N = 24>
constexpr std::size_t field_count() {
  if constexpr (takes_fields<T>(std::make_index_sequence<N>())) {
    return N;
  } else if constexpr (N == 0) {
    return 0;
  } else {
    return field_count<T, N - 1>();
  }
}

}  // namespace detail

/// An aggregate whose fields can be found.
template <class T>
concept Reflected = std::is_aggregate_v<T> && std::is_class_v<T> && !requires(T value) { value.begin(); };

/// A tuple of references to the fields of `value`, in order.
template <class T>
constexpr auto fields_of(T& value) {
  constexpr std::size_t n = detail::field_count<std::remove_const_t<T>>();
  if constexpr (n == 0) {
    return std::tuple<>();
  }
#define SLOOP_FIELDS(N, ...)      \
  else if constexpr (n == (N)) {  \
    auto& [__VA_ARGS__] = value;  \
    return std::tie(__VA_ARGS__); \
  }
  SLOOP_FIELDS(1, a)
  SLOOP_FIELDS(2, a, b)
  SLOOP_FIELDS(3, a, b, c)
  SLOOP_FIELDS(4, a, b, c, d)
  SLOOP_FIELDS(5, a, b, c, d, e)
  SLOOP_FIELDS(6, a, b, c, d, e, f)
  SLOOP_FIELDS(7, a, b, c, d, e, f, g)
  SLOOP_FIELDS(8, a, b, c, d, e, f, g, h)
  SLOOP_FIELDS(9, a, b, c, d, e, f, g, h, i)
  SLOOP_FIELDS(10, a, b, c, d, e, f, g, h, i, j)
  SLOOP_FIELDS(11, a, b, c, d, e, f, g, h, i, j, k)
  SLOOP_FIELDS(12, a, b, c, d, e, f, g, h, i, j, k, l)
  SLOOP_FIELDS(13, a, b, c, d, e, f, g, h, i, j, k, l, m)
  SLOOP_FIELDS(14, a, b, c, d, e, f, g, h, i, j, k, l, m, o)
  SLOOP_FIELDS(15, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p)
  SLOOP_FIELDS(16, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q)
  SLOOP_FIELDS(17, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r)
  SLOOP_FIELDS(18, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s)
  SLOOP_FIELDS(19, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t)
  SLOOP_FIELDS(20, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u)
  SLOOP_FIELDS(21, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v)
  SLOOP_FIELDS(22, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w)
  SLOOP_FIELDS(23, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x)
  SLOOP_FIELDS(24, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w, x, y)
#undef SLOOP_FIELDS
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

template <class P>
struct PointerBox {
  P pointer;
};

template <class T, std::size_t I>
constexpr auto pointer_to_field() {
  return PointerBox<decltype(&std::get<I>(fields_of(phantom<T>.value)))>{&std::get<I>(fields_of(phantom<T>.value))};
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

template <auto Box>
constexpr std::string_view rendering_of_box() {
  return __PRETTY_FUNCTION__;
}

template <class T, std::size_t... I>
constexpr auto names_of(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{
      last_identifier(without_aliases(rendering_of_box<pointer_to_field<T, I>()>()))...};
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
inline constexpr auto kFieldNames = names_of<T>(std::make_index_sequence<field_count<T>()>());

template <class T>
constexpr auto infos_of() {
  std::array<FieldInfo, field_count<T>()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].name = kFieldNames<T>[i];
    if constexpr (requires { T::field_info; }) {
      for (const FieldInfo& info : T::field_info)
        if (info.name == all[i].name) all[i] = info;
    }
  }
  return all;
}

template <class T>
inline constexpr auto kFieldInfos = infos_of<T>();

}  // namespace detail

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
  constexpr const auto& infos = detail::kFieldInfos<std::remove_const_t<T>>;
  std::apply(
      [&](auto&... fields) {
        [[maybe_unused]] std::size_t i = 0;
        // The analyser loses the captured reference inside std::apply.
        (visit(infos[i++], fields), ...);  // NOLINT(clang-analyzer-core.CallAndMessage)
      },
      fields_of(value));
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
