// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "answer.hpp"
#include "encoding.hpp"
#include "schema_rules.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/gemini.hpp"

namespace sloop::dialects::gemini {
namespace {

/// The model's name without `models/` and `publishers/google/models/`.
std::string_view short_name(std::string_view model) {
  return model.substr(model.rfind('/') + 1);
}
bool is_gemini_3(std::string_view model) {
  const auto name = short_name(model);
  return name.starts_with("gemini-") && name.size() > 7 && name[7] >= '3' && name[7] <= '9';
}

Json media_json(const MediaPart& media) {
  const MediaSource& source = media.source;
  if (source.url.empty() && source.file_id.empty())
    return JsonObject{{"inlineData", JsonObject{{"mimeType", media.media_type}, {"data", source.base64}}}};
  JsonObject file;
  if (!media.media_type.empty()) file["mimeType"] = media.media_type;
  file["fileUri"] = source.url.empty() ? source.file_id : source.url;
  return JsonObject{{"fileData", std::move(file)}};
}

/// A signature that came from elsewhere proves nothing here.
void add_signature(const ProviderData& data, JsonObject& part) {
  if (const Json* own = data_of(data, "gemini"))
    if (const auto signature = find_string(*own, "thoughtSignature"); !signature.empty())
      part["thoughtSignature"] = signature;
}

/// The object that a result has to be.
Json response_json(const ToolResultPart& result) {
  if (result.is_error) return JsonObject{{"error", result_text(result)}};
  if (result.json.is_object()) return result.json;
  return JsonObject{{"output", result.json.is_null() ? Json(result.text) : result.json}};
}

/// The calls made so far, by id: a result needs the name of its tool, and Gemini's id if it gave one.
class Conversation {
 public:
  explicit Conversation(std::string_view model) : new_model_(is_gemini_3(model)) {}

  Result<void> add(const Message& message) {
    JsonArray parts;
    for (const Part& part : message.content)
      if (auto added = message.role == Role::assistant ? add_model_part(part, parts) : add_user_part(part, parts);
          !added)
        return added;
    if (parts.empty()) return {};
    const bool assistant = message.role == Role::assistant;
    if (!contents_.empty() && assistant_ == assistant) {
      auto& last = contents_.back().as_object()["parts"].as_array();
      std::ranges::move(parts, std::back_inserter(last));
    } else {
      contents_.push_back(JsonObject{{"role", assistant ? "model" : "user"}, {"parts", std::move(parts)}});
    }
    assistant_ = assistant;
    return {};
  }

  JsonArray take() { return std::move(contents_); }

 private:
  struct Call {
    std::string name;
    std::string id;
  };

  Result<void> add_model_part(const Part& part, JsonArray& out) {
    if (const auto* text = std::get_if<TextPart>(&part)) {
      JsonObject json{{"text", text->text}};
      add_signature(text->provider_data, json);
      if (!text->text.empty() || json.size() > 1) out.push_back(std::move(json));
    } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
      out.push_back(JsonObject{{"text", refusal->text}});
    } else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
      add_reasoning(*reasoning, out);
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      out.push_back(media_json(*media));
    } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
      out.push_back(call_json(*call));
    } else if (const auto* opaque = std::get_if<OpaquePart>(&part)) {
      if (const Json* own = data_of(opaque->provider_data, "gemini")) out.push_back(*own);
    } else {
      return fail(ErrorKind::invalid_input, "a tool's result can't stand in an assistant's message");
    }
    return {};
  }

  /// Only thoughts with a signature of Gemini's are of use to it.
  static void add_reasoning(const ReasoningPart& reasoning, JsonArray& out) {
    JsonObject json{{"text", reasoning.text}, {"thought", true}};
    add_signature(reasoning.provider_data, json);
    if (json.size() > 2) out.push_back(std::move(json));
  }

  Json call_json(const ToolCallPart& call) {
    const Json* own = data_of(call.provider_data, "gemini");
    const std::string id(own == nullptr ? "" : find_string(*own, "id"));
    calls_[call.id] = {.name = call.name, .id = id};
    JsonObject function{{"name", call.name}, {"args", arguments_object(call)}};
    if (!id.empty()) function["id"] = id;
    JsonObject json{{"functionCall", std::move(function)}};
    add_signature(call.provider_data, json);
    if (own == nullptr && new_model_) json["thoughtSignature"] = "skip_thought_signature_validator";
    return json;
  }

  Result<void> add_user_part(const Part& part, JsonArray& out) {
    if (const auto* text = std::get_if<TextPart>(&part)) {
      out.push_back(JsonObject{{"text", text->text}});
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      out.push_back(media_json(*media));
    } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
      return add_result(*result, out);
    } else if (const auto* opaque = std::get_if<OpaquePart>(&part)) {
      if (const Json* own = data_of(opaque->provider_data, "gemini")) out.push_back(*own);
    } else {
      return fail(ErrorKind::invalid_input,
                  "a tool call, reasoning or refusal can stand in an assistant's message only");
    }
    return {};
  }

  Result<void> add_result(const ToolResultPart& result, JsonArray& out) {
    const auto call = calls_.find(result.id);
    std::string name = result.name;
    if (name.empty() && call != calls_.end()) name = call->second.name;
    if (name.empty())
      return fail(ErrorKind::invalid_input, "the result of tool call '" + result.id +
                                                "' names no tool, and no call before it has this id; give its name");
    JsonObject response{{"name", name}, {"response", response_json(result)}};
    if (call != calls_.end() && !call->second.id.empty()) response["id"] = call->second.id;
    out.push_back(JsonObject{{"functionResponse", std::move(response)}});
    for (const auto& media : result.media) out.push_back(media_json(media));
    return {};
  }

  bool new_model_;
  JsonArray contents_;
  std::map<std::string, Call> calls_;
  bool assistant_ = false;
};

Json tools_json(const std::vector<ToolDefinition>& tools) {
  JsonArray functions;
  for (const auto& tool : tools) {
    JsonObject function{{"name", tool.name}, {"description", tool.description}};
    auto schema = open_api_schema(tool.schema);
    if (!schema)
      function["parametersJsonSchema"] = tool.schema;
    else if (const Json* properties = find(*schema, "properties");
             properties != nullptr && !properties->as_object().empty())
      function["parameters"] = std::move(*schema);  // An object without properties is refused.
    functions.push_back(std::move(function));
  }
  return JsonArray{JsonObject{{"functionDeclarations", std::move(functions)}}};
}

Json tool_choice_json(const ToolChoice& choice) {
  JsonObject config;
  switch (choice.mode) {
    case ToolChoiceMode::automatic: config["mode"] = "AUTO"; break;
    case ToolChoiceMode::none: config["mode"] = "NONE"; break;
    case ToolChoiceMode::required: config["mode"] = "ANY"; break;
    case ToolChoiceMode::named:
      config = {{"mode", "ANY"}, {"allowedFunctionNames", JsonArray{Json(choice.name)}}};
      break;
  }
  return JsonObject{{"functionCallingConfig", std::move(config)}};
}

/// Google, "Thinking": levels from Gemini 3 on, where Pro can't think less than `low`.
std::string_view level_of(ReasoningEffort effort, std::string_view model) {
  const bool pro = model.contains("-pro");
  switch (effort) {
    case ReasoningEffort::none:
    case ReasoningEffort::minimal: return pro ? "low" : "minimal";
    case ReasoningEffort::low: return "low";
    case ReasoningEffort::medium: return pro ? "high" : "medium";
    case ReasoningEffort::high:
    case ReasoningEffort::maximum: break;
  }
  return "high";
}

/// Google, "Thinking", budgets of Gemini 2.5: 0 to 24,576 tokens, 128 to 32,768 for Pro.
std::int64_t budget_of(ReasoningEffort effort, std::string_view model) {
  const bool pro = model.contains("-pro");
  switch (effort) {
    case ReasoningEffort::none: return pro ? 128 : 0;
    case ReasoningEffort::minimal: return 512;
    case ReasoningEffort::low: return 2'048;
    case ReasoningEffort::medium: return 8'192;
    case ReasoningEffort::high: return 24'576;
    case ReasoningEffort::maximum: break;
  }
  return pro ? 32'768 : 24'576;
}

Json thinking_json(ReasoningEffort effort, std::string_view model) {
  JsonObject thinking;
  if (is_gemini_3(model))
    thinking["thinkingLevel"] = level_of(effort, model);
  else
    thinking["thinkingBudget"] = budget_of(effort, model);
  if (effort != ReasoningEffort::none) thinking["includeThoughts"] = true;
  return thinking;
}

JsonObject generation_config(const ModelRequest& request, std::string_view model) {
  JsonObject config;
  const Sampling& sampling = request.sampling;
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) config[name] = *value;
  };
  add("temperature", sampling.temperature);
  add("topP", sampling.top_p);
  add("topK", sampling.top_k);
  add("maxOutputTokens", sampling.max_tokens);
  if (!sampling.stop.empty()) config["stopSequences"] = to_json(sampling.stop);
  add("seed", sampling.seed);
  add("presencePenalty", sampling.presence_penalty);
  add("frequencyPenalty", sampling.frequency_penalty);
  if (sampling.top_logprobs) config["responseLogprobs"] = true;
  add("logprobs", sampling.top_logprobs);
  if (request.output_schema) {
    config["responseMimeType"] = "application/json";
    if (!request.output_schema->schema.is_null()) config["responseJsonSchema"] = request.output_schema->schema;
  }
  if (request.reasoning_effort) config["thinkingConfig"] = thinking_json(*request.reasoning_effort, model);
  return config;
}

/// All system messages, a part each. Null when there are none.
Result<Json> system_json(const ModelRequest& request) {
  JsonArray parts;
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    const Message& message = request.messages[i];
    if (message.role != Role::system) continue;
    if (!only_text(message))
      return fail(ErrorKind::unsupported,
                  "messages[" + std::to_string(i) + "]: Gemini takes text only in a system message");
    if (!message.text().empty()) parts.push_back(JsonObject{{"text", message.text()}});
  }
  if (parts.empty()) return Json();
  return Json(JsonObject{{"parts", std::move(parts)}});
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool /*stream*/) {
  Encoded out;
  auto system = system_json(request);
  if (!system) return fail(system.error());
  Conversation conversation(model);
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    if (request.messages[i].role == Role::system) continue;
    if (auto added = conversation.add(request.messages[i]); !added)
      return fail(added.error().within("messages[" + std::to_string(i) + "]"));
  }
  if (!system->is_null()) out.body["systemInstruction"] = std::move(*system);
  if (!request.tools.empty()) out.body["tools"] = tools_json(request.tools);
  if (request.tool_choice) out.body["toolConfig"] = tool_choice_json(*request.tool_choice);
  out.body["contents"] = conversation.take();
  if (auto config = generation_config(request, model); !config.empty())
    out.body["generationConfig"] = std::move(config);
  const LeftOut left_out("Gemini", out.warnings);
  left_out.note(request.parallel_tool_calls == std::optional(false), "parallel_tool_calls");
  left_out.note(!request.user.empty(), "user");
  left_out.note(!request.metadata.empty(), "metadata");
  left_out.note(!request.service_tier.empty(), "service_tier");
  return out;
}

}  // namespace sloop::dialects::gemini
