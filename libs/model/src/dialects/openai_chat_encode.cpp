// SPDX-License-Identifier: Apache-2.0
#include "chat_tools.hpp"
#include "encoding.hpp"
#include "schema_rules.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects::openai_chat {
namespace {

Result<Json> encode_image(const MediaPart& media) {
  JsonObject image{{"url", media.source.url.empty() ? data_url(media) : media.source.url}};
  if (!media.detail.empty()) image["detail"] = media.detail;
  return JsonObject{{"type", "image_url"}, {"image_url", std::move(image)}};
}

Result<Json> encode_audio(const MediaPart& media) {
  if (media.source.base64.empty()) return fail(ErrorKind::unsupported, "OpenAI chat takes audio as base64 only");
  // audio/wav, audio/x-wav, audio/mpeg: the format is called wav or mp3.
  const std::string_view format = media.media_type.ends_with("wav") ? "wav" : "mp3";
  return JsonObject{{"type", "input_audio"}, {"input_audio", {{"data", media.source.base64}, {"format", format}}}};
}

Result<Json> encode_document(const MediaPart& media) {
  JsonObject file;
  if (!media.source.file_id.empty()) {
    file["file_id"] = media.source.file_id;
  } else if (!media.source.base64.empty()) {
    file["filename"] = media.name.empty() ? "document" : media.name;
    file["file_data"] = data_url(media);
  } else {
    return fail(ErrorKind::unsupported, "OpenAI chat takes a document as base64 or file id, not by URL");
  }
  return JsonObject{{"type", "file"}, {"file", std::move(file)}};
}

Result<Json> encode_media(const MediaPart& media) {
  if (media.kind == MediaKind::video) return fail(ErrorKind::unsupported, "OpenAI chat takes no video");
  if (media.kind == MediaKind::audio) return encode_audio(media);
  if (media.kind == MediaKind::document) return encode_document(media);
  if (media.source.url.empty() && media.source.base64.empty())
    return fail(ErrorKind::unsupported, "OpenAI chat takes an image as URL or base64, not by file id");
  return encode_image(media);
}

Json text_json(std::string_view text) {
  return JsonObject{{"type", "text"}, {"text", text}};
}

/// Signatures of gateways to Gemini go back beside the call.
Json call_json(const ToolCallPart& call) {
  JsonObject out = chat_tool_call(call.id, call);
  if (const Json* extra = data_of(call.provider_data, "extra_content")) out["extra_content"] = *extra;
  return out;
}

std::string_view role_name(Role role) {
  switch (role) {
    case Role::system: return "system";
    case Role::assistant: return "assistant";
    case Role::tool: return "tool";
    case Role::user: break;
  }
  return "user";
}

/// Reasoning goes back under the name it came by.
void add_reasoning(const ReasoningPart& reasoning, JsonObject& out) {
  if (const Json* details = data_of(reasoning.provider_data, "reasoning_details");
      details != nullptr && details->is_array()) {
    Json& all = out["reasoning_details"];
    if (!all.is_array()) all.emplace_array();
    for (const Json& detail : details->get_array()) all.get_array().push_back(detail);
  } else if (const auto field = find_string(reasoning.provider_data, "field"); !field.empty()) {
    std::string text(find_string(out, field));
    out[field] = text + reasoning.text;
  }
}

/// What the model said aloud is known to the provider by its id.
void add_audio(const OpaquePart& own, JsonObject& out) {
  if (const Json* data = data_of(own.provider_data, "openai_chat"))
    if (const Json* id = find(*data, {"audio", "id"})) out["audio"] = {{"id", *id}};
}

Json encode_assistant(const Message& message) {
  JsonObject out{{"role", "assistant"}};
  JsonArray calls;
  std::string refusal;
  for (const Part& part : message.content) {
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) add_reasoning(*reasoning, out);
    if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(call_json(*call));
    if (const auto* declined = std::get_if<RefusalPart>(&part)) refusal += declined->text;
    if (const auto* own = std::get_if<OpaquePart>(&part)) add_audio(*own, out);
  }
  const std::string text = message.text();
  // The content may be absent only beside tool calls or a refusal.
  if (!text.empty() || (calls.empty() && refusal.empty()))
    out["content"] = text;
  else
    out["content"] = nullptr;
  if (!refusal.empty()) out["refusal"] = refusal;
  if (!calls.empty()) out["tool_calls"] = std::move(calls);
  return out;
}

/// One message of ours may be several of theirs: each tool result is a message of its own.
Result<void> encode_message(const Message& message, JsonArray& out) {
  if (message.role == Role::assistant) {
    out.push_back(encode_assistant(message));
    return {};
  }
  JsonArray parts;
  for (const Part& part : message.content) {
    if (const auto* result = std::get_if<ToolResultPart>(&part)) {
      out.push_back(JsonObject{{"role", "tool"}, {"tool_call_id", result->id}, {"content", result_text(*result)}});
      // The format has no images in a tool's message; the user shows them.
      for (const auto& media : result->media) {
        auto encoded = encode_media(media);
        if (!encoded) return fail(encoded.error());
        parts.push_back(std::move(*encoded));
      }
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      auto encoded = encode_media(*media);
      if (!encoded) return fail(encoded.error());
      parts.push_back(std::move(*encoded));
    } else if (const auto* text = std::get_if<TextPart>(&part)) {
      parts.push_back(text_json(text->text));
    } else if (!std::holds_alternative<OpaquePart>(part)) {
      return fail(ErrorKind::invalid_input,
                  "a tool call, reasoning or refusal can stand in an assistant's message only");
    }
  }
  if (only_text(message)) {
    out.push_back(JsonObject{{"role", role_name(message.role)}, {"content", message.text()}});
  } else if (!parts.empty()) {
    const Role role = message.role == Role::tool ? Role::user : message.role;
    out.push_back(JsonObject{{"role", role_name(role)}, {"content", std::move(parts)}});
  }
  return {};
}

void add_sampling(const Sampling& sampling, std::string_view model, JsonObject& body,
                  std::vector<std::string>& warnings) {
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) body[name] = *value;
  };
  add("temperature", sampling.temperature);
  add("top_p", sampling.top_p);
  add(is_openai_reasoning_model(model) ? "max_completion_tokens" : "max_tokens", sampling.max_tokens);
  if (!sampling.stop.empty()) body["stop"] = JsonArray(sampling.stop.begin(), sampling.stop.end());
  add("seed", sampling.seed);
  add("presence_penalty", sampling.presence_penalty);
  add("frequency_penalty", sampling.frequency_penalty);
  if (sampling.top_logprobs) {
    body["logprobs"] = true;
    body["top_logprobs"] = *sampling.top_logprobs;
  }
  LeftOut("OpenAI chat", warnings).note(sampling.top_k.has_value(), "top_k");
}

void add_settings(const ModelRequest& request, JsonObject& body) {
  if (request.tool_choice) body["tool_choice"] = chat_tool_choice(*request.tool_choice);
  if (request.parallel_tool_calls) body["parallel_tool_calls"] = *request.parallel_tool_calls;
  if (request.reasoning_effort) body["reasoning_effort"] = openai_effort(*request.reasoning_effort);
  if (request.output_schema) body["response_format"] = chat_response_format(*request.output_schema);
  if (!request.user.empty()) body["user"] = request.user;
  if (!request.metadata.empty()) body["metadata"] = to_json(request.metadata);
  if (!request.service_tier.empty()) body["service_tier"] = request.service_tier;
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  Encoded out;
  JsonArray messages;
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (auto encoded = encode_message(request.messages[i], messages); !encoded)
      return fail(encoded.error().within("messages[" + std::to_string(i) + "]"));
  JsonObject body{{"model", model}, {"messages", std::move(messages)}};
  if (!request.tools.empty()) body["tools"] = chat_tools(request.tools);
  add_settings(request, body);
  add_sampling(request.sampling, model, body, out.warnings);
  if (stream) {
    body["stream"] = true;
    body["stream_options"] = JsonObject{{"include_usage", true}};
  }
  out.body = std::move(body);
  return out;
}

}  // namespace sloop::dialects::openai_chat
