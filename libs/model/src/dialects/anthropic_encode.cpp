// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "answer.hpp"
#include "anthropic_settings.hpp"
#include "encoding.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/model/dialects/anthropic.hpp"
#include "turns.hpp"

namespace sloop::dialects::anthropic {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The data of a part that is ours to send back; null when there is none.
const Json* own_data(const ProviderData& data) {
  return data_of(data, "anthropic");
}
bool is_foreign(const ProviderData& data) {
  return !data.is_null() && own_data(data) == nullptr;
}

void add_rest(const ProviderData& data, JsonObject& out) {
  const Json* rest = own_data(data);
  if (rest == nullptr || !rest->is_object()) return;
  for (const auto& member : rest->get_object()) out[member.key()] = member.value();
}

/// Citations of other providers have other types.
bool are_ours(const Json& citations) {
  return citations.is_array() && std::ranges::all_of(citations.get_array(), [](const Json& citation) {
           return find_string(citation, "type").ends_with("_location");
         });
}

Json text_json(const TextPart& text) {
  JsonObject out{{"type", "text"}, {"text", text.text}};
  if (are_ours(text.citations)) out["citations"] = text.citations;
  add_rest(text.provider_data, out);
  return out;
}

/// The bytes of a text document go as text, whatever kind of text they are.
Result<Json> text_source(const MediaSource& source) {
  auto text = decode_base64(source.base64);
  if (!text) return fail(ErrorKind::invalid_input, "the base64 of a text document is broken");
  return JsonObject{{"type", "text"}, {"media_type", "text/plain"}, {"data", std::move(*text)}};
}

Result<Json> source_json(const MediaPart& media) {
  const MediaSource& source = media.source;
  if (!source.url.empty()) return JsonObject{{"type", "url"}, {"url", source.url}};
  if (!source.file_id.empty()) return JsonObject{{"type", "file"}, {"file_id", source.file_id}};
  if (media.kind == MediaKind::document && media.media_type.starts_with("text/")) return text_source(source);
  return JsonObject{{"type", "base64"}, {"media_type", media.media_type}, {"data", source.base64}};
}

Result<Json> media_json(const MediaPart& media) {
  if (media.kind == MediaKind::audio) return fail(ErrorKind::unsupported, "Anthropic takes no audio");
  if (media.kind == MediaKind::video) return fail(ErrorKind::unsupported, "Anthropic takes no video");
  auto source = source_json(media);
  if (!source) return fail(source.error());
  const bool document = media.kind == MediaKind::document;
  JsonObject out{{"type", document ? "document" : "image"}, {"source", std::move(*source)}};
  if (document && !media.name.empty()) out["title"] = media.name;
  return out;
}

/// The id of a call. Those that other providers gave may hold what the API refuses here.
std::string call_id(std::string id) {
  const auto is_refused = [](unsigned char c) { return std::isalnum(c) == 0 && c != '_' && c != '-'; };
  std::ranges::replace_if(id, is_refused, '_');
  return id;
}

Result<Json> tool_result_json(const ToolResultPart& result) {
  JsonObject out{{"type", "tool_result"}, {"tool_use_id", call_id(result.id)}};
  if (result.media.empty()) {
    out["content"] = result_text(result);
  } else {
    JsonArray content;
    if (const auto text = result_text(result); !text.empty()) content.push_back(text_json({.text = text}));
    for (const auto& media : result.media) {
      auto encoded = media_json(media);
      if (!encoded) return fail(encoded.error());
      content.push_back(std::move(*encoded));
    }
    out["content"] = std::move(content);
  }
  if (result.is_error) out["is_error"] = true;
  return out;
}

Json tool_use_json(const ToolCallPart& call) {
  JsonObject out{
      {"type", "tool_use"}, {"id", call_id(call.id)}, {"name", call.name}, {"input", arguments_object(call)}};
  add_rest(call.provider_data, out);
  return out;
}

/// Thoughts without a signature are refused unless the server itself gave none.
void add_reasoning(const ReasoningPart& reasoning, JsonArray& out) {
  if (is_foreign(reasoning.provider_data)) return;
  JsonObject block;
  if (!reasoning.encrypted.empty()) {
    block = {{"type", "redacted_thinking"}, {"data", reasoning.encrypted}};
  } else if (!reasoning.signature.empty() || own_data(reasoning.provider_data) != nullptr) {
    block = {{"type", "thinking"}, {"thinking", reasoning.text}, {"signature", reasoning.signature}};
  } else {
    return;
  }
  add_rest(reasoning.provider_data, block);
  out.push_back(std::move(block));
}

Json assistant_json(const Message& message) {
  JsonArray out;
  for (const Part& part : message.content) {
    // The API refuses blank texts, which models write now and then.
    if (const auto* text = std::get_if<TextPart>(&part); text != nullptr && !is_blank(text->text))
      out.push_back(text_json(*text));
    if (const auto* declined = std::get_if<RefusalPart>(&part); declined != nullptr && !is_blank(declined->text))
      out.push_back(text_json({.text = declined->text}));
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) add_reasoning(*reasoning, out);
    if (const auto* call = std::get_if<ToolCallPart>(&part)) out.push_back(tool_use_json(*call));
    if (const auto* opaque = std::get_if<OpaquePart>(&part))
      if (const Json* block = own_data(opaque->provider_data)) out.push_back(*block);
  }
  return out;
}

Result<Json> user_part_json(const Part& part) {
  if (const auto* text = std::get_if<TextPart>(&part)) return text_json(*text);
  if (const auto* media = std::get_if<MediaPart>(&part)) return media_json(*media);
  if (const auto* result = std::get_if<ToolResultPart>(&part)) return tool_result_json(*result);
  const auto* opaque = std::get_if<OpaquePart>(&part);
  if (opaque == nullptr)
    return fail(ErrorKind::invalid_input, "a tool call, reasoning or refusal can stand in an assistant's message only");
  const Json* block = own_data(opaque->provider_data);
  return block == nullptr ? Json() : *block;
}

/// The content blocks of a message.
Result<JsonArray> blocks_of(const Message& message) {
  if (message.role == Role::assistant) return assistant_json(message).get_array();
  JsonArray out;
  for (const Part& part : message.content) {
    const auto* text = std::get_if<TextPart>(&part);
    if (text != nullptr && text->text.empty() && message.content.size() > 1) continue;
    auto block = user_part_json(part);
    if (!block) return fail(block.error());
    if (!block->is_null()) out.push_back(std::move(*block));
  }
  return out;
}

/// Marks the last block that can be marked: thoughts can't.
void mark_cached(JsonArray& blocks, const CachePoint& cache) {
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
    if (!block->is_object() || find_string(*block, "type").ends_with("thinking")) continue;
    block->get_object()["cache_control"] = cache_control(cache);
    return;
  }
}

Result<JsonArray> messages_json(const ModelRequest& request) {
  Turns turns([](const Json& block) { return find_string(block, "type") == "tool_result"; });
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    const Message& message = request.messages[i];
    if (message.role == Role::system) continue;
    auto blocks = blocks_of(message);
    if (!blocks) return fail(blocks.error().within("messages[" + std::to_string(i) + "]"));
    if (message.cache) mark_cached(*blocks, *message.cache);
    turns.add(message.role, std::move(*blocks));
  }
  return turns.take();
}

/// A string; blocks when the cache is to keep some of it. Null when there is none.
Json system_json(const ModelRequest& request) {
  JsonArray blocks;
  bool cached = false;
  for (const auto& message : request.messages) {
    if (message.role != Role::system || is_blank(message.text())) continue;
    JsonObject block{{"type", "text"}, {"text", message.text()}};
    if (message.cache) block["cache_control"] = cache_control(*message.cache);
    cached = cached || message.cache;
    blocks.push_back(std::move(block));
  }
  if (cached) return blocks;
  return blocks.empty() ? Json() : Json(system_text(request));
}

Result<void> check_system(const ModelRequest& request) {
  for (std::size_t i = 0; i < request.messages.size(); ++i)
    if (request.messages[i].role == Role::system && !only_text(request.messages[i]))
      return fail(ErrorKind::unsupported,
                  "messages[" + std::to_string(i) + "]: Anthropic takes text only in a system message");
  return {};
}

}  // namespace

Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream) {
  if (auto checked = check_system(request); !checked) return fail(checked.error());
  auto messages = messages_json(request);
  if (!messages) return fail(messages.error());
  Encoded out;
  out.body = {{"model", model}, {"max_tokens", max_tokens_of(request, model)}};
  if (Json system = system_json(request); !system.is_null()) out.body["system"] = std::move(system);
  out.body["messages"] = std::move(*messages);
  add_settings(request, model, out.body, out.warnings);
  if (stream) out.body["stream"] = true;
  return out;
}

}  // namespace sloop::dialects::anthropic
