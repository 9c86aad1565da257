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

bool is_openai_reasoning_model(std::string_view model) {
  if (const std::size_t slash = model.rfind('/'); slash != std::string_view::npos) model.remove_prefix(slash + 1);
  const auto digit_at = [&](std::size_t i) { return i < model.size() && model[i] >= '0' && model[i] <= '9'; };
  return (model.starts_with('o') && digit_at(1)) || (model.starts_with("gpt-") && digit_at(4) && model[4] >= '5');
}

}  // namespace sloop::dialects
