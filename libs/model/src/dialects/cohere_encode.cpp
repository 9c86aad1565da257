// SPDX-License-Identifier: Apache-2.0
#include "chat_tools.hpp"
#include "encoding.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/cohere.hpp"

namespace sloop::dialects::cohere {
namespace {

Json text_json(std::string_view text) {
  return JsonObject{{"type", "text"}, {"text", text}};
}

Result<Json> image_json(const MediaPart& image) {
  if (!image.source.file_id.empty()) return fail(ErrorKind::unsupported, "Cohere takes no files by id");
  JsonObject url{{"url", image.source.url.empty() ? data_url(image) : image.source.url}};
  if (!image.detail.empty()) url["detail"] = image.detail;
  return JsonObject{{"type", "image_url"}, {"image_url", std::move(url)}};
}

/// A document that the answer may rest on; only its text can be sent.
Result<Json> document_json(const MediaPart& document) {
  if (document.source.base64.empty() || !document.media_type.starts_with("text/"))
    return fail(ErrorKind::unsupported, "Cohere takes documents as text only, not by address, id or as " +
                                            (document.media_type.empty() ? "bytes" : document.media_type));
  auto text = decode_base64(document.source.base64);
  if (!text) return fail(ErrorKind::invalid_input, "the base64 of a text document is broken");
  JsonObject data;
  if (!document.name.empty()) data["title"] = document.name;
  data["text"] = std::move(*text);
  return JsonObject{{"data", std::move(data)}};
}

Json assistant_json(const Message& message) {
  JsonArray content;
  JsonArray calls;
  JsonObject out{{"role", "assistant"}};
  for (const Part& part : message.content) {
    if (const auto* text = std::get_if<TextPart>(&part); text != nullptr && !text->text.empty())
      content.push_back(text_json(text->text));
    if (const auto* refusal = std::get_if<RefusalPart>(&part)) content.push_back(text_json(refusal->text));
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part); reasoning != nullptr && !reasoning->text.empty())
      content.push_back(JsonObject{{"type", "thinking"}, {"thinking", reasoning->text}});
    if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(chat_tool_call(call->id, *call));
    if (const auto* opaque = std::get_if<OpaquePart>(&part))
      if (const Json* own = data_of(opaque->provider_data, "cohere")) out["tool_plan"] = find_string(*own, "tool_plan");
  }
  if (!content.empty()) out["content"] = std::move(content);
  if (!calls.empty()) out["tool_calls"] = std::move(calls);
  return out;
}

/// Writes messages; documents go to a list of their own.
struct Conversation {
  JsonArray messages;
  JsonArray documents;

  Result<void> add(const Message& message) {
    if (message.role == Role::assistant) {
      messages.push_back(assistant_json(message));
      return {};
    }
    JsonArray parts;
    for (const Part& part : message.content)
      if (auto added = add_part(part, parts); !added) return added;
    const std::string_view role = message.role == Role::system ? "system" : "user";
    if (parts.empty()) return {};
    if (only_text(message))
      messages.push_back(JsonObject{{"role", role}, {"content", message.text()}});
    else
      messages.push_back(JsonObject{{"role", role}, {"content", std::move(parts)}});
    return {};
  }

 private:
  Result<void> add_part(const Part& part, JsonArray& parts) {
    if (const auto* text = std::get_if<TextPart>(&part)) {
      parts.push_back(text_json(text->text));
    } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
      if (!result->media.empty()) return fail(ErrorKind::unsupported, "Cohere takes text only as a tool's result");
      messages.push_back(JsonObject{{"role", "tool"}, {"tool_call_id", result->id}, {"content", result_text(*result)}});
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      return add_media(*media, parts);
    } else if (!std::holds_alternative<OpaquePart>(part)) {
      return fail(ErrorKind::invalid_input,
                  "a tool call, reasoning or refusal can stand in an assistant's message only");
    }
    return {};
  }

  Result<void> add_media(const MediaPart& media, JsonArray& parts) {
    if (media.kind != MediaKind::image && media.kind != MediaKind::document)
      return fail(ErrorKind::unsupported, "Cohere takes no audio and no video");
    const bool image = media.kind == MediaKind::image;
    auto json = image ? image_json(media) : document_json(media);
    if (!json) return fail(json.error());
    (image ? parts : documents).push_back(std::move(*json));
    return {};
  }
};

/// A tool can't be chosen by name: it is the only one then.
std::vector<ToolDefinition> tools_of(const ModelRequest& request) {
  if (!request.tool_choice || request.tool_choice->mode != ToolChoiceMode::named) return request.tools;
  std::vector<ToolDefinition> chosen;
  for (const auto& tool : request.tools)
    if (tool.name == request.tool_choice->name) chosen.push_back(tool);
  return chosen;
}

void add_tools(const ModelRequest& request, JsonObject& body) {
  const auto tools = tools_of(request);
  if (!tools.empty()) body["tools"] = chat_tools(tools);
  if (!request.tool_choice || request.tool_choice->mode == ToolChoiceMode::automatic) return;
  body["tool_choice"] = request.tool_choice->mode == ToolChoiceMode::none ? "NONE" : "REQUIRED";
}

/// Cohere, "Reasoning": on or off, with a budget of tokens.
Json thinking_json(ReasoningEffort effort) {
  switch (effort) {
    case ReasoningEffort::none: return JsonObject{{"type", "disabled"}};
    case ReasoningEffort::minimal: return JsonObject{{"type", "enabled"}, {"token_budget", 512}};
    case ReasoningEffort::low: return JsonObject{{"type", "enabled"}, {"token_budget", 2'048}};
    case ReasoningEffort::medium: return JsonObject{{"type", "enabled"}, {"token_budget", 8'192}};
    case ReasoningEffort::high:
    case ReasoningEffort::maximum: break;
  }
  return JsonObject{{"type", "enabled"}};
}

void add_sampling(const Sampling& sampling, JsonObject& body) {
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) body[name] = *value;
  };
  add("temperature", sampling.temperature);
  add("p", sampling.top_p);
  add("k", sampling.top_k);
  add("max_tokens", sampling.max_tokens);
  if (!sampling.stop.empty()) body["stop_sequences"] = to_json(sampling.stop);
  add("seed", sampling.seed);
  add("presence_penalty", sampling.presence_penalty);
  add("frequency_penalty", sampling.frequency_penalty);
  if (sampling.top_logprobs) body["logprobs"] = true;
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  Encoded out;
  Conversation conversation;
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (auto added = conversation.add(request.messages[i]); !added)
      return fail(added.error().within("messages[" + std::to_string(i) + "]"));
  out.body = {{"model", model}, {"messages", std::move(conversation.messages)}};
  if (!conversation.documents.empty()) out.body["documents"] = std::move(conversation.documents);
  add_tools(request, out.body);
  if (request.output_schema) {
    JsonObject format{{"type", "json_object"}};
    if (!request.output_schema->schema.is_null()) format["json_schema"] = request.output_schema->schema;
    out.body["response_format"] = std::move(format);
  }
  if (request.reasoning_effort) out.body["thinking"] = thinking_json(*request.reasoning_effort);
  add_sampling(request.sampling, out.body);
  if (stream) out.body["stream"] = true;
  const LeftOut left_out("Cohere", out.warnings);
  left_out.note(request.parallel_tool_calls.has_value(), "parallel_tool_calls");
  left_out.note(!request.user.empty(), "user");
  left_out.note(!request.metadata.empty(), "metadata");
  left_out.note(!request.service_tier.empty(), "service_tier");
  return out;
}

}  // namespace sloop::dialects::cohere
