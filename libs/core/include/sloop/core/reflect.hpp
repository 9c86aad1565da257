// SPDX-License-Identifier: Apache-2.0
//
// Plain aggregates to and from JSON, without macros.
//
//   struct Event { std::string prompt; std::optional<int> limit; };
//   Result<Event> event = read_json<Event>(R"({"prompt":"Hi"})");
//   std::string text = write_json(to_json(*event));
//
// Works for bool, integers, floating point, std::string, enums (by the enumerator's name), std::optional, std::vector,
// std::map and std::unordered_map with string keys, std::variant (the first alternative that fits), Json and JsonObject
// themselves, and aggregates of these. A field is required unless it is a std::optional, its `FieldInfo` says
// `optional`, or `ReadOptions::defaults` is set. A field of type `Rest` keeps the members that the struct does not
// know. An error names the path: `messages[2].content: expected string, got number`.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "sloop/core/fields.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"

namespace sloop {

template <class T>
[[nodiscard]] Json to_json(const T& value);

struct ReadOptions {
  /// Refuses members that the struct does not have, by name; otherwise they are ignored, or kept by a `Rest`.
  bool refuse_unknown = false;
  /// Fields that are absent keep the value of their default initialiser.
  bool defaults = false;
  /// Stands in front of every path in an error: `messages[2]`.
  std::string_view place = {};
};

namespace detail {

/// Where in the document a value stands; a list on the stack, made text only for an error.
struct JsonPath {
  const JsonPath* parent = nullptr;
  std::string_view key = {};
  std::size_t index = 0;

  [[nodiscard]] std::string text() const;
};

struct JsonReader;

/// How the fields of one type are read and written: the code is there once for all structs that have such a field.
struct FieldType {
  bool optional = false;
  bool rest = false;
  bool (*read)(JsonReader& reader, const JsonPath& path, const Json& value, void* field) = nullptr;
  /// False: there is nothing to write.
  bool (*write)(const void* field, Json& out) = nullptr;
};

/// One field of one struct.
struct FieldPlan {
  std::string_view key = {};
  const FieldType* type = nullptr;
  bool optional = false;
};

/// One reading: its options, and the first error.
struct JsonReader {
  const ReadOptions& options;
  std::optional<Error> error = {};

  /// Notes `path: message`; returns false.
  bool refuse(const JsonPath& path, std::string_view message);
  bool refuse_type(const JsonPath& path, std::string_view expected, const Json& got);
  bool refuse_enum(const JsonPath& path, std::span<const std::string_view> names, const Json& got);

  bool read_integer(const JsonPath& path, const Json& value, std::int64_t low, std::int64_t high, std::int64_t& out);
  bool read_unsigned(const JsonPath& path, const Json& value, std::uint64_t high, std::uint64_t& out);
  bool read_double(const JsonPath& path, const Json& value, double& out);
  /// `fields` are the addresses, in the order of `plan`.
  bool read_fields(const JsonPath& path, const Json& value, std::span<const FieldPlan> plan, void* const* fields);

 private:
  bool read_field(const JsonPath& path, const Json* member, const FieldPlan& plan, void* field);
  /// Whether `object` has only members that `plan` knows.
  bool check_known(const JsonPath& path, const JsonObject& object, std::span<const FieldPlan> plan);
};

[[nodiscard]] Json write_fields(std::span<const FieldPlan> plan, const void* const* fields);

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVariant = false;
template <class... T>
inline constexpr bool kIsVariant<std::variant<T...>> = true;

template <class T>
concept StringMap = requires(T map) {
  typename T::mapped_type;
  requires std::same_as<typename T::key_type, std::string>;
};
template <class T>
concept Sequence = requires(T list) {
  typename T::value_type;
  list.push_back(std::declval<typename T::value_type>());
} && !std::same_as<T, std::string>;

template <class T>
bool read_value(JsonReader& reader, const JsonPath& path, const Json& value, T& out);

template <class T>
bool read_number(JsonReader& reader, const JsonPath& path, const Json& value, T& out) {
  if constexpr (std::is_floating_point_v<T>) {
    double number = 0;
    if (!reader.read_double(path, value, number)) return false;
    if constexpr (sizeof(T) < sizeof(double))
      if (std::abs(number) > std::numeric_limits<T>::max()) return reader.refuse(path, "is out of range");
    out = static_cast<T>(number);
  } else if constexpr (std::is_signed_v<T>) {
    std::int64_t number = 0;
    if (!reader.read_integer(path, value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), number))
      return false;
    out = static_cast<T>(number);
  } else {
    std::uint64_t number = 0;
    if (!reader.read_unsigned(path, value, std::numeric_limits<T>::max(), number)) return false;
    out = static_cast<T>(number);
  }
  return true;
}

template <class T>
bool read_enum(JsonReader& reader, const JsonPath& path, const Json& value, T& out) {
  const auto names = enumerator_names<T>();
  if (value.is_string())
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!names[i].empty() && names[i] == std::string_view(value.get_string())) {
        out = static_cast<T>(static_cast<int>(i) + kFirstEnumerator);
        return true;
      }
  return reader.refuse_enum(path, names, value);
}

template <class T>
bool read_sequence(JsonReader& reader, const JsonPath& path, const Json& value, T& out) {
  if (!value.is_array()) return reader.refuse_type(path, "array", value);
  out.clear();
  std::size_t index = 0;
  for (const Json& item : value.get_array()) {
    typename T::value_type element{};
    if (!read_value(reader, JsonPath{.parent = &path, .index = index++}, item, element)) return false;
    out.push_back(std::move(element));
  }
  return true;
}

template <class T>
bool read_map(JsonReader& reader, const JsonPath& path, const Json& value, T& out) {
  if (!value.is_object()) return reader.refuse_type(path, "object", value);
  out.clear();
  for (const auto& member : value.get_object()) {
    typename T::mapped_type element{};
    if (!read_value(reader, JsonPath{.parent = &path, .key = member.key()}, member.value(), element)) return false;
    out.insert_or_assign(std::string(member.key()), std::move(element));
  }
  return true;
}

template <class... T>
bool read_variant(JsonReader& reader, const JsonPath& path, const Json& value, std::variant<T...>& out) {
  std::string reasons;
  const auto attempt = [&]<class A>(std::type_identity<A>) {
    const ReadOptions unplaced{.refuse_unknown = reader.options.refuse_unknown, .defaults = reader.options.defaults};
    JsonReader trial{unplaced};
    A alternative{};
    if (read_value(trial, JsonPath{}, value, alternative)) return out = std::move(alternative), true;
    reasons += (reasons.empty() ? "" : "; ") + trial.error->message;
    return false;
  };
  return (attempt(std::type_identity<T>()) || ...) || reader.refuse(path, "fits no alternative: " + reasons);
}

template <class F>
bool read_erased(JsonReader& reader, const JsonPath& path, const Json& value, void* field) {
  return read_value(reader, path, value, *static_cast<F*>(field));
}

template <class F>
bool write_erased(const void* erased, Json& out) {
  const F& field = *static_cast<const F*>(erased);
  if constexpr (kIsOptional<F>) {
    if (!field) return false;
    out = to_json(*field);
  } else {
    out = to_json(field);
  }
  return true;
}

template <class F>
inline constexpr FieldType kFieldType{.optional = kIsOptional<F>, .read = read_erased<F>, .write = write_erased<F>};
template <>
inline constexpr FieldType kFieldType<Rest>{.rest = true};

template <class T, class... F>
constexpr auto plan_of(TypeList<F...>) {
  std::array<FieldPlan, sizeof...(F)> plan{};
  [[maybe_unused]] std::size_t i = 0;
  [[maybe_unused]] const auto add = [&](const FieldType& type) {
    const FieldInfo& info = kFieldInfos<T>[i];
    plan[i++] = {.key = info.json_key(), .type = &type, .optional = type.optional || info.optional};
  };
  (add(kFieldType<F>), ...);
  return plan;
}
template <class T>
inline constexpr auto kPlan = plan_of<T>(FieldTypes<T>());

template <class T>
bool read_struct(JsonReader& reader, const JsonPath& path, const Json& value, T& out) {
  return with_fields(out, [&](auto&... fields) {
    void* const places[] = {std::addressof(fields)..., nullptr};
    return reader.read_fields(path, value, kPlan<T>, places);
  });
}

template <class T>
bool read_value(JsonReader& reader, const JsonPath& path, const Json& value, T& out) {
  if constexpr (std::same_as<T, Json>) {
    out = value;
    return true;
  } else if constexpr (std::same_as<T, JsonObject>) {
    if (!value.is_object()) return reader.refuse_type(path, "object", value);
    out = value.get_object();
    return true;
  } else if constexpr (std::same_as<T, bool>) {
    if (!value.is_bool()) return reader.refuse_type(path, "boolean", value);
    out = value.get_bool();
    return true;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return read_number(reader, path, value, out);
  } else if constexpr (std::is_enum_v<T>) {
    return read_enum(reader, path, value, out);
  } else if constexpr (std::same_as<T, std::string>) {
    if (!value.is_string()) return reader.refuse_type(path, "string", value);
    out = std::string_view(value.get_string());
    return true;
  } else if constexpr (std::same_as<T, std::monostate>) {
    return value.is_null() || reader.refuse_type(path, "null", value);
  } else if constexpr (kIsOptional<T>) {
    if (value.is_null()) return out.reset(), true;
    return read_value(reader, path, value, out.emplace());
  } else if constexpr (kIsVariant<T>) {
    return read_variant(reader, path, value, out);
  } else if constexpr (StringMap<T>) {
    return read_map(reader, path, value, out);
  } else if constexpr (Sequence<T>) {
    return read_sequence(reader, path, value, out);
  } else {
    static_assert(Reflected<T>, "this type can't be read from JSON: see the list in sloop/core/reflect.hpp");
    return read_struct(reader, path, value, out);
  }
}

}  // namespace detail

/// Reads a value of type `T`. Fails with `invalid_input`; the message names the path of the bad field and never quotes
/// values.
template <class T>
[[nodiscard]] Result<T> from_json(const Json& value, const ReadOptions& options = {}) {
  detail::JsonReader reader{options};
  T out{};
  if (!detail::read_value(reader, detail::JsonPath{.key = options.place}, value, out))
    return fail(std::move(*reader.error));
  return out;
}

/// The same from JSON text.
template <class T>
[[nodiscard]] Result<T> read_json(std::string_view text, const ReadOptions& options = {}) {
  auto value = parse_json(text);
  if (!value) return fail(std::move(value.error()));
  return from_json<T>(*value, options);
}

/// The JSON of a value. Empty optionals of a struct are left out; elsewhere they are null.
template <class T>
Json to_json(const T& value) {
  if constexpr (std::same_as<T, Json> || std::same_as<T, JsonObject>) {
    return value;
  } else if constexpr (std::same_as<T, bool> || std::is_floating_point_v<T>) {
    return Json(value);
  } else if constexpr (std::is_integral_v<T>) {
    if constexpr (std::is_signed_v<T>)
      return Json(static_cast<std::int64_t>(value));
    else
      return Json(static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_enum_v<T>) {
    const auto name = name_of(value);
    return name.empty() ? Json(static_cast<std::int64_t>(value)) : Json(name);
  } else if constexpr (std::convertible_to<T, std::string_view>) {
    return Json(std::string_view(value));
  } else if constexpr (std::same_as<T, std::monostate>) {
    return nullptr;
  } else if constexpr (detail::kIsOptional<T>) {
    return value ? to_json(*value) : Json(nullptr);
  } else if constexpr (detail::kIsVariant<T>) {
    return std::visit([](const auto& alternative) { return to_json(alternative); }, value);
  } else if constexpr (detail::StringMap<T>) {
    JsonObject object;
    for (const auto& [key, element] : value) object.emplace(key, to_json(element));
    return object;
  } else if constexpr (detail::Sequence<T>) {
    JsonArray array;
    for (const auto& element : value) array.push_back(to_json<typename T::value_type>(element));
    return array;
  } else {
    static_assert(Reflected<T>, "this type can't be written as JSON: see the list in sloop/core/reflect.hpp");
    return with_fields(value, [](const auto&... fields) {
      const void* const places[] = {std::addressof(fields)..., nullptr};
      return detail::write_fields(detail::kPlan<T>, places);
    });
  }
}

}  // namespace sloop
