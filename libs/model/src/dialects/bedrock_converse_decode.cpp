// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "answer.hpp"
#include "bedrock_access.hpp"
#include "sloop/aws/signature.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/model/dialects/bedrock_converse.hpp"

namespace sloop::dialects::bedrock_converse {
namespace {

FinishReason finish_of(std::string_view raw) {
  if (raw == "end_turn" || raw == "stop_sequence") return FinishReason::stop;
  if (raw == "max_tokens" || raw == "model_context_window_exceeded") return FinishReason::length;
  if (raw == "tool_use") return FinishReason::tool_calls;
  if (raw == "guardrail_intervened" || raw == "content_filtered") return FinishReason::content_filter;
  return FinishReason::other;
}

UsageUpdate usage_of(const Json& usage) {
  return {.usage = {.input = number_at(usage, {{"inputTokens"}}),
                    .output = number_at(usage, {{"outputTokens"}}),
                    .cached_input = number_at(usage, {{"cacheReadInputTokens"}}),
                    .cache_write = number_at(usage, {{"cacheWriteInputTokens"}})},
          .provider_usage = usage,
          .convention = {.cache_beside_input = true}};
}

/// A content block on its way. Its kind is known with its first piece.
struct Block {
  std::int64_t index = 0;
  std::string id = {};
  BlockKind kind = BlockKind::text;
  std::string signature = {};
  std::string encrypted = {};
  JsonArray citations = {};
  /// Of what only the provider understands.
  JsonObject content = {};
  std::string input = {};
};

/// Whole content blocks and deltas have nearly the same members: both are pieces of a block.
class MessageReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view type, const Json& data) override {
    if (type == kWholeAnswer) {
      take_whole(data);
    } else if (type == "contentBlockStart") {
      const Json* start = find(data, "start");
      if (start != nullptr && !take_piece(index_in(data), *start)) pass_on(type, data);
    } else if (type == "contentBlockDelta") {
      const Json* delta = find(data, "delta");
      if (delta != nullptr && !take_piece(index_in(data), *delta)) pass_on(type, data);
    } else if (type == "contentBlockStop") {
      end_block(index_in(data));
    } else if (type == "messageStop") {
      take_stop(data);
    } else if (type == "metadata") {
      take_usage(data);
    } else if (type != "messageStart") {
      pass_on(type, data);
    }
    return {};
  }

  bool close() override {
    while (!open_.empty()) end_block(open_.front().index);
    return blocks().finished();
  }

 private:
  static std::int64_t index_in(const Json& data) { return number_at(data, {{"contentBlockIndex"}}).value_or(0); }

  void take_whole(const Json& data) {
    if (const Json* message = find(data, {"output", "message"})) {
      std::int64_t index = 0;
      for (const Json& content : array_at(*message, "content")) {
        if (!take_piece(index, content)) blocks().opaque(own_data(content));
        end_block(index++);
      }
    }
    take_stop(data);
    take_usage(data);
  }

  void take_stop(const Json& data) {
    if (const auto raw = find_string(data, "stopReason"); !raw.empty()) blocks().finish(finish_of(raw), raw);
  }

  void take_usage(const Json& data) {
    if (const Json* usage = find(data, "usage"); usage != nullptr && usage->is_object())
      blocks().emit(usage_of(*usage));
  }

  void pass_on(std::string_view type, const Json& data) {
    blocks().emit(UnknownEvent{.data = JsonObject{{"type", type}, {"data", data}}});
  }

  /// Whether the piece is known.
  bool take_piece(std::int64_t index, const Json& piece) {
    if (const Json* text = find(piece, "text"); text != nullptr && text->is_string())
      return add(block_at(index, BlockKind::text), text->get_string()), true;
    if (const Json* call = find(piece, "toolUse")) return take_call(index, *call), true;
    if (const Json* reasoning = find(piece, "reasoningContent")) return take_reasoning(index, *reasoning), true;
    if (const Json* cited = find(piece, "citationsContent")) return take_cited(index, *cited), true;
    if (const Json* citation = find(piece, "citation")) return cite(block_at(index, BlockKind::text), *citation), true;
    if (const Json* result = find(piece, "toolResult")) return take_own(index, "toolResult", *result), true;
    if (const Json* image = find(piece, "image")) return take_own(index, "image", *image), true;
    return false;
  }

  /// An image, or what a tool of the provider's own gave: begins as an object, grows by lists and members.
  void take_own(std::int64_t index, std::string_view name, const Json& piece) {
    Json& mine = block_at(index, BlockKind::opaque).content[name];
    if (piece.is_array()) {
      Json& content = mine.is_object() ? mine.get_object()["content"] : mine.emplace_object()["content"];
      if (!content.is_array()) content.emplace_array();
      for (const Json& more : piece.get_array()) content.get_array().push_back(more);
    } else if (mine.is_object() && piece.is_object()) {
      for (const auto& member : piece.get_object()) mine.get_object()[member.key()] = member.value();
    } else {
      mine = piece;
    }
  }

  /// Begins, or goes on: the input comes whole as an object, or in pieces as text.
  void take_call(std::int64_t index, const Json& call) {
    if (!find_string(call, "toolUseId").empty()) {
      // A tool that the provider runs itself.
      if (find_string(call, "type") == "server_tool_use") return take_own(index, "toolUse", call);
      end_block(index);
      open_.push_back(
          {.index = index,
           .id = blocks().start(BlockKind::tool_call, find_string(call, "toolUseId"), find_string(call, "name")),
           .kind = BlockKind::tool_call});
    }
    const Json* input = find(call, "input");
    const auto block = std::ranges::find(open_, index, &Block::index);
    if (input == nullptr || block == open_.end()) return;
    if (block->kind == BlockKind::opaque)
      block->input += find_string(call, "input");
    else if (input->is_string())
      add(*block, input->get_string());
    else if (!input->is_null() && *input != Json(JsonObject()))
      add(*block, write_json(*input));
  }

  void take_reasoning(std::int64_t index, const Json& reasoning) {
    const Json* whole = find(reasoning, "reasoningText");
    const Json& holder = whole == nullptr ? reasoning : *whole;
    Block& block = block_at(index, BlockKind::reasoning);
    add(block, find_string(holder, "text"));
    block.signature += find_string(holder, "signature");
    append_base64(block.encrypted, find_string(reasoning, "redactedContent"));
  }

  /// Every piece is base64 of its own: their texts can't just be joined.
  static void append_base64(std::string& all, std::string_view piece) {
    const auto before = decode_base64(all);
    const auto more = decode_base64(piece);
    all = before && more ? encode_base64(*before + *more) : all + std::string(piece);
  }

  void take_cited(std::int64_t index, const Json& cited) {
    Block& block = block_at(index, BlockKind::text);
    for (const Json& content : array_at(cited, "content")) add(block, find_string(content, "text"));
    for (const Json& citation : array_at(cited, "citations")) cite(block, citation);
  }

  void cite(Block& block, const Json& citation) {
    block.citations.push_back(citation);
    const Json* web = find(citation, {"location", "web"});
    blocks().emit(SourceFound{.source = {.url = std::string(web == nullptr ? "" : find_string(*web, "url")),
                                         .title = std::string(find_string(citation, "title")),
                                         .id = std::string(find_string(citation, "source"))}});
  }

  static ProviderData own_data(Json data) { return JsonObject{{"bedrock", std::move(data)}}; }

  Block& block_at(std::int64_t index, BlockKind kind) {
    const auto open = std::ranges::find(open_, index, &Block::index);
    if (open != open_.end() && open->kind == kind) return *open;
    end_block(index);
    open_.push_back({.index = index, .kind = kind});
    return open_.back();
  }

  /// A text is told with its first piece: an empty one never.
  void add(Block& block, std::string_view text) {
    if (text.empty()) return;
    tell(block);
    blocks().delta(block.id, block.kind, text);
  }
  void tell(Block& block) {
    if (block.id.empty()) block.id = blocks().start(block.kind);
  }

  void end_block(std::int64_t index) {
    const auto open = std::ranges::find(open_, index, &Block::index);
    if (open == open_.end()) return;
    Block block = std::move(*open);
    open_.erase(open);
    if (block.kind == BlockKind::opaque) return end_own(block);
    if (!block.signature.empty() || !block.encrypted.empty()) tell(block);
    if (block.id.empty()) return;
    BlockEnd end{.block = block.id,
                 .kind = block.kind,
                 .signature = std::move(block.signature),
                 .encrypted = std::move(block.encrypted)};
    if (!block.citations.empty()) end.citations = std::move(block.citations);
    // Reasoning is marked: only its own provider takes it back.
    if (block.kind == BlockKind::reasoning) end.provider_data = own_data(JsonObject());
    blocks().end(std::move(end));
  }

  void end_own(Block& block) {
    if (auto input = parse_json(block.input); input && block.content.contains("toolUse"))
      block.content["toolUse"].as_object()["input"] = std::move(*input);
    blocks().opaque(own_data(std::move(block.content)));
  }

  std::vector<Block> open_;
};

}  // namespace

Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body) {
  std::vector<std::string> warnings;
  const auto json = answer_json(status, headers, body, warnings);
  if (!json) return fail(json.error());
  if (find(*json, "output") == nullptr)
    return fail(
        {.kind = ErrorKind::bad_reply,
         .message = "the provider's answer (status " + std::to_string(status) + ") holds no output; check the base URL",
         .status = status});
  MessageReader reader;
  return read_whole(reader, *json, warnings);
}

std::unique_ptr<EventDecoder> event_decoder() {
  return aws_event_decoder(std::make_unique<MessageReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "bedrock-converse",
                              .path =
                                  [](std::string_view model, bool stream) {
                                    return "/model/" + aws::uri_encode(model) +
                                           (stream ? "/converse-stream" : "/converse");
                                  },
                              .stream_type = "application/vnd.amazon.eventstream",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder,
                              .locate = locate,
                              .authenticator = signing_authenticator};
  return kWire;
}

}  // namespace sloop::dialects::bedrock_converse
