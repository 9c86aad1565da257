// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sloop/core/json.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects::openai_chat {
namespace {

/// Models that refuse `max_tokens` and want `max_completion_tokens`: o1, o3, o4-mini, gpt-5 and later.
bool wants_completion_tokens(std::string_view model) {
  if (const std::size_t slash = model.rfind('/'); slash != std::string_view::npos) model.remove_prefix(slash + 1);
  const auto digit_at = [&](std::size_t i) { return i < model.size() && model[i] >= '0' && model[i] <= '9'; };
  return (model.starts_with('o') && digit_at(1)) || (model.starts_with("gpt-") && digit_at(4) && model[4] >= '5');
}

std::string data_url(const MediaPart& media) {
  return "data:" + media.media_type + ";base64," + media.source.base64;
}

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

Json tool_call_json(const ToolCallPart& call) {
  return JsonObject{{"id", call.id},
                    {"type", "function"},
                    {"function", {{"name", call.name}, {"arguments", call.arguments.empty() ? "{}" : call.arguments}}}};
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

bool only_text(const Message& message) {
  return std::ranges::all_of(message.content, [](const Part& part) { return std::holds_alternative<TextPart>(part); });
}

Json encode_assistant(const Message& message) {
  JsonObject out{{"role", "assistant"}};
  JsonArray calls;
  std::string refusal;
  for (const Part& part : message.content) {
    if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(tool_call_json(*call));
    if (const auto* declined = std::get_if<RefusalPart>(&part)) refusal += declined->text;
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
      out.push_back(JsonObject{{"role", "tool"}, {"tool_call_id", result->id}, {"content", result->text}});
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      auto encoded = encode_media(*media);
      if (!encoded) return fail(encoded.error());
      parts.push_back(std::move(*encoded));
    } else if (const auto* text = std::get_if<TextPart>(&part)) {
      parts.push_back(text_json(text->text));
    } else {
      return fail(ErrorKind::invalid_input,
                  "a tool call, reasoning or refusal can stand in an assistant's message only");
    }
  }
  if (only_text(message)) {
    out.push_back(JsonObject{{"role", role_name(message.role)}, {"content", message.text()}});
  } else if (!parts.empty()) {
    out.push_back(JsonObject{{"role", role_name(message.role)}, {"content", std::move(parts)}});
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
  add(wants_completion_tokens(model) ? "max_completion_tokens" : "max_tokens", sampling.max_tokens);
  if (!sampling.stop.empty()) body["stop"] = JsonArray(sampling.stop.begin(), sampling.stop.end());
  add("seed", sampling.seed);
  add("presence_penalty", sampling.presence_penalty);
  add("frequency_penalty", sampling.frequency_penalty);
  if (sampling.top_k) warnings.emplace_back("top_k is not sent: OpenAI chat does not have it");
}

Json tool_json(const ToolDefinition& tool) {
  JsonObject function{{"name", tool.name}};
  if (!tool.description.empty()) function["description"] = tool.description;
  function["parameters"] = tool.schema;
  return JsonObject{{"type", "function"}, {"function", std::move(function)}};
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  Encoded out;
  JsonArray messages;
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (auto encoded = encode_message(request.messages[i], messages); !encoded)
      return fail(encoded.error().within("messages[" + std::to_string(i) + "]"));
  JsonObject body{{"model", model}, {"messages", std::move(messages)}};
  if (!request.tools.empty()) {
    JsonArray tools;
    for (const auto& tool : request.tools) tools.push_back(tool_json(tool));
    body["tools"] = std::move(tools);
  }
  add_sampling(request.sampling, model, body, out.warnings);
  if (stream) {
    body["stream"] = true;
    body["stream_options"] = JsonObject{{"include_usage", true}};
  }
  if (request.extra.is_object())
    for (const auto& member : request.extra.get_object()) body[member.key()] = member.value();
  out.body = write_json(body);
  return out;
}

}  // namespace sloop::dialects::openai_chat
