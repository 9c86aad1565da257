// SPDX-License-Identifier: Apache-2.0
//
// Action groups of Amazon Bedrock agents, defined by an API schema or by function details.
//
//   if (event.function == "get_weather") ...
//
// Source: Amazon Bedrock User Guide, "Configure Lambda functions to send information that an agent elicits from the
// user".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct BedrockAgent {
  std::string name = {};
  std::string id = {};
  std::string alias = {};
  std::string version = {};
  Rest rest = {};
};

struct BedrockAgentParameter {
  std::string name = {};
  std::string type = {};
  std::string value = {};
  Rest rest = {};
};

struct BedrockAgentContent {
  std::optional<std::vector<BedrockAgentParameter>> properties = {};
  Rest rest = {};
};

struct BedrockAgentRequestBody {
  /// By media type.
  std::map<std::string, BedrockAgentContent> content = {};
  Rest rest = {};
};

struct BedrockAgentEvent {
  std::string messageVersion = {};
  std::string actionGroup = {};
  std::string sessionId = {};
  std::string inputText = {};
  BedrockAgent agent = {};
  /// With an API schema.
  std::optional<std::string> apiPath = {};
  std::optional<std::string> httpMethod = {};
  /// With function details.
  std::optional<std::string> function = {};
  std::optional<std::vector<BedrockAgentParameter>> parameters = {};
  std::optional<BedrockAgentRequestBody> requestBody = {};
  std::optional<std::map<std::string, std::string>> sessionAttributes = {};
  std::optional<std::map<std::string, std::string>> promptSessionAttributes = {};
  std::optional<Json> knowledgeBasesConfiguration = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "bedrock_agent";
};

struct BedrockAgentText {
  std::string body = {};
  Rest rest = {};
};

struct BedrockAgentFunctionBody {
  BedrockAgentText TEXT = {};
  Rest rest = {};
};

struct BedrockAgentFunctionResult {
  /// `FAILURE` or `REPROMPT`; absent: it went well.
  std::optional<std::string> responseState = {};
  BedrockAgentFunctionBody responseBody = {};
  Rest rest = {};
};

/// `functionResponse` answers function details, the four others an API schema.
struct BedrockAgentAnswer {
  std::string actionGroup = {};
  std::optional<std::string> function = {};
  std::optional<BedrockAgentFunctionResult> functionResponse = {};
  std::optional<std::string> apiPath = {};
  std::optional<std::string> httpMethod = {};
  std::optional<std::int64_t> httpStatusCode = {};
  /// By media type.
  std::optional<std::map<std::string, BedrockAgentText>> responseBody = {};
  Rest rest = {};
};

struct BedrockAgentResponse {
  std::string messageVersion = {};
  BedrockAgentAnswer response = {};
  std::optional<std::map<std::string, std::string>> sessionAttributes = {};
  std::optional<std::map<std::string, std::string>> promptSessionAttributes = {};
  std::optional<Json> knowledgeBasesConfiguration = {};
  Rest rest = {};
};

}  // namespace sloop::events
