// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"
#include "openai_chat_delta.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects::openai_chat {
namespace {

FinishReason finish_of(std::string_view raw) {
  if (raw == "stop" || raw == "eos" || raw == "end_turn") return FinishReason::stop;
  if (raw == "length" || raw == "max_tokens" || raw == "model_length") return FinishReason::length;
  if (raw == "tool_calls" || raw == "function_call") return FinishReason::tool_calls;
  // The last one is Z.ai's.
  if (raw == "content_filter" || raw == "sensitive") return FinishReason::content_filter;
  return FinishReason::other;
}

UsageUpdate usage_of(const Json& usage) {
  return {.usage = {.input = number_at(usage, {{"prompt_tokens"}}),
                    .output = number_at(usage, {{"completion_tokens"}}),
                    .cached_input = number_at(usage, {{"prompt_tokens_details", "cached_tokens"},
                                                      {"prompt_cache_hit_tokens"},
                                                      {"num_cached_tokens"},
                                                      {"cached_tokens"},
                                                      {"cache_read_input_tokens"}}),
                    .cache_write = number_at(
                        usage, {{"prompt_tokens_details", "cache_write_tokens"}, {"cache_creation_input_tokens"}}),
                    .reasoning =
                        number_at(usage, {{"completion_tokens_details", "reasoning_tokens"}, {"reasoning_tokens"}})},
          .provider_usage = usage};
}

/// A streamed detail of reasoning comes in pieces: the next one of the same index and type continues the last.
void append_detail(JsonArray& details, const Json& piece) {
  const auto same = [&](std::string_view key) {
    const Json* mine = find(details.back(), key);
    const Json* other = find(piece, key);
    return (mine == nullptr) == (other == nullptr) && (mine == nullptr || *mine == *other);
  };
  if (details.empty() || !piece.is_object() || find(piece, "index") == nullptr || !same("index") || !same("type")) {
    details.push_back(piece);
    return;
  }
  JsonObject& last = details.back().as_object();
  for (const auto& member : piece.get_object()) {
    Json& mine = last[member.key()];
    const bool grows = member.key() == "text" || member.key() == "summary" || member.key() == "data";
    if (grows && mine.is_string() && member.value().is_string())
      mine.get_string() += member.value().get_string();
    else if (!member.value().is_null())
      mine = member.value();
  }
}

/// Turns the messages and deltas of the first choice into blocks.
class ChoiceReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view type, const Json& data) override {
    blocks().info(find_string(data, "id"), find_string(data, "model"));
    for (const Json& choice : array_at(data, "choices"))
      if (number_at(choice, {{"index"}}).value_or(0) == 0) take_choice(choice, type == kWholeAnswer);
    const Json* usage = find(data, "usage");
    if (usage == nullptr || !usage->is_object()) usage = find(data, {"x_groq", "usage"});
    if (usage != nullptr && usage->is_object()) blocks().emit(usage_of(*usage));
    for (const Json& url : array_at(data, "citations"))
      if (url.is_string()) blocks().emit(SourceFound{.source = {.url = std::string(url.get_string())}});
    return {};
  }

  bool take_text(std::string_view event) override {
    const auto delta = read_delta(event, unescaped_);
    if (!delta) return false;
    blocks().info(delta->id, delta->model);
    add_text(BlockKind::reasoning, delta->reasoning);
    if (!delta->reasoning.empty()) reasoning_field_ = delta->reasoning_field;
    add_text(BlockKind::text, delta->content);
    return true;
  }

  bool close() override {
    end_text();
    for (auto& call : calls_) {
      if (!call.started && (!call.name.empty() || !call.arguments.empty())) start(call);
      if (call.started && !call.ended)
        blocks().end({.block = call.block, .kind = BlockKind::tool_call, .provider_data = call.data});
      call.ended = true;
    }
    if (!media_.empty()) blocks().opaque(JsonObject{{"openai_chat", std::exchange(media_, {})}});
    return blocks().finished();
  }

 private:
  struct Call {
    std::string block;
    std::optional<std::int64_t> index;
    std::string id;
    std::string name;
    /// What came before the name was known.
    std::string arguments;
    ProviderData data = nullptr;
    bool started = false;
    bool ended = false;
  };

  /// A chunk of a stream holds a `delta`, a whole answer a `message`; some vendors send both.
  void take_choice(const Json& choice, bool whole) {
    const Json* content = find(choice, whole ? "message" : "delta");
    if (content != nullptr) take_content(*content);
    if (const Json* tokens = find(choice, {"logprobs", "content"}); tokens != nullptr && tokens->is_array())
      blocks().emit(Logprobs{.tokens = *tokens});
    // Moonshot tells it here.
    if (const Json* usage = find(choice, "usage"); usage != nullptr && usage->is_object())
      blocks().emit(usage_of(*usage));
    if (const auto raw = find_string(choice, "finish_reason"); !raw.empty()) blocks().finish(finish_of(raw), raw);
  }

  void take_content(const Json& content) {
    take_reasoning(content);
    if (const Json* text = find(content, "content")) take_text_value(*text);
    add_text(BlockKind::refusal, find_string(content, "refusal"));
    take_media(content);
    if (const auto& annotations = array_at(content, "annotations"); !annotations.empty()) take_annotations(annotations);
    const auto& calls = array_at(content, "tool_calls");
    std::int64_t position = 0;
    for (const Json& call : calls) take_call(call, position++, calls.size() > 1);
    if (const Json* call = find(content, "function_call"); call != nullptr && call->is_object())
      append_call(call_at(0, {}), find_string(*call, "name"), *call, "arguments");
  }

  /// Speech comes in pieces, images (of OpenRouter) in lists.
  void take_media(const Json& content) {
    for (const Json& image : array_at(content, "images")) {
      Json& list = media_["images"];
      if (!list.is_array()) list.emplace_array();
      list.get_array().push_back(image);
    }
    const Json* audio = find(content, "audio");
    if (audio == nullptr || !audio->is_object()) return;
    Json& mine = media_["audio"];
    if (!mine.is_object()) mine.emplace_object();
    for (const auto& member : audio->get_object()) {
      Json& value = mine.get_object()[member.key()];
      if (value.is_string() && member.value().is_string() && member.key() != "id")
        value.get_string() += member.value().get_string();
      else
        value = member.value();
    }
  }

  void take_annotations(const JsonArray& annotations) {
    citations_ = annotations;
    for (const Json& annotation : annotations)
      if (const Json* cited = find(annotation, "url_citation"))
        blocks().emit(SourceFound{.source = {.url = std::string(find_string(*cited, "url")),
                                             .title = std::string(find_string(*cited, "title"))}});
  }

  void take_text_value(const Json& text) {
    if (text.is_string()) return add_text(BlockKind::text, text.get_string());
    // Cloudflare parses an answer that was to be JSON.
    if (text.is_object()) return add_text(BlockKind::text, write_json(text));
    if (!text.is_array()) return;
    for (const Json& part : text.get_array()) {
      const auto type = find_string(part, "type");
      if (type != "thinking" && type != "reasoning") {
        add_text(BlockKind::text, find_string(part, "text"));
        continue;
      }
      // Mistral's `thinking` is a list, Databricks names it `summary`, others make it a text.
      for (const auto key : {"text", "thinking"}) add_text(BlockKind::reasoning, find_string(part, key));
      for (const auto key : {"thinking", "summary"})
        for (const Json& piece : array_at(part, key)) add_text(BlockKind::reasoning, find_string(piece, "text"));
    }
  }

  /// Vendors name it differently; OpenRouter sends the same text under two names at once.
  void take_reasoning(const Json& content) {
    const auto& details = array_at(content, "reasoning_details");
    bool told = false;
    for (const auto name : {"reasoning_content", "reasoning", "reasoning_text"}) {
      const auto text = find_string(content, name);
      if (text.empty() || told) continue;
      told = true;
      add_text(BlockKind::reasoning, text);
      reasoning_field_ = name;
    }
    for (const Json& detail : details) {
      if (!told) add_text(BlockKind::reasoning, find_string(detail, "text"));
      if (!told) add_text(BlockKind::reasoning, find_string(detail, "summary"));
      append_detail(details_, detail);
    }
  }

  void add_text(BlockKind kind, std::string_view text) {
    if (text.empty()) return;
    if (blocks().writing() && blocks().writing() != kind) end_text();
    blocks().add_text(kind, text);
  }

  /// Citations belong to the text, and what is to be sent back to the reasoning, that ends here.
  void end_text() {
    const auto kind = blocks().writing();
    // Encrypted details may come without any visible reasoning.
    if (!kind && !details_.empty()) return end_hidden_reasoning();
    BlockEnd end;
    if (kind == BlockKind::text) end.citations = std::exchange(citations_, nullptr);
    if (kind == BlockKind::reasoning) end.provider_data = reasoning_data();
    blocks().end_text(std::move(end));
  }

  void end_hidden_reasoning() {
    const std::string block = blocks().start(BlockKind::reasoning);
    blocks().end({.block = block, .kind = BlockKind::reasoning, .provider_data = reasoning_data()});
  }

  /// How this provider wants it back: under the name it came by, or as details.
  ProviderData reasoning_data() {
    JsonObject data;
    if (!details_.empty()) data["reasoning_details"] = std::exchange(details_, {});
    if (!reasoning_field_.empty()) data["field"] = std::exchange(reasoning_field_, {});
    if (data.empty()) return nullptr;
    return data;
  }

  void take_call(const Json& call, std::int64_t position, bool several) {
    const auto id = find_string(call, "id");
    auto index = number_at(call, {{"index"}});
    if (!index && (several || !id.empty())) index = position;
    Call& known = call_at(index, id);
    // Signatures that gateways to Gemini put beside the call.
    if (const Json* extra = find(call, "extra_content")) known.data = JsonObject{{"extra_content", *extra}};
    if (const Json* custom = find(call, "custom"))
      return append_call(known, find_string(*custom, "name"), *custom, "input");
    if (const Json* function = find(call, "function"))
      append_call(known, find_string(*function, "name"), *function, "arguments");
  }

  /// The call that a piece belongs to: by index, unless another id says that a new one begins; by id; else the last.
  Call& call_at(std::optional<std::int64_t> index, std::string_view id) {
    for (auto call = calls_.rbegin(); call != calls_.rend(); ++call) {
      const bool same_id = id.empty() || call->id.empty() || call->id == id;
      if (same_id && (!index || call->index == index || (!id.empty() && call->id == id))) {
        if (call->id.empty()) call->id = id;
        return *call;
      }
    }
    calls_.push_back({.index = index, .id = std::string(id)});
    return calls_.back();
  }

  void append_call(Call& call, std::string_view name, const Json& holder, std::string_view key) {
    if (!call.started) call.name += name;
    const Json* arguments = find(holder, key);
    std::string piece;
    if (arguments != nullptr && arguments->is_string()) piece = arguments->get_string();
    // Some servers send the arguments as JSON instead of as text.
    if (arguments != nullptr && arguments->is_object()) piece = write_json(*arguments);
    if (!call.started) {
      call.arguments += piece;
      if (!call.name.empty()) start(call);
    } else if (!piece.empty()) {
      blocks().delta(call.block, BlockKind::tool_call, piece);
    }
  }

  void start(Call& call) {
    end_text();
    call.started = true;
    call.block = blocks().start(BlockKind::tool_call, call.id, call.name);
    blocks().delta(call.block, BlockKind::tool_call, call.arguments);
    call.arguments.clear();
  }

  Json citations_ = nullptr;
  JsonArray details_;
  std::string reasoning_field_;
  JsonObject media_;
  std::vector<Call> calls_;
  std::string unescaped_;
};

}  // namespace

Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body) {
  std::vector<std::string> warnings;
  const auto json = answer_json(status, headers, body, warnings);
  if (!json) return fail(json.error());
  if (array_at(*json, "choices").empty())
    return fail({.kind = ErrorKind::bad_reply,
                 .message = "the provider's answer (status " + std::to_string(status) +
                            ") holds no choices; check the base URL",
                 .status = status});
  ChoiceReader reader;
  return read_whole(reader, *json, warnings);
}

std::unique_ptr<EventDecoder> event_decoder() {
  return sse_decoder(std::make_unique<ChoiceReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "openai-chat",
                              .path = [](std::string_view, bool) { return std::string("/chat/completions"); },
                              .stream_type = "text/event-stream",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::openai_chat
