// SPDX-License-Identifier: Apache-2.0
#include "chat_tools.hpp"

#include "schema_rules.hpp"

namespace sloop::dialects {
namespace {

Json tool_json(const ToolDefinition& tool) {
  JsonObject function{{"name", tool.name}};
  if (!tool.description.empty()) function["description"] = tool.description;
  function["parameters"] = tool.schema;
  return JsonObject{{"type", "function"}, {"function", std::move(function)}};
}

}  // namespace

JsonArray chat_tools(const std::vector<ToolDefinition>& tools) {
  JsonArray out;
  for (const auto& tool : tools) out.push_back(tool_json(tool));
  return out;
}

JsonObject chat_tool_call(std::string id, const ToolCallPart& call) {
  return {{"id", std::move(id)},
          {"type", "function"},
          {"function", {{"name", call.name}, {"arguments", call.arguments.empty() ? "{}" : call.arguments}}}};
}

Json chat_tool_choice(const ToolChoice& choice) {
  switch (choice.mode) {
    case ToolChoiceMode::none: return "none";
    case ToolChoiceMode::required: return "required";
    case ToolChoiceMode::named: return {{"type", "function"}, {"function", {{"name", choice.name}}}};
    case ToolChoiceMode::automatic: break;
  }
  return "auto";
}

Json chat_response_format(const OutputSchema& output) {
  if (output.schema.is_null()) return {{"type", "json_object"}};
  JsonObject schema{{"name", output.name}};
  if (!output.description.empty()) schema["description"] = output.description;
  schema["schema"] = output.strict ? strict_schema(output.schema) : output.schema;
  schema["strict"] = output.strict;
  return {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
}

}  // namespace sloop::dialects
