// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/schema.hpp"

#include <algorithm>

namespace sloop::detail {

Json SchemaWriter::integer(const Json& low, const Json& high) {
  JsonObject schema{{"type", "integer"}};
  if (!low.is_null()) schema["minimum"] = low;
  if (!high.is_null()) schema["maximum"] = high;
  return schema;
}

Json SchemaWriter::enumeration(std::span<const std::string_view> names) {
  JsonArray known;
  for (const auto name : names)
    if (!name.empty()) known.emplace_back(name);
  return JsonObject{{"type", "string"}, {"enum", std::move(known)}};
}

bool SchemaWriter::refer(std::string_view name) {
  const auto open = std::ranges::find(open_, name, &Open::name);
  if (open == open_.end()) return definitions_.contains(name);
  open->referred = true;
  return true;
}

Json SchemaWriter::reference(std::string_view name) {
  return JsonObject{{"$ref", "#/$defs/" + std::string(name)}};
}

Json SchemaWriter::close(JsonObject object) {
  const Open done = open_.back();
  open_.pop_back();
  if (!done.referred) return object;
  definitions_[done.name] = std::move(object);
  return reference(done.name);
}

Json SchemaWriter::finish(Json root) {
  if (!definitions_.empty()) root.as_object()["$defs"] = std::move(definitions_);
  return root;
}

}  // namespace sloop::detail
