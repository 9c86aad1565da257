// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "answer.hpp"
#include "sloop/model/dialects/openai_responses.hpp"

namespace sloop::dialects::openai_responses {
namespace {

UsageUpdate usage_of(const Json& usage) {
  return {.usage = {.input = number_at(usage, {{"input_tokens"}}),
                    .output = number_at(usage, {{"output_tokens"}}),
                    .cached_input = number_at(usage, {{"input_tokens_details", "cached_tokens"}}),
                    .cache_write = number_at(usage, {{"input_tokens_details", "cache_write_tokens"}}),
                    .reasoning = number_at(usage, {{"output_tokens_details", "reasoning_tokens"}})},
          .provider_usage = usage};
}

/// What goes back with the part: `item` under this dialect's name.
ProviderData data_with(Json item) {
  return JsonObject{{"openai_responses", std::move(item)}};
}

/// A message's own id and phase; its content is in the part.
Json message_facts(const Json& item) {
  JsonObject facts;
  for (const auto key : {"id", "phase"})
    if (const Json* value = find(item, key); value != nullptr && value->is_string()) facts[key] = *value;
  return facts;
}

/// Turns the output items of a response into blocks, whether they come in pieces or whole.
class ItemReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view type, const Json& data) override {
    if (type == kWholeAnswer) return take_response(data);
    if (const auto own = find_string(data, "type"); !own.empty()) type = own;
    if (type == "error") return fail(error_in(200, {}, data));
    if (const Json* response = find(data, "response"); response != nullptr && type.starts_with("response."))
      return take_lifecycle(type, *response);
    const auto index = number_at(data, {{"output_index"}});
    if (!index || !take_piece(type, *index, data)) blocks().emit(UnknownEvent{.data = data});
    return {};
  }

  bool close() override {
    for (auto& [index, item] : items_) end(item, nullptr);
    return blocks().finished();
  }

 private:
  /// A block of an item: one for each content part of a message, one for every other item.
  struct Piece {
    std::string block;
    BlockKind kind = BlockKind::text;
    /// How much of the text was told.
    std::size_t told = 0;
    JsonArray annotations;
    bool ended = false;
  };
  struct Item {
    std::map<std::int64_t, Piece> pieces;
    std::string call_id;
    std::string name;
    bool ended = false;
  };

  // ---- the response

  Result<void> take_lifecycle(std::string_view type, const Json& response) {
    const bool last = type == "response.completed" || type == "response.incomplete" || type == "response.failed";
    if (last) return take_response(response);
    blocks().info(find_string(response, "id"), find_string(response, "model"));
    return {};
  }

  /// A whole answer, or the summary at the end of a stream: what was told is not told again.
  Result<void> take_response(const Json& response) {
    blocks().info(find_string(response, "id"), find_string(response, "model"));
    std::int64_t index = 0;
    for (const Json& item : array_at(response, "output")) end_item(index++, item);
    if (const Json* usage = find(response, "usage"); usage != nullptr && usage->is_object())
      blocks().emit(usage_of(*usage));
    const auto status = find_string(response, "status");
    if (status == "failed") return fail(error_in(200, {}, response));
    take_status(status, response);
    return {};
  }

  void take_status(std::string_view status, const Json& response) {
    const Json* details = find(response, "incomplete_details");
    const auto reason = details == nullptr ? std::string_view() : find_string(*details, "reason");
    if (status == "completed") return blocks().finish(FinishReason::stop, status);
    if (reason == "max_output_tokens") return blocks().finish(FinishReason::length, reason);
    if (reason == "content_filter") return blocks().finish(FinishReason::content_filter, reason);
    blocks().finish(FinishReason::other, reason.empty() ? status : reason);
  }

  // ---- pieces of items

  /// Whether the event is known.
  bool take_piece(std::string_view type, std::int64_t index, const Json& data) {
    const auto part = number_at(data, {{"content_index"}}).value_or(0);
    const Json* item = find(data, "item");
    if (type == "response.output_item.added") return item != nullptr && begin_item(index, *item);
    if (type == "response.output_item.done") return item != nullptr && end_item(index, *item);
    if (type == "response.output_text.delta") {
      if (const auto& tokens = array_at(data, "logprobs"); !tokens.empty()) blocks().emit(Logprobs{.tokens = tokens});
      return add(index, part, BlockKind::text, find_string(data, "delta"));
    }
    if (type == "response.refusal.delta") return add(index, part, BlockKind::refusal, find_string(data, "delta"));
    if (type == "response.reasoning_summary_text.delta" || type == "response.reasoning_text.delta")
      return add(index, 0, BlockKind::reasoning, find_string(data, "delta"));
    if (type == "response.function_call_arguments.delta" || type == "response.custom_tool_call_input.delta")
      return add(index, 0, BlockKind::tool_call, find_string(data, "delta"));
    if (type == "response.output_text.annotation.added") return annotate(index, part, data);
    // Some servers tell a text only here.
    if (type == "response.output_text.done") return complete(index, part, BlockKind::text, find_string(data, "text"));
    if (type == "response.refusal.done") return complete(index, part, BlockKind::refusal, find_string(data, "refusal"));
    return type.starts_with("response.content_part.") || type.starts_with("response.reasoning_summary_part.") ||
           type.ends_with("_text.done") || type == "response.function_call_arguments.done" ||
           type == "response.custom_tool_call_input.done";
  }

  bool begin_item(std::int64_t index, const Json& json) {
    Item& item = items_[index];
    item.call_id = find_string(json, "call_id");
    item.name = find_string(json, "name");
    const auto type = find_string(json, "type");
    if (type == "function_call" || type == "custom_tool_call") piece_of(item, 0, BlockKind::tool_call);
    return true;
  }

  bool complete(std::int64_t index, std::int64_t part, BlockKind kind, std::string_view text) {
    Item& item = items_[index];
    if (!item.ended && !text.empty()) tell_rest(item, part, kind, text);
    return true;
  }

  bool add(std::int64_t index, std::int64_t part, BlockKind kind, std::string_view text) {
    // A call without a beginning is told when it is whole: its name comes last.
    if (kind == BlockKind::tool_call && items_[index].name.empty()) return true;
    Piece& piece = piece_of(items_[index], part, kind);
    piece.told += text.size();
    blocks().delta(piece.block, kind, text);
    return true;
  }

  bool annotate(std::int64_t index, std::int64_t part, const Json& data) {
    const Json* annotation = find(data, "annotation");
    if (annotation == nullptr) return false;
    piece_of(items_[index], part, BlockKind::text).annotations.push_back(*annotation);
    tell_source(*annotation);
    return true;
  }

  void tell_source(const Json& annotation) {
    Source source{.url = std::string(find_string(annotation, "url")),
                  .title = std::string(find_string(annotation, "title")),
                  .id = std::string(find_string(annotation, "file_id"))};
    if (source.title.empty()) source.title = find_string(annotation, "filename");
    if (!source.url.empty() || !source.id.empty()) blocks().emit(SourceFound{.source = std::move(source)});
  }

  Piece& piece_of(Item& item, std::int64_t part, BlockKind kind) {
    Piece& piece = item.pieces[part];
    if (!piece.block.empty()) return piece;
    piece.kind = kind;
    piece.block = blocks().start(kind, item.call_id, item.name);
    return piece;
  }

  // ---- whole items

  /// Tells what was not told yet, and ends the item.
  bool end_item(std::int64_t index, const Json& json) {
    Item& item = items_[index];
    if (item.ended) return true;
    const auto type = find_string(json, "type");
    if (type == "message") {
      end_message(item, json);
    } else if (type == "reasoning") {
      end_reasoning(item, json);
    } else if (type == "function_call" || type == "custom_tool_call") {
      item.call_id = find_string(json, "call_id");
      item.name = find_string(json, "name");
      tell_rest(item, 0, BlockKind::tool_call, find_string(json, type == "function_call" ? "arguments" : "input"));
      end(item, data_with(call_facts(json, type)));
    } else {
      blocks().opaque(data_with(json));
      item.ended = true;
    }
    return true;
  }

  static Json call_facts(const Json& json, std::string_view type) {
    JsonObject facts{{"type", type}};
    for (const auto key : {"id", "namespace", "caller"})
      if (const Json* value = find(json, key); value != nullptr && !value->is_null()) facts[key] = *value;
    return facts;
  }

  void end_message(Item& item, const Json& json) {
    std::int64_t part = 0;
    for (const Json& content : array_at(json, "content")) {
      const bool refused = find_string(content, "type") == "refusal";
      tell_rest(item, part, refused ? BlockKind::refusal : BlockKind::text,
                find_string(content, refused ? "refusal" : "text"));
      Piece& piece = item.pieces[part++];
      if (piece.annotations.empty())
        for (const Json& annotation : array_at(content, "annotations")) {
          piece.annotations.push_back(annotation);
          tell_source(annotation);
        }
    }
    end(item, data_with(message_facts(json)));
  }

  void end_reasoning(Item& item, const Json& json) {
    std::string text;
    for (const Json& summary : array_at(json, "summary")) text += find_string(summary, "text");
    for (const Json& thought : array_at(json, "content")) text += find_string(thought, "text");
    tell_rest(item, 0, BlockKind::reasoning, text);
    encrypted_ = find_string(json, "encrypted_content");
    end(item, data_with(json));
    encrypted_.clear();
  }

  void tell_rest(Item& item, std::int64_t part, BlockKind kind, std::string_view text) {
    Piece& piece = piece_of(item, part, kind);
    if (text.size() <= piece.told) return;
    blocks().delta(piece.block, kind, text.substr(piece.told));
    piece.told = text.size();
  }

  void end(Item& item, const ProviderData& data) {
    if (item.ended) return;
    item.ended = true;
    for (auto& [part, piece] : item.pieces) {
      BlockEnd end{.block = piece.block, .kind = piece.kind, .encrypted = encrypted_, .provider_data = data};
      if (!piece.annotations.empty()) end.citations = std::move(piece.annotations);
      blocks().end(std::move(end));
    }
  }

  std::map<std::int64_t, Item> items_;
  std::string encrypted_;
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
  ItemReader reader;
  return read_whole(reader, *json, warnings);
}

std::unique_ptr<EventDecoder> event_decoder() {
  return sse_decoder(std::make_unique<ItemReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "openai-responses",
                              .path = [](std::string_view, bool) { return std::string("/responses"); },
                              .stream_type = "text/event-stream",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::openai_responses
