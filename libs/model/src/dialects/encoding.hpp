// SPDX-License-Identifier: Apache-2.0
//
// What the encoders of all wire formats have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/model/request.hpp"

namespace sloop::dialects {

/// `data:image/png;base64,...`
[[nodiscard]] std::string data_url(const MediaPart& media);
/// A tool's result for formats that have only text for it.
[[nodiscard]] std::string result_text(const ToolResultPart& result);
/// A tool call's arguments for formats that want an object; text that is no JSON object goes under `input`.
[[nodiscard]] JsonObject arguments_object(const ToolCallPart& call);
[[nodiscard]] bool only_text(const Message& message);
/// The data that dialect `name` keeps in a part: its member of `data`, or null.
[[nodiscard]] const Json* data_of(const ProviderData& data, std::string_view name);
/// The text of all system messages, by empty lines.
[[nodiscard]] std::string system_text(const ModelRequest& request);

/// OpenAI's models that think before they answer: o1, o3, o4-mini, gpt-5 and later. They refuse `max_tokens` (and
/// want `max_completion_tokens`), and can give their thoughts in encrypted form.
[[nodiscard]] bool is_openai_reasoning_model(std::string_view model);

/// Tells that a setting which the request has is not sent, in the words of all dialects.
class LeftOut {
 public:
  LeftOut(std::string_view format, std::vector<std::string>& warnings) : format_(format), warnings_(warnings) {}
  void note(bool is_set, std::string_view setting) const {
    if (is_set)
      warnings_.push_back(std::string(setting) + " is not sent: " + std::string(format_) + " does not have it");
  }

 private:
  std::string_view format_;
  std::vector<std::string>& warnings_;
};

}  // namespace sloop::dialects
