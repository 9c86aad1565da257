// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/request.hpp"

#include <map>

#include "sloop/core/reflect.hpp"

namespace sloop {
namespace {

struct NamedTool {
  std::string name;
};

/// A tool as it is written: a tool without arguments needs no schema.
struct NeutralTool {
  std::string name;
  std::optional<std::string> description;
  std::optional<Json> schema;
  std::optional<CachePoint> cache;
};

/// The request as it is written: sampling parameters stand beside the messages.
struct NeutralRequest {
  std::vector<Json> messages;
  std::optional<std::vector<NeutralTool>> tools;
  std::optional<double> temperature;
  std::optional<double> top_p;
  std::optional<std::int64_t> top_k;
  std::optional<std::int64_t> max_tokens;
  std::optional<std::variant<std::string, std::vector<std::string>>> stop;
  std::optional<std::int64_t> seed;
  std::optional<double> presence_penalty;
  std::optional<double> frequency_penalty;
  std::optional<std::int64_t> top_logprobs;
  std::optional<std::variant<std::string, NamedTool>> tool_choice;
  std::optional<bool> parallel_tool_calls;
  std::optional<ReasoningEffort> reasoning_effort;
  std::optional<Json> output_schema;
  std::optional<std::string> user;
  std::optional<std::map<std::string, std::string>> metadata;
  std::optional<std::string> service_tier;
  std::optional<std::map<std::string, Json>> extra;
};

Sampling sampling_of(const NeutralRequest& raw) {
  Sampling sampling{.temperature = raw.temperature,
                    .top_p = raw.top_p,
                    .top_k = raw.top_k,
                    .max_tokens = raw.max_tokens,
                    .seed = raw.seed,
                    .presence_penalty = raw.presence_penalty,
                    .frequency_penalty = raw.frequency_penalty,
                    .top_logprobs = raw.top_logprobs};
  if (!raw.stop) return sampling;
  if (const auto* one = std::get_if<std::string>(&*raw.stop))
    sampling.stop = {*one};
  else
    sampling.stop = std::get<std::vector<std::string>>(*raw.stop);
  return sampling;
}

Result<ToolChoice> tool_choice_of(const std::variant<std::string, NamedTool>& raw) {
  if (const auto* named = std::get_if<NamedTool>(&raw))
    return ToolChoice{.mode = ToolChoiceMode::named, .name = named->name};
  const auto& word = std::get<std::string>(raw);
  if (word == "automatic" || word == "auto") return ToolChoice{};
  if (word == "none") return ToolChoice{.mode = ToolChoiceMode::none};
  if (word == "required") return ToolChoice{.mode = ToolChoiceMode::required};
  return fail(ErrorKind::invalid_input, "tool_choice: is none of automatic, none, required, {\"name\": ...}");
}

Json to_json_of(const ToolChoice& choice) {
  if (choice.mode == ToolChoiceMode::named) return {{"name", choice.name}};
  return to_json(choice.mode);
}

/// The members beside the messages, the sampling and the tools.
Result<void> add_settings(const NeutralRequest& raw, ModelRequest& request) {
  if (raw.tool_choice) {
    auto choice = tool_choice_of(*raw.tool_choice);
    if (!choice) return fail(choice.error());
    request.tool_choice = std::move(*choice);
  }
  request.parallel_tool_calls = raw.parallel_tool_calls;
  request.reasoning_effort = raw.reasoning_effort;
  if (raw.output_schema) {
    auto schema = from_json<OutputSchema>(*raw.output_schema,
                                          {.refuse_unknown = true, .defaults = true, .place = "output_schema"});
    if (!schema) return fail(schema.error());
    request.output_schema = std::move(*schema);
  }
  request.user = raw.user.value_or("");
  if (raw.metadata) request.metadata = *raw.metadata;
  request.service_tier = raw.service_tier.value_or("");
  return {};
}

}  // namespace

Result<ModelRequest> request_from_neutral_json(const Json& value) {
  auto raw = from_json<NeutralRequest>(value, {.refuse_unknown = true});
  if (!raw) return fail(raw.error());
  if (raw->messages.empty()) return fail(ErrorKind::invalid_input, "messages: is empty; give at least one");
  ModelRequest request{.sampling = sampling_of(*raw)};
  if (auto added = add_settings(*raw, request); !added) return fail(added.error());
  if (raw->tools)
    for (auto& tool : *raw->tools)
      request.tools.push_back(
          {.name = std::move(tool.name),
           .description = tool.description.value_or(""),
           .schema = tool.schema.value_or(JsonObject{{"type", "object"}, {"properties", JsonObject()}}),
           .cache = tool.cache});
  for (std::size_t i = 0; i < raw->messages.size(); ++i) {
    auto message = message_from_neutral_json(raw->messages[i], "messages[" + std::to_string(i) + "]");
    if (!message) return fail(message.error());
    request.messages.push_back(std::move(*message));
  }
  if (const Json* extra = find(value, "extra")) request.extra = *extra;
  return request;
}

Json to_neutral_json(const ModelRequest& request) {
  JsonObject object;
  JsonArray messages;
  for (const auto& message : request.messages) messages.push_back(to_neutral_json(message));
  object["messages"] = std::move(messages);
  if (!request.tools.empty()) object["tools"] = to_json(request.tools);
  const Json sampling = to_json(request.sampling);
  for (const auto& member : sampling.get_object())
    if (!member.value().is_array() || !member.value().get_array().empty()) object[member.key()] = member.value();
  if (request.tool_choice) object["tool_choice"] = to_json_of(*request.tool_choice);
  if (request.parallel_tool_calls) object["parallel_tool_calls"] = *request.parallel_tool_calls;
  if (request.reasoning_effort) object["reasoning_effort"] = to_json(*request.reasoning_effort);
  if (request.output_schema) object["output_schema"] = to_json(*request.output_schema);
  if (!request.user.empty()) object["user"] = request.user;
  if (!request.metadata.empty()) object["metadata"] = to_json(request.metadata);
  if (!request.service_tier.empty()) object["service_tier"] = request.service_tier;
  if (!request.extra.is_null()) object["extra"] = request.extra;
  return object;
}

}  // namespace sloop
