// SPDX-License-Identifier: Apache-2.0
//
// Recorded requests to Anthropic, all of which it understood: said in our words and encoded, they are the same JSON.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "answer.hpp"
#include "anthropic_recorded.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/model/dialects/anthropic.hpp"

namespace sloop::dialects::anthropic {
namespace {

/// Why a recorded request can't be said in our words.
using Unsaid = std::unexpected<std::string>;
template <class T>
using Said = std::expected<T, std::string>;

std::string text_at(const Json& value, std::string_view key) {
  return std::string(find_string(value, key));
}

std::optional<CachePoint> cache_in(const Json& block) {
  const Json* cache = find(block, "cache_control");
  if (cache == nullptr || !cache->is_object()) return std::nullopt;
  return CachePoint{.ttl_seconds = find_string(*cache, "ttl") == "1h" ? 3600 : 300};
}

Said<Part> media_part(const Json& block) {
  if (find(block, "citations") != nullptr) return Unsaid("citations of a document");
  const Json& source = *find(block, "source");
  MediaPart media{.kind = find_string(block, "type") == "image" ? MediaKind::image : MediaKind::document,
                  .source = {.base64 = text_at(source, "data"),
                             .url = text_at(source, "url"),
                             .file_id = text_at(source, "file_id")},
                  .media_type = text_at(source, "media_type"),
                  .name = text_at(block, "title")};
  if (find_string(source, "type") == "text") media.source.base64 = encode_base64(find_string(source, "data"));
  return media;
}

Said<Part> tool_result_part(const Json& block) {
  ToolResultPart result{.id = text_at(block, "tool_use_id"), .is_error = flag_at(block, "is_error")};
  result.text = text_at(block, "content");
  for (const Json& item : array_at(block, "content")) {
    if (find_string(item, "type") == "text") {
      result.text += find_string(item, "text");
      continue;
    }
    auto media = media_part(item);
    if (!media) return Unsaid(media.error());
    result.media.push_back(std::get<MediaPart>(*media));
  }
  return result;
}

Said<Part> user_part(const Json& block) {
  const auto type = find_string(block, "type");
  if (type == "text") return TextPart{.text = text_at(block, "text")};
  if (type == "image" || type == "document") return media_part(block);
  if (type == "tool_result") return tool_result_part(block);
  return Unsaid("a block in a user's message: " + std::string(type));
}

/// What an assistant said is read as an answer is.
Said<std::vector<Part>> assistant_parts(JsonArray blocks) {
  for (Json& block : blocks) drop(block.as_object(), "cache_control");
  const JsonObject answer{{"type", "message"}, {"content", std::move(blocks)}};
  const auto events = decode_whole(200, {}, write_json(answer));
  if (!events) return Unsaid(events.error().message);
  ReplyFold fold;
  for (const auto& event : *events) fold.add(event);
  return fold.take().message.content;
}

Said<Message> said_message(const Json& message) {
  const auto role = find_string(message, "role");
  if (role == "system") return Unsaid("a system message inside the conversation");
  const Json content = plain_content(*find(message, "content"));
  const JsonArray& blocks = content.get_array();
  Message out{.role = role == "assistant" ? Role::assistant : Role::user};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto cache = cache_in(blocks[i]);
    if (cache && i + 1 < blocks.size()) return Unsaid("a cache point before the end of a message");
    out.cache = cache;
  }
  if (out.role == Role::assistant) {
    auto parts = assistant_parts(blocks);
    if (!parts) return Unsaid(parts.error());
    out.content = std::move(*parts);
    return out;
  }
  for (const Json& block : blocks) {
    auto part = user_part(block);
    if (!part) return Unsaid(part.error());
    out.content.push_back(std::move(*part));
  }
  return out;
}

Said<std::vector<Message>> said_messages(const Json& recorded) {
  std::vector<Message> out;
  const Json* system = find(recorded, "system");
  const Json blocks = plain_content(system == nullptr ? Json() : *system);
  for (const Json& block : blocks.get_array()) {
    out.push_back(Message::system(text_at(block, "text")));
    out.back().cache = cache_in(block);
  }
  std::string_view last;
  for (const Json& message : array_at(recorded, "messages")) {
    if (find_string(message, "role") == last) return Unsaid("two messages of one role in a row");
    last = find_string(message, "role");
    auto said = said_message(message);
    if (!said) return Unsaid(said.error());
    out.push_back(std::move(*said));
  }
  return out;
}

Said<std::vector<ToolDefinition>> said_tools(const Json& recorded) {
  std::vector<ToolDefinition> out;
  for (const Json& tool : array_at(recorded, "tools")) {
    if (find(tool, "type") != nullptr) return Unsaid("a tool of the provider's");
    out.push_back({.name = text_at(tool, "name"),
                   .description = text_at(tool, "description"),
                   .schema = *find(tool, "input_schema"),
                   .cache = cache_in(tool)});
  }
  return out;
}

void say_tool_choice(const Json& recorded, ModelRequest& request) {
  const Json* choice = find(recorded, "tool_choice");
  if (choice == nullptr) return;
  const auto type = find_string(*choice, "type");
  request.tool_choice = ToolChoice{.mode = type == "any"    ? ToolChoiceMode::required
                                           : type == "none" ? ToolChoiceMode::none
                                           : type == "tool" ? ToolChoiceMode::named
                                                            : ToolChoiceMode::automatic,
                                   .name = text_at(*choice, "name")};
  if (flag_at(*choice, "disable_parallel_tool_use")) request.parallel_tool_calls = false;
}

Said<void> say_thinking(const Json& recorded, ModelRequest& request) {
  const Json* thinking = find(recorded, "thinking");
  if (thinking == nullptr) return {};
  const auto budget = number_at(*thinking, {{"budget_tokens"}});
  if (budget && *budget != 1024) return Unsaid("a budget that no effort stands for");
  if (budget && find_string(recorded, "model").contains("4-6"))
    return Unsaid("a budget for a model that takes efforts");
  request.reasoning_effort = find_string(*thinking, "type") == "adaptive" ? ReasoningEffort::high
                             : budget                                     ? ReasoningEffort::minimal
                                                                          : ReasoningEffort::none;
  return {};
}

void say_sampling(const Json& recorded, Sampling& sampling) {
  const auto number = [&](std::string_view key) -> std::optional<double> {
    const Json* value = find(recorded, key);
    return value == nullptr ? std::nullopt : std::optional(value->to_number<double>());
  };
  sampling = {.temperature = number("temperature"),
              .top_p = number("top_p"),
              .top_k = number_at(recorded, {{"top_k"}}),
              .max_tokens = number_at(recorded, {{"max_tokens"}})};
  for (const Json& stop : array_at(recorded, "stop_sequences")) sampling.stop.emplace_back(stop.as_string());
}

/// The request in our words.
Said<ModelRequest> said_request(const Json& recorded) {
  auto messages = said_messages(recorded);
  if (!messages) return Unsaid(messages.error());
  auto tools = said_tools(recorded);
  if (!tools) return Unsaid(tools.error());
  ModelRequest request{.messages = std::move(*messages), .tools = std::move(*tools)};
  say_sampling(recorded, request.sampling);
  say_tool_choice(recorded, request);
  if (auto said = say_thinking(recorded, request); !said) return Unsaid(said.error());
  if (const Json* schema = find(recorded, {"output_config", "format", "schema"}))
    request.output_schema = OutputSchema{.schema = *schema};
  return request;
}

/// Takes away what we have no word for: returns whether there was any.
bool drop_unknown(JsonObject& recorded) {
  bool dropped = false;
  for (const auto key : {"cache_control", "output_format"}) {
    dropped = dropped || recorded.contains(key);
    drop(recorded, key);
  }
  if (Json* tools = recorded.if_contains("tools"))
    for (Json& tool : tools->as_array()) {
      dropped = dropped || tool.as_object().contains("strict");
      drop(tool.as_object(), "strict");
    }
  return dropped;
}

struct Count {
  int whole = 0;
  int without_unknown = 0;
  std::map<std::string, int> unsaid = {};
};

/// `effort` goes with adaptive thinking of ours; those who were recorded left it to its default.
JsonObject without_default_effort(JsonObject body) {
  const Json* config = body.if_contains("output_config");
  if (config != nullptr && *config == Json{{"effort", "high"}}) drop(body, "output_config");
  return body;
}

/// The members in which two objects differ.
std::string difference(const Json& given, const Json& wanted) {
  std::string out;
  for (const auto& member : given.as_object())
    if (const Json* other = find(wanted, member.key()); other == nullptr || *other != member.value())
      out += std::string(member.key()) + ": " + write_json(member.value()) + "\n";
  for (const auto& member : wanted.as_object())
    if (const Json* other = find(given, member.key()); other == nullptr || *other != member.value())
      out += "recorded " + std::string(member.key()) + ": " + write_json(member.value()) + "\n";
  return out;
}

void compare(const Json& row, Count& count) {
  JsonObject recorded = find(row, "request")->as_object();
  const bool partial = drop_unknown(recorded);
  const auto request = said_request(recorded);
  if (!request) {
    ++count.unsaid[request.error()];
    return;
  }
  const auto ours = encode(*request, find_string(recorded, "model"), flag_at(recorded, "stream"));
  ASSERT_TRUE(ours) << ours.error().message;
  const Json wanted = plain_request(recorded);
  const Json given = plain_request(without_default_effort(ours->body));
  EXPECT_EQ(difference(given, wanted), "") << find_string(row, "id");
  ++(partial ? count.without_unknown : count.whole);
}

TEST(AnthropicRequests, recorded_requests_are_encoded_to_the_same_json) {
  Count count;
  const auto rows = recorded_rows();
  if (rows.empty()) GTEST_SKIP() << "no recordings; set SLOOP_SHARED";
  for (const Json& row : rows)
    if (find(row, "status")->as_int64() == 200 && find_string(row, "path") == "/v1/messages") compare(row, count);
  for (const auto& [why, times] : count.unsaid) std::cout << times << " not comparable: " << why << "\n";
  std::cout << count.whole << " comparable as they are, " << count.without_unknown << " without what we don't have\n";
  EXPECT_GE(count.whole, 407);
  EXPECT_GE(count.without_unknown, 163);
}

}  // namespace
}  // namespace sloop::dialects::anthropic
