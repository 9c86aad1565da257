// SPDX-License-Identifier: Apache-2.0
//
// JSON Schema (draft 2020-12) of the types that <sloop/core/reflect.hpp> reads.
//
//   struct Add {
//     double x;
//     static constexpr sloop::FieldInfo field_info[] = {{.name = "x", .description = "First addend"}};
//   };
//   Json schema = schema_of<Add>();
//   // {"type":"object","properties":{"x":{"type":"number","description":"First addend"}},"required":["x"],
//   //  "additionalProperties":false}
//
// A type that holds itself becomes a definition: {"$ref":"#/$defs/Node", ...}.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/reflect.hpp"

namespace sloop {

namespace detail {

template <class T>
constexpr std::string_view rendering_of_type() {
  return __PRETTY_FUNCTION__;
}

/// The last part of a type's name: `Node` for `ns::Node`.
template <class T>
constexpr std::string_view short_name_of() {
  auto text = without_aliases(rendering_of_type<T>());
  if (text.back() == ']') text.remove_suffix(1);
  return last_identifier(text);
}

/// Writes the schemas of one document; knows which structs are being written, so that one that holds itself ends.
class SchemaWriter {
 public:
  template <class T>
  Json schema() {
    if constexpr (std::same_as<T, Json> || std::same_as<T, Rest>) {
      return JsonObject();
    } else if constexpr (std::same_as<T, JsonObject>) {
      return of_type("object");
    } else if constexpr (std::same_as<T, bool>) {
      return of_type("boolean");
    } else if constexpr (std::is_floating_point_v<T>) {
      return of_type("number");
    } else if constexpr (std::is_integral_v<T>) {
      using Limits = std::numeric_limits<T>;
      // The bounds of 64 bits are no help to a model; that a number is not negative is.
      constexpr bool kNarrow = sizeof(T) < sizeof(std::int64_t);
      return integer(kNarrow || std::is_unsigned_v<T> ? Json(static_cast<std::int64_t>(Limits::min())) : Json(),
                     kNarrow ? Json(static_cast<std::int64_t>(Limits::max())) : Json());
    } else if constexpr (std::is_enum_v<T>) {
      return enumeration(enumerator_names<T>());
    } else if constexpr (std::same_as<T, std::string>) {
      return of_type("string");
    } else if constexpr (std::same_as<T, std::monostate>) {
      return of_type("null");
    } else if constexpr (kIsOptional<T>) {
      return schema<typename T::value_type>();
    } else if constexpr (kIsVariant<T>) {
      return variant(static_cast<const T*>(nullptr));
    } else if constexpr (StringMap<T>) {
      return JsonObject{{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>()}};
    } else if constexpr (Sequence<T>) {
      return JsonObject{{"type", "array"}, {"items", schema<typename T::value_type>()}};
    } else {
      return structure<T>();
    }
  }

  /// The document: `root` with the definitions it refers to.
  [[nodiscard]] Json finish(Json root);

 private:
  struct Open {
    std::string_view name;
    bool referred = false;
  };

  static Json of_type(std::string_view type) { return JsonObject{{"type", type}}; }
  static Json integer(const Json& low, const Json& high);
  static Json enumeration(std::span<const std::string_view> names);

  template <class... T>
  Json variant(const std::variant<T...>*) {
    return JsonObject{{"anyOf", JsonArray{schema<T>()...}}};
  }

  template <class T>
  Json structure() {
    constexpr auto name = short_name_of<T>();
    if (refer(name)) return reference(name);
    open_.push_back({name});
    JsonObject properties;
    JsonArray required;
    add_fields<T>(FieldTypes<T>(), properties, required);
    return close({{"type", "object"},
                  {"properties", std::move(properties)},
                  {"required", std::move(required)},
                  {"additionalProperties", keeps_rest(FieldTypes<T>())}});
  }

  template <class T, class... F>
  void add_fields(TypeList<F...>, JsonObject& properties, JsonArray& required) {
    [[maybe_unused]] const FieldInfo* info = kFieldInfos<T>.data();
    (add_field<F>(*info++, properties, required), ...);
  }

  template <class... F>
  static constexpr bool keeps_rest(TypeList<F...>) {
    return (std::same_as<F, Rest> || ...);
  }

  template <class F>
  void add_field(const FieldInfo& info, JsonObject& properties, JsonArray& required) {
    if constexpr (std::same_as<F, Rest>) return;
    Json value = schema<F>();
    if (!info.description.empty()) value.as_object()["description"] = info.description;
    properties[info.json_key()] = std::move(value);
    if (!kIsOptional<F> && !info.optional) required.emplace_back(info.json_key());
  }

  [[nodiscard]] bool refer(std::string_view name);
  [[nodiscard]] static Json reference(std::string_view name);
  [[nodiscard]] Json close(JsonObject object);

  std::vector<Open> open_;
  JsonObject definitions_;
};

}  // namespace detail

/// The JSON Schema of what `read_json<T>` accepts. Members are in the order of the fields, so the bytes are the same
/// every time.
template <class T>
[[nodiscard]] Json schema_of() {
  detail::SchemaWriter writer;
  Json root = writer.schema<T>();
  return writer.finish(std::move(root));
}

}  // namespace sloop
