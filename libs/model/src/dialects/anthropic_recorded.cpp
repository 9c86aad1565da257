// SPDX-License-Identifier: Apache-2.0
#include "anthropic_recorded.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "answer.hpp"

namespace sloop::dialects::anthropic {
namespace {

std::filesystem::path exchanges() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") /
         "conformance/exchanges/anthropic";
}

bool is_text_list(const Json& content) {
  return content.is_array() && content.get_array().size() == 1 &&
         find_string(content.get_array().front(), "type") == "text";
}

Json without_nulls(const Json& value) {
  if (value.is_array()) {
    JsonArray out;
    for (const Json& item : value.get_array()) out.push_back(without_nulls(item));
    return out;
  }
  if (!value.is_object()) return value;
  JsonObject out;
  for (const auto& member : value.get_object())
    if (!member.value().is_null()) out[member.key()] = without_nulls(member.value());
  return out;
}

}  // namespace

std::vector<Json> recorded_rows() {
  std::vector<Json> out;
  if (!std::filesystem::exists(exchanges())) return out;
  for (const auto& file : std::filesystem::directory_iterator(exchanges())) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) out.push_back(parse_json(line).value());
  }
  return out;
}

void drop(JsonObject& object, std::string_view key) {
  if (const auto member = object.find(key); member != object.end()) object.stable_erase(member);
}

Json plain_block(const Json& block) {
  JsonObject out = without_nulls(block).as_object();
  if (Json* cache = out.if_contains("cache_control"); cache != nullptr && cache->is_object())
    if (find_string(*cache, "ttl") == "5m") drop(cache->get_object(), "ttl");
  for (const auto key : {"cache_control", "citations", "caller"})
    if (const Json* value = out.if_contains(key))
      if (*value == JsonArray() || find_string(*value, "type") == "direct") drop(out, key);
  if (Json* content = out.if_contains("content"); content != nullptr && find_string(block, "type") == "tool_result")
    if (is_text_list(*content)) *content = Json(find_string(content->get_array().front(), "text"));
  if (find_string(block, "type") == "tool_result" && !flag_at(out, "is_error")) drop(out, "is_error");
  return out;
}

Json plain_content(const Json& content) {
  JsonArray out;
  if (content.is_string()) out.push_back(JsonObject{{"type", "text"}, {"text", content.get_string()}});
  if (content.is_array())
    for (const Json& block : content.get_array()) out.push_back(plain_block(block));
  return out;
}

Json plain_request(const JsonObject& body) {
  JsonObject out = body;
  if (!flag_at(body, "stream")) drop(out, "stream");
  if (Json* system = out.if_contains("system")) *system = plain_content(*system);
  for (Json& message : out["messages"].as_array())
    message.as_object()["content"] = plain_content(*find(message, "content"));
  if (array_at(body, "tools").empty()) drop(out, "tools");
  if (Json* tools = out.if_contains("tools"))
    for (Json& tool : tools->as_array()) tool = plain_block(tool);
  if (Json* choice = out.if_contains("tool_choice"); choice != nullptr)
    if (!flag_at(*choice, "disable_parallel_tool_use")) drop(choice->get_object(), "disable_parallel_tool_use");
  // Numbers as they are written: 0.0 and 0 are the same.
  return parse_json(write_json(out)).value();
}

}  // namespace sloop::dialects::anthropic
