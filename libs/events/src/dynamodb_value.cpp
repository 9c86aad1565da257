// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/dynamodb_value.hpp"

#include "sloop/core/reflect.hpp"

namespace sloop::events {
namespace {

using sloop::detail::JsonPath;

Result<Json> plain(const JsonPath& path, const Json& value);

Error unknown(const JsonPath& path) {
  return {.kind = ErrorKind::invalid_input,
          .message = path.text() + ": is no attribute value of DynamoDB: {\"S\": ..}, {\"N\": ..}, {\"M\": ..} .."};
}

/// A number where that loses nothing, else the text: DynamoDB keeps 38 digits.
Json number_of(const boost::json::string& text) {
  const auto number = parse_json(text);
  if (!number || !number->is_number()) return Json(text);
  if (number->is_double() && write_json(*number) != std::string_view(text)) return Json(text);
  return *number;
}

Result<Json> plain_list(const JsonPath& path, const JsonArray& list) {
  JsonArray out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto item = plain(JsonPath{.parent = &path, .index = i}, list[i]);
    if (!item) return item;
    out.push_back(std::move(*item));
  }
  return out;
}

Result<Json> plain_map(const JsonPath& path, const JsonObject& map) {
  JsonObject out;
  for (const auto& member : map) {
    auto item = plain(JsonPath{.parent = &path, .key = member.key()}, member.value());
    if (!item) return item;
    out.emplace(member.key(), std::move(*item));
  }
  return out;
}

Result<Json> plain_set(const JsonPath& path, const JsonArray& set, bool numbers) {
  JsonArray out;
  for (const Json& item : set) {
    if (!item.is_string()) return fail(unknown(path));
    out.push_back(numbers ? number_of(item.get_string()) : item);
  }
  return out;
}

Result<Json> plain(const JsonPath& path, const Json& value) {
  const auto* object = value.if_object();
  if (object == nullptr || object->size() != 1) return fail(unknown(path));
  const std::string_view type = object->begin()->key();
  const Json& inner = object->begin()->value();
  if ((type == "S" || type == "B") && inner.is_string()) return inner;
  if (type == "N" && inner.is_string()) return number_of(inner.get_string());
  if (type == "BOOL" && inner.is_bool()) return inner;
  if (type == "NULL") return Json(nullptr);
  if (type == "L" && inner.is_array()) return plain_list(path, inner.get_array());
  if (type == "M" && inner.is_object()) return plain_map(path, inner.get_object());
  if ((type == "SS" || type == "NS" || type == "BS") && inner.is_array())
    return plain_set(path, inner.get_array(), type == "NS");
  return fail(unknown(path));
}

}  // namespace

Result<Json> plain_json(const DynamoDbItem& item) {
  JsonObject out;
  for (const auto& [name, value] : item) {
    auto member = plain(JsonPath{.key = name}, value);
    if (!member) return member;
    out.emplace(name, std::move(*member));
  }
  return out;
}

}  // namespace sloop::events
