// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "answer.hpp"
#include "encoding.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/bedrock_converse.hpp"
#include "turns.hpp"

namespace sloop::dialects::bedrock_converse {
namespace {

const Json* own_data(const ProviderData& data) {
  return data_of(data, "bedrock");
}

/// Botocore, `ToolUseId`: letters, digits, `_`, `.`, `:`, `-`, 64 at most.
std::string call_id(std::string id) {
  const auto is_refused = [](unsigned char c) {
    return std::isalnum(c) == 0 && !std::string_view("_.:-").contains(static_cast<char>(c));
  };
  std::ranges::replace_if(id, is_refused, '_');
  // The end of an id tells more than its beginning.
  return id.size() > 64 ? id.substr(id.size() - 64) : id;
}

/// `png` of `image/png`; the names of the API where they differ.
std::string format_of(const MediaPart& media) {
  struct Named {
    std::string_view type;
    std::string_view format;
  };
  constexpr Named kNamed[] = {{"text/plain", "txt"},
                              {"text/markdown", "md"},
                              {"application/msword", "doc"},
                              {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
                              {"application/vnd.ms-excel", "xls"},
                              {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
                              {"video/quicktime", "mov"},
                              {"video/x-matroska", "mkv"},
                              {"video/3gpp", "three_gp"},
                              {"image/jpg", "jpeg"},
                              {"audio/mpeg", "mp3"},
                              {"audio/x-wav", "wav"}};
  const auto* named = std::ranges::find(kNamed, media.media_type, &Named::type);
  if (named != std::end(kNamed)) return std::string(named->format);
  return media.media_type.substr(media.media_type.find('/') + 1);
}

/// What the API allows in a document's name.
std::string document_name(std::string name) {
  const auto is_refused = [](unsigned char c) {
    return std::isalnum(c) == 0 && !std::string_view(" -()[]").contains(static_cast<char>(c));
  };
  std::ranges::replace_if(name, is_refused, '-');
  return name.empty() ? "document" : name;
}

Result<Json> media_json(const MediaPart& media) {
  constexpr std::string_view kKinds[] = {"image", "audio", "video", "document"};
  JsonObject source;
  if (!media.source.base64.empty())
    source["bytes"] = media.source.base64;
  else if (media.source.url.starts_with("s3://"))
    source["s3Location"] = JsonObject{{"uri", media.source.url}};
  else
    return fail(ErrorKind::unsupported, "Bedrock takes media as bytes or by an s3:// address only");
  JsonObject block{{"format", format_of(media)}};
  if (media.kind == MediaKind::document) block["name"] = document_name(media.name);
  block["source"] = std::move(source);
  return JsonObject{{kKinds[static_cast<std::size_t>(media.kind)], std::move(block)}};
}

Json text_json(std::string_view text) {
  return JsonObject{{"text", text}};
}

Json cache_json(const CachePoint& cache) {
  JsonObject point{{"type", "default"}};
  if (cache.ttl_seconds >= 3600) point["ttl"] = "1h";
  return JsonObject{{"cachePoint", std::move(point)}};
}

Result<Json> result_json(const ToolResultPart& result) {
  JsonArray content;
  if (result.json.is_object())
    content.push_back(JsonObject{{"json", result.json}});
  else if (const auto text = result_text(result); !text.empty() || result.media.empty())
    content.push_back(text_json(text));
  for (const auto& media : result.media) {
    auto block = media_json(media);
    if (!block) return block;
    content.push_back(std::move(*block));
  }
  JsonObject out{{"toolUseId", call_id(result.id)}, {"content", std::move(content)}};
  if (result.is_error) out["status"] = "error";
  return JsonObject{{"toolResult", std::move(out)}};
}

void add_reasoning(const ReasoningPart& reasoning, JsonArray& out) {
  if (own_data(reasoning.provider_data) == nullptr) return;
  if (!reasoning.encrypted.empty()) {
    out.push_back(JsonObject{{"reasoningContent", JsonObject{{"redactedContent", reasoning.encrypted}}}});
    return;
  }
  JsonObject text{{"text", reasoning.text}};
  if (!reasoning.signature.empty()) text["signature"] = reasoning.signature;
  out.push_back(JsonObject{{"reasoningContent", JsonObject{{"reasoningText", std::move(text)}}}});
}

JsonArray assistant_blocks(const Message& message) {
  JsonArray out;
  for (const Part& part : message.content) {
    // The API refuses blank texts.
    const auto add_text = [&](const std::string& text) {
      if (text.find_first_not_of(" \t\r\n") != std::string::npos) out.push_back(text_json(text));
    };
    if (const auto* text = std::get_if<TextPart>(&part)) add_text(text->text);
    if (const auto* refusal = std::get_if<RefusalPart>(&part)) add_text(refusal->text);
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) add_reasoning(*reasoning, out);
    if (const auto* call = std::get_if<ToolCallPart>(&part))
      out.push_back(JsonObject{
          {"toolUse",
           JsonObject{{"toolUseId", call_id(call->id)}, {"name", call->name}, {"input", arguments_object(*call)}}}});
    if (const auto* opaque = std::get_if<OpaquePart>(&part))
      if (const Json* own = own_data(opaque->provider_data)) out.push_back(*own);
  }
  return out;
}

Result<JsonArray> user_blocks(const Message& message) {
  JsonArray out;
  for (const Part& part : message.content) {
    Result<Json> block = Json();
    if (const auto* text = std::get_if<TextPart>(&part)) {
      if (!text->text.empty() || message.content.size() == 1) block = text_json(text->text);
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      block = media_json(*media);
    } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
      block = result_json(*result);
    } else if (!std::holds_alternative<OpaquePart>(part)) {
      return fail(ErrorKind::invalid_input,
                  "a tool call, reasoning or refusal can stand in an assistant's message only");
    }
    if (!block) return fail(block.error());
    if (!block->is_null()) out.push_back(std::move(*block));
  }
  return out;
}

Result<JsonArray> messages_json(const ModelRequest& request) {
  Turns turns([](const Json& block) { return find(block, "toolResult") != nullptr; });
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    const Message& message = request.messages[i];
    if (message.role == Role::system) continue;
    Result<JsonArray> blocks =
        message.role == Role::assistant ? Result<JsonArray>(assistant_blocks(message)) : user_blocks(message);
    if (!blocks) return fail(blocks.error().within("messages[" + std::to_string(i) + "]"));
    if (message.cache) blocks->push_back(cache_json(*message.cache));
    turns.add(message.role, std::move(*blocks));
  }
  return turns.take();
}

Result<JsonArray> system_json(const ModelRequest& request) {
  JsonArray out;
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    const Message& message = request.messages[i];
    if (message.role != Role::system) continue;
    if (!only_text(message))
      return fail(ErrorKind::unsupported,
                  "messages[" + std::to_string(i) + "]: Bedrock takes text only in a system message");
    if (!message.text().empty()) out.push_back(text_json(message.text()));
    if (message.cache) out.push_back(cache_json(*message.cache));
  }
  return out;
}

/// Botocore, `ToolConfiguration`. Nothing when no tools are to be sent.
JsonObject tool_config(const ModelRequest& request, std::vector<std::string>& warnings) {
  const ToolChoice choice = request.tool_choice.value_or(ToolChoice{});
  const bool called = std::ranges::any_of(request.messages, [](const Message& message) {
    return std::ranges::any_of(message.content,
                               [](const Part& part) { return std::holds_alternative<ToolCallPart>(part); });
  });
  if (request.tools.empty() || (choice.mode == ToolChoiceMode::none && !called)) return {};
  LeftOut("Bedrock", warnings).note(choice.mode == ToolChoiceMode::none, "tool_choice none");
  JsonArray tools;
  for (const auto& tool : request.tools) {
    JsonObject spec{{"name", tool.name}};
    if (!tool.description.empty()) spec["description"] = tool.description;
    spec["inputSchema"] = JsonObject{{"json", tool.schema}};
    tools.push_back(JsonObject{{"toolSpec", std::move(spec)}});
    if (tool.cache) tools.push_back(cache_json(*tool.cache));
  }
  JsonObject config{{"tools", std::move(tools)}};
  if (!request.tool_choice || choice.mode == ToolChoiceMode::none) return config;
  if (choice.mode == ToolChoiceMode::named)
    config["toolChoice"] = JsonObject{{"tool", JsonObject{{"name", choice.name}}}};
  else
    config["toolChoice"] = JsonObject{{choice.mode == ToolChoiceMode::required ? "any" : "auto", JsonObject()}};
  return config;
}

JsonObject inference_config(const Sampling& sampling) {
  JsonObject config;
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) config[name] = *value;
  };
  add("maxTokens", sampling.max_tokens);
  add("temperature", sampling.temperature);
  add("topP", sampling.top_p);
  if (!sampling.stop.empty()) config["stopSequences"] = to_json(sampling.stop);
  return config;
}

/// Anthropic, "Extended thinking": 1,024 tokens at least, and fewer than the reply may have.
std::int64_t thinking_budget(ReasoningEffort effort, const Sampling& sampling) {
  constexpr std::int64_t kBudgets[] = {0, 1'024, 2'048, 8'192, 16'384, 32'000};
  const auto budget = kBudgets[static_cast<std::size_t>(effort)];
  return sampling.max_tokens ? std::max<std::int64_t>(1'024, std::min(budget, *sampling.max_tokens - 1)) : budget;
}

/// What only some families of models know; returns whether the effort could be said.
bool add_effort(ReasoningEffort effort, std::string_view model, const Sampling& sampling, JsonObject& fields) {
  constexpr std::string_view kLevels[] = {"low", "low", "low", "medium", "high", "high"};
  const auto level = kLevels[static_cast<std::size_t>(effort)];
  const bool off = effort == ReasoningEffort::none;
  if (model.contains("anthropic.")) {
    if (!off)
      fields["thinking"] = JsonObject{{"type", "enabled"}, {"budget_tokens", thinking_budget(effort, sampling)}};
  } else if (model.contains("openai.")) {
    fields["reasoning_effort"] = level;
  } else if (model.contains("amazon.nova-2")) {
    JsonObject config{{"type", off ? "disabled" : "enabled"}};
    if (!off) config["maxReasoningEffort"] = level;
    fields["reasoningConfig"] = std::move(config);
  } else {
    return off;
  }
  return true;
}

JsonObject additional_fields(const ModelRequest& request, std::string_view model, std::vector<std::string>& warnings) {
  JsonObject fields;
  const LeftOut left_out("this model on Bedrock", warnings);
  const auto& sampling = request.sampling;
  if (sampling.top_k && model.contains("anthropic."))
    fields["top_k"] = *sampling.top_k;
  else if (sampling.top_k && model.contains("amazon.nova"))
    fields["inferenceConfig"] = JsonObject{{"topK", *sampling.top_k}};
  else
    left_out.note(sampling.top_k.has_value(), "top_k");
  if (request.reasoning_effort)
    left_out.note(!add_effort(*request.reasoning_effort, model, sampling, fields), "reasoning_effort");
  return fields;
}

Json output_json(const OutputSchema& output) {
  JsonObject schema{{"schema", write_json(output.schema)}, {"name", output.name}};
  if (!output.description.empty()) schema["description"] = output.description;
  return JsonObject{{"textFormat", JsonObject{{"type", "json_schema"},
                                              {"structure", JsonObject{{"jsonSchema", std::move(schema)}}}}}};
}

void add_settings(const ModelRequest& request, std::string_view model, JsonObject& body,
                  std::vector<std::string>& warnings) {
  if (auto config = inference_config(request.sampling); !config.empty()) body["inferenceConfig"] = std::move(config);
  if (auto config = tool_config(request, warnings); !config.empty()) body["toolConfig"] = std::move(config);
  if (auto fields = additional_fields(request, model, warnings); !fields.empty())
    body["additionalModelRequestFields"] = std::move(fields);
  const bool has_schema = request.output_schema && !request.output_schema->schema.is_null();
  if (has_schema) body["outputConfig"] = output_json(*request.output_schema);
  if (!request.metadata.empty()) body["requestMetadata"] = to_json(request.metadata);
  if (!request.service_tier.empty()) body["serviceTier"] = JsonObject{{"type", request.service_tier}};
  const LeftOut left_out("Bedrock", warnings);
  left_out.note(request.output_schema && !has_schema, "the output schema without a schema");
  left_out.note(request.sampling.seed.has_value(), "seed");
  left_out.note(request.sampling.presence_penalty.has_value(), "presence_penalty");
  left_out.note(request.sampling.frequency_penalty.has_value(), "frequency_penalty");
  left_out.note(request.sampling.top_logprobs.has_value(), "top_logprobs");
  left_out.note(request.parallel_tool_calls.has_value(), "parallel_tool_calls");
  left_out.note(!request.user.empty(), "user");
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool /*stream*/) {
  auto system = system_json(request);
  if (!system) return fail(system.error());
  auto messages = messages_json(request);
  if (!messages) return fail(messages.error());
  Encoded out;
  if (!system->empty()) out.body["system"] = std::move(*system);
  out.body["messages"] = std::move(*messages);
  add_settings(request, model, out.body, out.warnings);
  return out;
}

}  // namespace sloop::dialects::bedrock_converse
