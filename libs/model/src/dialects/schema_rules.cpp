// SPDX-License-Identifier: Apache-2.0
#include "schema_rules.hpp"

#include <algorithm>

#include "answer.hpp"

namespace sloop::dialects {
namespace {

/// Calls `change` for every schema inside `schema`, innermost first, and for itself.
template <class Change>
void for_each_schema(Json& schema, const Change& change) {
  if (!schema.is_object()) return;
  JsonObject& object = schema.get_object();
  for (const auto key : {"properties", "$defs", "definitions", "patternProperties"})
    if (Json* named = object.if_contains(key); named != nullptr && named->is_object())
      for (auto& member : named->get_object()) for_each_schema(member.value(), change);
  for (const auto key : {"items", "additionalProperties", "not"})
    if (Json* inner = object.if_contains(key)) for_each_schema(*inner, change);
  for (const auto key : {"anyOf", "oneOf", "allOf", "prefixItems"})
    if (Json* list = object.if_contains(key); list != nullptr && list->is_array())
      for (Json& inner : list->get_array()) for_each_schema(inner, change);
  change(object);
}

bool is_object_schema(const JsonObject& schema) {
  return find_string(schema, "type") == "object" || schema.contains("properties");
}

bool contains(const JsonArray& list, std::string_view text) {
  return std::ranges::any_of(
      list, [&](const Json& item) { return item.is_string() && std::string_view(item.get_string()) == text; });
}

bool allows_null(const JsonObject& schema) {
  const Json* type = schema.if_contains("type");
  if (type != nullptr && type->is_array()) return contains(type->get_array(), "null");
  for (const Json& option : array_at(schema, "anyOf"))
    if (find_string(option, "type") == "null") return true;
  return false;
}

void allow_null(Json& schema) {
  if (!schema.is_object() || allows_null(schema.get_object())) return;
  JsonObject& object = schema.get_object();
  Json* type = object.if_contains("type");
  if (type != nullptr && type->is_string() && !object.contains("enum") && !object.contains("const")) {
    *type = JsonArray{*type, "null"};
  } else if (type != nullptr && type->is_array() && !object.contains("enum")) {
    type->get_array().push_back("null");
  } else {
    schema = JsonObject{{"anyOf", JsonArray{schema, JsonObject{{"type", "null"}}}}};
  }
}

void require_all(JsonObject& object) {
  Json* properties = object.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) {
    object["properties"] = JsonObject();
    properties = object.if_contains("properties");
  }
  const JsonArray required = array_at(object, "required");
  JsonArray all;
  for (auto& member : properties->get_object()) {
    if (!contains(required, member.key())) allow_null(member.value());
    all.push_back(Json(member.key()));
  }
  object["required"] = std::move(all);
  object["additionalProperties"] = false;
}

}  // namespace

Json strict_schema(const Json& schema) {
  Json out = schema;
  for_each_schema(out, [](JsonObject& object) {
    if (const Json* reference = object.if_contains("$ref")) {
      object = JsonObject{{"$ref", *reference}};
      return;
    }
    if (Json* one_of = object.if_contains("oneOf")) {
      Json options = std::move(*one_of);
      object.stable_erase(object.find("oneOf"));
      object["anyOf"] = std::move(options);
    }
    if (const auto value = object.find("default"); value != object.end()) object.stable_erase(value);
    if (is_object_schema(object)) require_all(object);
  });
  return out;
}

Json closed_schema(const Json& schema) {
  Json out = schema;
  for_each_schema(out, [](JsonObject& object) {
    if (is_object_schema(object)) object["additionalProperties"] = false;
    for (const auto key : {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
                           "maxLength", "minItems", "maxItems", "uniqueItems"}) {
      const auto member = object.find(key);
      if (member == object.end()) continue;
      // A list may be asked to have one item at least, not more.
      const bool small = member->value() == Json(0) || member->value() == Json(1);
      if (std::string_view(key) == "minItems" && small) continue;
      const std::string note = "{" + std::string(key) + ": " + write_json(member->value()) + "}";
      object.stable_erase(member);
      const std::string said(find_string(object, "description"));
      object["description"] = said.empty() ? note : said + " " + note;
    }
  });
  return out;
}

namespace {

/// Writes a schema anew with the keywords of OpenAPI 3.0 only.
class OpenApiWriter {
 public:
  explicit OpenApiWriter(const Json& root) : root_(root) {}

  /// Nothing when it can't be said.
  std::optional<Json> write(const Json& schema) {
    if (!schema.is_object()) return schema == Json(true) ? std::optional<Json>(JsonObject()) : std::nullopt;
    if (depth_ == kMaxDepth) return std::nullopt;
    ++depth_;
    auto out = schema.get_object().contains("$ref") ? write_referred(schema) : write_object(schema.get_object());
    --depth_;
    return out;
  }

 private:
  /// A schema that is deeper refers to itself.
  static constexpr int kMaxDepth = 32;

  std::optional<Json> write_referred(const Json& schema) {
    std::string_view path = find_string(schema, "$ref");
    if (!path.starts_with("#/")) return std::nullopt;
    path.remove_prefix(2);
    const Json* place = &root_;
    while (place != nullptr && !path.empty()) {
      const std::size_t slash = std::min(path.find('/'), path.size());
      place = find(*place, path.substr(0, slash));
      path.remove_prefix(std::min(slash + 1, path.size()));
    }
    if (place == nullptr) return std::nullopt;
    auto out = write(*place);
    const auto said = find_string(schema, "description");
    if (out && out->is_object() && !said.empty()) out->get_object()["description"] = said;
    return out;
  }

  std::optional<Json> write_object(const JsonObject& schema) {
    JsonObject out;
    for (const auto& member : schema)
      if (!write_member(member.key(), member.value(), out)) return std::nullopt;
    return out;
  }

  bool write_member(std::string_view key, const Json& value, JsonObject& out) {
    constexpr std::string_view kKept[] = {"format",    "title",     "description", "nullable", "enum",
                                          "maxItems",  "minItems",  "required",    "example",  "minProperties",
                                          "minLength", "maxLength", "pattern",     "minimum",  "maxProperties",
                                          "maximum",   "default"};
    if (std::ranges::find(kKept, key) != std::end(kKept)) return out[key] = value, true;
    if (key == "type") return write_type(value, out);
    if (key == "const") return out["enum"] = JsonArray{value}, true;
    if (key == "properties") return write_named(value, out);
    if (key == "items") return write_inner(key, value, out);
    if (key == "anyOf" || key == "oneOf") return write_options(value, out);
    if (key == "allOf" && value.is_array() && value.get_array().size() == 1) return write_same(value.at(0), out);
    // What limits less is left out; what can't be left out without another meaning can't be said.
    return key != "allOf" && key != "not" && key != "prefixItems";
  }

  static bool write_type(const Json& type, JsonObject& out) {
    if (type.is_string()) return out["type"] = type, true;
    if (!type.is_array()) return false;
    JsonArray others;
    for (const Json& one : type.get_array())
      if (one == Json("null"))
        out["nullable"] = true;
      else
        others.push_back(one);
    if (others.size() == 1) return out["type"] = others[0], true;
    JsonArray options;
    for (const Json& one : others) options.push_back(JsonObject{{"type", one}});
    return out["anyOf"] = std::move(options), true;
  }

  bool write_named(const Json& properties, JsonObject& out) {
    if (!properties.is_object()) return false;
    JsonObject named;
    for (const auto& property : properties.get_object())
      if (!write_inner(property.key(), property.value(), named)) return false;
    out["properties"] = std::move(named);
    return true;
  }

  bool write_inner(std::string_view key, const Json& schema, JsonObject& out) {
    auto written = write(schema);
    if (written) out[key] = std::move(*written);
    return written.has_value();
  }

  bool write_same(const Json& schema, JsonObject& out) {
    auto written = write(schema);
    if (!written || !written->is_object()) return false;
    for (const auto& member : written->get_object()) out.emplace(member.key(), member.value());
    return true;
  }

  bool write_options(const Json& list, JsonObject& out) {
    if (!list.is_array()) return false;
    JsonArray options;
    for (const Json& option : list.get_array()) {
      if (find_string(option, "type") == "null") {
        out["nullable"] = true;
        continue;
      }
      auto written = write(option);
      if (!written) return false;
      options.push_back(std::move(*written));
    }
    if (options.size() == 1) return write_same(options[0], out);
    out["anyOf"] = std::move(options);
    return true;
  }

  const Json& root_;
  int depth_ = 0;
};

}  // namespace

std::optional<Json> open_api_schema(const Json& schema) {
  return OpenApiWriter(schema).write(schema);
}

std::string_view openai_effort(ReasoningEffort effort) {
  switch (effort) {
    case ReasoningEffort::none: return "none";
    case ReasoningEffort::minimal: return "minimal";
    case ReasoningEffort::low: return "low";
    case ReasoningEffort::high: return "high";
    case ReasoningEffort::maximum: return "xhigh";
    case ReasoningEffort::medium: break;
  }
  return "medium";
}

}  // namespace sloop::dialects
