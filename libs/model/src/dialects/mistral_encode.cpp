// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>

#include "chat_tools.hpp"
#include "encoding.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/mistral.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects::mistral {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Mistral refuses other ids than nine letters or digits; other providers' are longer.
std::string call_id(std::string_view id) {
  const auto allowed = [](char c) { return kLetters.contains(c); };
  if (id.size() == 9 && std::ranges::all_of(id, allowed)) return std::string(id);
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a, 64 bits
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::string out;
  for (int i = 0; i < 9; ++i, hash /= kLetters.size()) out += kLetters[hash % kLetters.size()];
  return out;
}

Result<Json> media_json(const MediaPart& media) {
  const auto& source = media.source;
  const std::string url = source.url.empty() ? data_url(media) : source.url;
  switch (media.kind) {
    case MediaKind::video: return fail(ErrorKind::unsupported, "Mistral takes no video");
    case MediaKind::audio:
      return JsonObject{{"type", "input_audio"}, {"input_audio", source.url.empty() ? source.base64 : source.url}};
    case MediaKind::image:
    case MediaKind::document: break;
  }
  if (!source.file_id.empty()) return JsonObject{{"type", "file"}, {"file_id", source.file_id}};
  if (media.kind == MediaKind::image) {
    JsonObject image{{"url", url}};
    if (!media.detail.empty()) image["detail"] = media.detail;
    return JsonObject{{"type", "image_url"}, {"image_url", std::move(image)}};
  }
  JsonObject document{{"type", "document_url"}, {"document_url", url}};
  if (!media.name.empty()) document["document_name"] = media.name;
  return document;
}

Json text_json(std::string_view text) {
  return JsonObject{{"type", "text"}, {"text", text}};
}

Json thought_json(const ReasoningPart& reasoning) {
  return JsonObject{{"type", "thinking"}, {"thinking", JsonArray{text_json(reasoning.text)}}};
}

Json assistant_json(const Message& message) {
  JsonArray parts;
  JsonArray calls;
  for (const Part& part : message.content) {
    if (const auto* text = std::get_if<TextPart>(&part)) parts.push_back(text_json(text->text));
    if (const auto* refusal = std::get_if<RefusalPart>(&part)) parts.push_back(text_json(refusal->text));
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part); reasoning != nullptr && !reasoning->text.empty())
      parts.push_back(thought_json(*reasoning));
    if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(chat_tool_call(call_id(call->id), *call));
  }
  JsonObject out{{"role", "assistant"}};
  const bool plain = std::ranges::all_of(parts, [](const Json& part) { return find_string(part, "type") == "text"; });
  if (plain)
    out["content"] = message.text();
  else
    out["content"] = std::move(parts);
  if (!calls.empty()) out["tool_calls"] = std::move(calls);
  return out;
}

Result<Json> result_json(const ToolResultPart& result) {
  JsonObject out{{"role", "tool"}};
  if (!result.name.empty()) out["name"] = result.name;
  out["tool_call_id"] = call_id(result.id);
  if (result.media.empty()) {
    out["content"] = result_text(result);
    return out;
  }
  JsonArray parts{text_json(result_text(result))};
  for (const auto& media : result.media) {
    auto encoded = media_json(media);
    if (!encoded) return fail(encoded.error());
    parts.push_back(std::move(*encoded));
  }
  out["content"] = std::move(parts);
  return out;
}

Result<void> add_message(const Message& message, JsonArray& out) {
  if (message.role == Role::assistant) {
    out.push_back(assistant_json(message));
    return {};
  }
  JsonArray parts;
  for (const Part& part : message.content) {
    if (const auto* text = std::get_if<TextPart>(&part)) {
      parts.push_back(text_json(text->text));
    } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
      auto encoded = result_json(*result);
      if (!encoded) return fail(encoded.error());
      out.push_back(std::move(*encoded));
    } else if (const auto* media = std::get_if<MediaPart>(&part)) {
      auto encoded = media_json(*media);
      if (!encoded) return fail(encoded.error());
      parts.push_back(std::move(*encoded));
    } else if (!std::holds_alternative<OpaquePart>(part)) {
      return fail(ErrorKind::invalid_input,
                  "a tool call, reasoning or refusal can stand in an assistant's message only");
    }
  }
  const std::string_view role = message.role == Role::system ? "system" : "user";
  if (only_text(message))
    out.push_back(JsonObject{{"role", role}, {"content", message.text()}});
  else if (!parts.empty())
    out.push_back(JsonObject{{"role", role}, {"content", std::move(parts)}});
  return {};
}

Json tool_choice_json(const ToolChoice& choice) {
  if (choice.mode == ToolChoiceMode::required) return "any";
  return chat_tool_choice(choice);
}

/// Mistral's models think fully or not at all.
std::string_view effort(ReasoningEffort effort) {
  return effort == ReasoningEffort::none || effort == ReasoningEffort::minimal ? "none" : "high";
}

void add_sampling(const Sampling& sampling, JsonObject& body, std::vector<std::string>& warnings) {
  const auto add = [&](std::string_view name, const auto& value) {
    if (value) body[name] = *value;
  };
  add("temperature", sampling.temperature);
  add("top_p", sampling.top_p);
  add("max_tokens", sampling.max_tokens);
  if (!sampling.stop.empty()) body["stop"] = JsonArray(sampling.stop.begin(), sampling.stop.end());
  add("random_seed", sampling.seed);
  add("presence_penalty", sampling.presence_penalty);
  add("frequency_penalty", sampling.frequency_penalty);
  const LeftOut left_out("Mistral", warnings);
  left_out.note(sampling.top_k.has_value(), "top_k");
  left_out.note(sampling.top_logprobs.has_value(), "top_logprobs");
}

void add_settings(const ModelRequest& request, JsonObject& body, std::vector<std::string>& warnings) {
  if (request.tool_choice) body["tool_choice"] = tool_choice_json(*request.tool_choice);
  if (request.parallel_tool_calls) body["parallel_tool_calls"] = *request.parallel_tool_calls;
  if (request.reasoning_effort) body["reasoning_effort"] = effort(*request.reasoning_effort);
  if (request.output_schema) body["response_format"] = chat_response_format(*request.output_schema);
  if (!request.metadata.empty()) body["metadata"] = to_json(request.metadata);
  const LeftOut left_out("Mistral", warnings);
  left_out.note(!request.user.empty(), "user");
  left_out.note(!request.service_tier.empty(), "service_tier");
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  Encoded out;
  JsonArray messages;
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (auto added = add_message(request.messages[i], messages); !added)
      return fail(added.error().within("messages[" + std::to_string(i) + "]"));
  out.body = {{"model", model}, {"messages", std::move(messages)}};
  if (!request.tools.empty()) out.body["tools"] = chat_tools(request.tools);
  add_settings(request, out.body, out.warnings);
  add_sampling(request.sampling, out.body, out.warnings);
  if (stream) out.body["stream"] = true;
  return out;
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "mistral",
                              .path = [](std::string_view, bool) { return std::string("/v1/chat/completions"); },
                              .stream_type = "text/event-stream",
                              .encode = encode,
                              .decode_whole = openai_chat::decode_whole,
                              .event_decoder = openai_chat::event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::mistral
