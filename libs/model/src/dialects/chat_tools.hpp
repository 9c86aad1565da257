// SPDX-License-Identifier: Apache-2.0
//
// Tools and output schemas as Chat Completions and its relatives write them.
#pragma once

#include <string>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/model/request.hpp"

namespace sloop::dialects {

[[nodiscard]] JsonArray chat_tools(const std::vector<ToolDefinition>& tools);
[[nodiscard]] JsonObject chat_tool_call(std::string id, const ToolCallPart& call);
[[nodiscard]] Json chat_tool_choice(const ToolChoice& choice);
[[nodiscard]] Json chat_response_format(const OutputSchema& output);

}  // namespace sloop::dialects
