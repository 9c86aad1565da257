// SPDX-License-Identifier: Apache-2.0
//
// One call to a model: the conversation, the tools and the sampling parameters, in no provider's words.
//
//   ModelRequest request{.messages = {Message::user("Hello")}, .sampling = {.max_tokens = 100}};
//
// A parameter that is not set is not sent. Which model answers is decided by the `Model` that gets the request.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/message.hpp"

namespace sloop {

/// Typed sampling parameters; those that are empty are left to the provider.
struct Sampling {
  /// 0 (deterministic) to 2, by provider.
  std::optional<double> temperature = {};
  /// Nucleus sampling, 0 to 1.
  std::optional<double> top_p = {};
  std::optional<std::int64_t> top_k = {};
  /// The most tokens of the reply, reasoning included.
  std::optional<std::int64_t> max_tokens = {};
  /// Texts that end the reply.
  std::vector<std::string> stop = {};
  std::optional<std::int64_t> seed = {};
  /// -2 to 2.
  std::optional<double> presence_penalty = {};
  /// -2 to 2.
  std::optional<double> frequency_penalty = {};
  /// How many likely tokens are told for each token of the reply, 0 to 20; the reply's `logprobs` has them.
  std::optional<std::int64_t> top_logprobs = {};
};

/// How much the model may think before it answers, on one scale for all providers; each dialect translates it.
enum class ReasoningEffort { none, minimal, low, medium, high, maximum };

enum class ToolChoiceMode { automatic, none, required, named };

/// Whether the model may, must not or must call a tool.
struct ToolChoice {
  ToolChoiceMode mode = ToolChoiceMode::automatic;
  /// The tool that must be called, with `named`.
  std::string name = {};
};

/// The answer is to be JSON of this schema.
struct OutputSchema {
  /// Letters, digits, `_`, `-`; some providers show it to the model.
  std::string name = "reply";
  std::string description = {};
  /// JSON Schema; null: any JSON object.
  Json schema = nullptr;
  /// The provider is to enforce the schema where it can.
  bool strict = true;
};

/// A tool that the model may call.
struct ToolDefinition {
  std::string name = {};
  std::string description = {};
  /// JSON Schema of the arguments.
  Json schema = JsonObject{};
  std::optional<CachePoint> cache = {};
};

struct ModelRequest {
  std::vector<Message> messages = {};
  std::vector<ToolDefinition> tools = {};
  Sampling sampling = {};
  std::optional<ToolChoice> tool_choice = {};
  /// Whether one reply may call several tools.
  std::optional<bool> parallel_tool_calls = {};
  std::optional<ReasoningEffort> reasoning_effort = {};
  std::optional<OutputSchema> output_schema = {};
  /// An opaque id of the person who asks, for the provider's abuse detection; never a name or an address.
  std::string user = {};
  /// Kept by the provider beside the call, where it does so.
  std::map<std::string, std::string> metadata = {};
  /// `auto`, `default`, `flex`, `priority`, by provider.
  std::string service_tier = {};
  /// Members merged into the body that is sent, over those that the dialect wrote: for what is newer than this library.
  /// Null or an object.
  Json extra = nullptr;
};

/// The neutral JSON form of a request, as `sloop complete` reads it:
/// {"messages": [...], "tools": [{"name","description","schema"}], "temperature": 0.5, "max_tokens": 100, "stop": [..],
/// "tool_choice": "automatic" (also "auto"), "none", "required" or {"name"}, "parallel_tool_calls": false,
/// "reasoning_effort": "low", "output_schema": {"name","schema"}, "extra": {...}}. Fails with `invalid_input`; names
/// the path of the bad field; unknown members are refused by name.
[[nodiscard]] Result<ModelRequest> request_from_neutral_json(const Json& value);
[[nodiscard]] Json to_neutral_json(const ModelRequest& request);

}  // namespace sloop
