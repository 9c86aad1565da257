// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "answer.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/model/dialects/anthropic.hpp"

namespace sloop::dialects::anthropic {
namespace {

FinishReason finish_of(std::string_view raw) {
  if (raw == "end_turn" || raw == "stop_sequence") return FinishReason::stop;
  if (raw == "max_tokens" || raw == "model_context_window_exceeded") return FinishReason::length;
  if (raw == "tool_use") return FinishReason::tool_calls;
  if (raw == "refusal") return FinishReason::content_filter;
  return FinishReason::other;
}

UsageUpdate usage_of(const JsonObject& usage) {
  return {.usage = {.input = number_at(usage, {{"input_tokens"}}),
                    .output = number_at(usage, {{"output_tokens"}}),
                    .cached_input = number_at(usage, {{"cache_read_input_tokens"}}),
                    .cache_write = number_at(usage, {{"cache_creation_input_tokens"}}),
                    .reasoning = number_at(usage, {{"output_tokens_details", "thinking_tokens"}})},
          .provider_usage = usage,
          .convention = {.cache_beside_input = true}};
}

BlockKind kind_of(std::string_view type) {
  if (type == "text") return BlockKind::text;
  if (type == "thinking" || type == "redacted_thinking") return BlockKind::reasoning;
  return type == "tool_use" ? BlockKind::tool_call : BlockKind::opaque;
}

/// A content block on its way: what it began as, and what its deltas brought.
struct Block {
  std::int64_t index = 0;
  BlockKind kind = BlockKind::text;
  JsonObject content = {};
  /// Empty until it is told; a text is told with its first piece.
  std::string id = {};
  std::string signature = {};
  JsonArray citations = {};
  /// The streamed JSON of an input.
  std::string input = {};
};

/// Members that the parts have no place for, to be sent back: `caller` of a tool call, unless it says `direct`, which
/// is what its absence means.
JsonObject rest_of(const JsonObject& content) {
  constexpr std::string_view kKnown[] = {"type",      "id",       "name",      "input", "text",
                                         "citations", "thinking", "signature", "data"};
  JsonObject rest;
  for (const auto& member : content) {
    const bool known = std::ranges::find(kKnown, std::string_view(member.key())) != std::end(kKnown);
    const bool direct = member.key() == "caller" && find_string(member.value(), "type") == "direct";
    if (!known && !direct && !member.value().is_null()) rest[member.key()] = member.value();
  }
  return rest;
}

/// A delta of an unknown kind grows the members it names; `compaction_delta` is one.
void grow(JsonObject& content, const Json& delta) {
  if (!delta.is_object()) return;
  for (const auto& member : delta.get_object()) {
    if (member.key() == "type") continue;
    Json& mine = content[member.key()];
    if (mine.is_string() && member.value().is_string())
      mine.get_string() += member.value().get_string();
    else
      mine = member.value();
  }
}

/// Turns a message, whole or in events, into blocks.
class MessageReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view type, const Json& data) override {
    if (type == "chunk") return take_wrapped(find_string(data, "bytes"));
    const auto named = find_string(data, "type");
    const auto event = named.empty() ? type : named;
    if (type == kWholeAnswer || named == "message") {
      stopped_ = true;
      return take_message(&data);
    }
    if (event == "message_start") return take_message(find(data, "message"));
    if (event == "content_block_start") {
      if (const Json* content = find(data, "content_block")) begin(index_in(data), *content);
    } else if (event == "content_block_delta") {
      take_delta(data);
    } else if (event == "content_block_stop") {
      end_block(index_in(data));
    } else if (event == "message_delta") {
      if (const Json* delta = find(data, "delta")) take_stop(*delta);
      take_usage(find(data, "usage"));
    } else if (event == "message_stop") {
      stopped_ = true;
    } else if (event != "ping") {
      blocks().emit(UnknownEvent{.data = data});
    }
    return {};
  }

  bool close() override {
    while (!open_.empty()) end_block(open_.front().index);
    return stopped_;
  }

 private:
  /// Bedrock's InvokeModel sends the events as base64 in frames of its own.
  Result<void> take_wrapped(std::string_view bytes) {
    const auto text = decode_base64(bytes);
    const auto event = text ? parse_json(*text) : Result<Json>(fail(ErrorKind::bad_reply, "no base64"));
    if (event && holds_error(*event)) return fail(error_in(200, {}, *event));
    if (event && !find_string(*event, "type").empty()) return take({}, *event);
    return blocks().warn("a frame of the provider's stream holds no event and was passed over"), Result<void>();
  }

  static std::int64_t index_in(const Json& data) { return number_at(data, {{"index"}}).value_or(0); }

  /// The start of a stream may hold content already: a tool call that code of the provider's makes, for instance. It
  /// may be repeated, but what comes after the content of another message can't be told from it.
  Result<void> take_message(const Json* message) {
    if (any_content_)
      return fail(ErrorKind::bad_reply, "another message begins inside the provider's stream; the answer is unusable");
    if (message == nullptr) return {};
    blocks().info(find_string(*message, "id"), find_string(*message, "model"));
    std::int64_t index = 0;
    for (const Json& content : array_at(*message, "content")) {
      begin(index, content);
      end_block(index++);
    }
    take_stop(*message);
    take_usage(find(*message, "usage"));
    return {};
  }

  void begin(std::int64_t index, const Json& content) {
    end_block(index);
    if (!content.is_object()) return;
    any_content_ = true;
    open_.push_back({.index = index, .kind = kind_of(find_string(content, "type")), .content = content.get_object()});
    Block& block = open_.back();
    block.signature = find_string(content, "signature");
    if (block.kind != BlockKind::text) tell(block);
    add(block, find_string(content, "text"));
    add(block, find_string(content, "thinking"));
    for (const Json& citation : array_at(content, "citations")) cite(block, citation);
    if (block.kind == BlockKind::opaque) tell_search_results(content);
  }

  void tell(Block& block) {
    if (!block.id.empty()) return;
    const bool call = block.kind == BlockKind::tool_call;
    block.id = blocks().start(block.kind, call ? find_string(block.content, "id") : "",
                              call ? find_string(block.content, "name") : "");
  }

  void add(Block& block, std::string_view text) {
    if (text.empty() || block.kind == BlockKind::opaque) return;
    tell(block);
    blocks().delta(block.id, block.kind, text);
  }

  void cite(Block& block, const Json& citation) {
    block.citations.push_back(citation);
    const Source source{.url = std::string(find_string(citation, "url")),
                        .title = std::string(find_string(citation, citation_title(citation))),
                        .id = std::string(find_string(citation, "file_id"))};
    if (source != Source{}) blocks().emit(SourceFound{.source = source});
  }
  static std::string_view citation_title(const Json& citation) {
    return find(citation, "document_title") != nullptr ? "document_title" : "title";
  }

  void tell_search_results(const Json& content) {
    for (const Json& found : array_at(content, "content"))
      if (find_string(found, "type") == "web_search_result")
        blocks().emit(SourceFound{.source = {.url = std::string(find_string(found, "url")),
                                             .title = std::string(find_string(found, "title"))}});
  }

  void take_delta(const Json& data) {
    const Json* delta = find(data, "delta");
    const auto block = std::ranges::find(open_, index_in(data), &Block::index);
    if (delta == nullptr || block == open_.end())
      return blocks().warn("a piece of a block that was not begun was passed over");
    const auto type = find_string(*delta, "type");
    if (type == "text_delta") {
      add(*block, find_string(*delta, "text"));
    } else if (type == "thinking_delta") {
      add(*block, find_string(*delta, "thinking"));
    } else if (type == "input_json_delta") {
      block->input += find_string(*delta, "partial_json");
      if (block->kind == BlockKind::tool_call) add(*block, find_string(*delta, "partial_json"));
    } else if (type == "signature_delta") {
      block->signature += find_string(*delta, "signature");
    } else if (type == "citations_delta") {
      if (const Json* citation = find(*delta, "citation")) cite(*block, *citation);
    } else if (block->kind == BlockKind::opaque) {
      grow(block->content, *delta);
    } else {
      blocks().emit(UnknownEvent{.data = data});
    }
  }

  void end_block(std::int64_t index) {
    const auto open = std::ranges::find(open_, index, &Block::index);
    if (open == open_.end()) return;
    Block block = std::move(*open);
    open_.erase(open);
    if (block.kind == BlockKind::opaque) complete_input(block);
    if (block.kind == BlockKind::tool_call && block.input.empty()) add_whole_input(block);
    if (block.id.empty()) return;  // A text without text.
    blocks().end(end_of(block));
  }

  /// An input that was not streamed came with the start.
  void add_whole_input(Block& block) {
    const Json* input = block.content.if_contains("input");
    if (input == nullptr || input->is_null() || *input == Json(JsonObject())) return;
    add(block, input->is_string() ? std::string(input->get_string()) : write_json(*input));
  }

  void complete_input(Block& block) {
    if (block.input.empty()) return;
    if (auto input = parse_json(block.input))
      block.content["input"] = std::move(*input);
    else
      blocks().warn("the input of a tool that the provider ran is no JSON and was passed over");
  }

  static BlockEnd end_of(Block& block) {
    BlockEnd end{.block = block.id, .kind = block.kind};
    if (block.kind == BlockKind::opaque) {
      end.provider_data = JsonObject{{"anthropic", std::move(block.content)}};
      return end;
    }
    end.signature = std::move(block.signature);
    end.encrypted = find_string(block.content, "data");
    if (!block.citations.empty()) end.citations = std::move(block.citations);
    // Reasoning is always marked: only its own provider takes it back.
    JsonObject rest = rest_of(block.content);
    if (block.kind == BlockKind::reasoning || !rest.empty())
      end.provider_data = JsonObject{{"anthropic", std::move(rest)}};
    return end;
  }

  void take_stop(const Json& holder) {
    const auto raw = find_string(holder, "stop_reason");
    if (raw.empty()) return;
    if (const Json* details = find(holder, "stop_details"); details != nullptr && raw == "refusal")
      if (const auto said = find_string(*details, "explanation"); !said.empty())
        blocks().warn("the provider refused: " + std::string(said));
    blocks().finish(finish_of(raw), raw);
  }

  /// Later numbers replace earlier ones; what is not said again stays.
  void take_usage(const Json* usage) {
    if (usage == nullptr || !usage->is_object()) return;
    for (const auto& count : usage->get_object())
      if (!count.value().is_null()) usage_[count.key()] = count.value();
    blocks().emit(usage_of(usage_));
  }

  std::vector<Block> open_;
  JsonObject usage_;
  bool any_content_ = false;
  bool stopped_ = false;
};

}  // namespace

Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body) {
  std::vector<std::string> warnings;
  const auto json = answer_json(status, headers, body, warnings);
  if (!json) return fail(json.error());
  const Json* content = find(*json, "content");
  if (content == nullptr || !content->is_array())
    return fail({.kind = ErrorKind::bad_reply,
                 .message = "the provider's answer (status " + std::to_string(status) +
                            ") holds no content; check the base URL",
                 .status = status});
  MessageReader reader;
  return read_whole(reader, *json, warnings);
}

std::unique_ptr<EventDecoder> event_decoder() {
  return sse_or_aws_decoder(std::make_unique<MessageReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "anthropic",
                              .path = [](std::string_view, bool) { return std::string("/v1/messages"); },
                              .stream_type = "text/event-stream",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::anthropic
