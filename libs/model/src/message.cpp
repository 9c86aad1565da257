// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/message.hpp"

#include "sloop/core/reflect.hpp"

namespace sloop {
namespace {

constexpr std::string_view kPartTypes[] = {"text",        "reasoning", "media", "tool_call",
                                           "tool_result", "refusal",   "opaque"};
static_assert(std::size(kPartTypes) == std::variant_size_v<Part>);

/// Leaves out what says nothing: null, empty text, an empty list, `false`.
void drop_empty(JsonObject& object) {
  for (auto member = object.begin(); member != object.end();) {
    const Json& value = member->value();
    const bool empty = value.is_null() || (value.is_string() && value.get_string().empty()) ||
                       (value.is_bool() && !value.get_bool()) || (value.is_array() && value.get_array().empty());
    member = empty ? object.stable_erase(member) : member + 1;
  }
}

Json part_to_json(const Part& part) {
  JsonObject object{{"type", kPartTypes[part.index()]}};
  std::visit(
      [&](const auto& typed) {
        const Json fields = to_json(typed);
        for (const auto& field : fields.get_object()) object[field.key()] = field.value();
      },
      part);
  if (Json* source = object.if_contains("source")) drop_empty(source->as_object());
  drop_empty(object);
  return object;
}

template <class T>
Result<Part> read_part(const Json& fields, std::string_view place) {
  auto part = from_json<T>(fields, {.refuse_unknown = true, .defaults = true, .place = place});
  if (!part) return fail(part.error());
  return Part(std::move(*part));
}

bool is_medium(std::string_view type) {
  return type == "image" || type == "audio" || type == "video" || type == "document";
}

/// The short form of a medium: {"type":"image","base64":"...","media_type":"image/png"}.
void expand_medium(JsonObject& fields, std::string_view kind) {
  fields["kind"] = kind;
  JsonObject source;
  for (const auto key : {"base64", "url", "file_id"}) {
    const auto member = fields.find(key);
    if (member == fields.end()) continue;
    source[key] = std::move(member->value());
    fields.stable_erase(member);
  }
  if (!source.empty()) fields["source"] = std::move(source);
}

Result<Part> part_from_json(const Json& value, const std::string& place) {
  const std::string type(find_string(value, "type"));
  if (!value.is_object() || type.empty())
    return fail(ErrorKind::invalid_input, place + ": expected an object with a type");
  JsonObject fields = value.get_object();
  fields.stable_erase(fields.find("type"));
  if (type == "text") return read_part<TextPart>(fields, place);
  if (type == "reasoning") return read_part<ReasoningPart>(fields, place);
  if (is_medium(type)) expand_medium(fields, type);
  if (type == "media" || is_medium(type)) return read_part<MediaPart>(fields, place);
  if (type == "tool_call") {
    // Arguments may be written as JSON instead of as text.
    if (Json* arguments = fields.if_contains("arguments"); arguments != nullptr && arguments->is_object())
      *arguments = write_json(*arguments);
    return read_part<ToolCallPart>(fields, place);
  }
  if (type == "tool_result") return read_part<ToolResultPart>(fields, place);
  if (type == "refusal") return read_part<RefusalPart>(fields, place);
  if (type == "opaque") return read_part<OpaquePart>(fields, place);
  return fail(
      ErrorKind::invalid_input,
      place +
          ".type: is none of text, reasoning, image, audio, video, document, tool_call, tool_result, refusal, opaque");
}

}  // namespace

std::string Message::text() const {
  std::string all;
  for (const Part& part : content)
    if (const auto* text = std::get_if<TextPart>(&part)) all += text->text;
  return all;
}

Json to_neutral_json(const Message& message) {
  const auto* only = message.content.size() == 1 ? std::get_if<TextPart>(&message.content.front()) : nullptr;
  JsonObject object{{"role", to_json(message.role)}};
  if (only != nullptr && only->citations.is_null() && only->provider_data.is_null()) {
    object["content"] = only->text;
  } else {
    JsonArray parts;
    for (const Part& part : message.content) parts.push_back(part_to_json(part));
    object["content"] = std::move(parts);
  }
  if (message.cache) object["cache"] = to_json(*message.cache);
  return object;
}

Result<Message> message_from_neutral_json(const Json& value, std::string_view path) {
  struct Raw {
    Role role;
    std::variant<std::string, std::vector<Json>> content;
    std::optional<CachePoint> cache;
  };
  auto raw = from_json<Raw>(value, {.refuse_unknown = true, .place = path});
  if (!raw) return fail(raw.error());
  Message message{.role = raw->role, .cache = raw->cache};
  if (auto* text = std::get_if<std::string>(&raw->content)) {
    message.content.emplace_back(TextPart{.text = std::move(*text)});
    return message;
  }
  std::size_t index = 0;
  for (const Json& item : std::get<std::vector<Json>>(raw->content)) {
    auto part = part_from_json(item, std::string(path) + ".content[" + std::to_string(index++) + "]");
    if (!part) return fail(part.error());
    message.content.push_back(std::move(*part));
  }
  return message;
}

}  // namespace sloop
