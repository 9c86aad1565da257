// SPDX-License-Identifier: Apache-2.0
#include "encoding.hpp"

#include <algorithm>

namespace sloop::dialects {

std::string data_url(const MediaPart& media) {
  return "data:" + media.media_type + ";base64," + media.source.base64;
}

std::string result_text(const ToolResultPart& result) {
  return result.json.is_null() ? result.text : write_json(result.json);
}

JsonObject arguments_object(const ToolCallPart& call) {
  if (call.arguments.empty()) return {};
  auto json = parse_json(call.arguments);
  if (json && json->is_object()) return std::move(json->get_object());
  if (json && json->is_null()) return {};
  return {{"input", json ? std::move(*json) : Json(call.arguments)}};
}

bool only_text(const Message& message) {
  return std::ranges::all_of(message.content, [](const Part& part) { return std::holds_alternative<TextPart>(part); });
}

const Json* data_of(const ProviderData& data, std::string_view name) {
  return find(data, name);
}

std::string system_text(const ModelRequest& request) {
  std::string all;
  for (const auto& message : request.messages)
    if (message.role == Role::system) all += (all.empty() ? "" : "\n\n") + message.text();
  return all;
}

}  // namespace sloop::dialects
