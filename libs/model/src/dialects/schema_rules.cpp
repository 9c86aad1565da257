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
