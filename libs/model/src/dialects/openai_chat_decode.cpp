// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sloop/core/json.hpp"
#include "sloop/http/retry.hpp"
#include "sloop/http/sse.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects::openai_chat {
namespace {

FinishReason finish_of(std::string_view raw) {
  if (raw == "stop" || raw == "eos" || raw == "end_turn") return FinishReason::stop;
  if (raw == "length" || raw == "max_tokens") return FinishReason::length;
  if (raw == "tool_calls" || raw == "function_call") return FinishReason::tool_calls;
  if (raw == "content_filter") return FinishReason::content_filter;
  return FinishReason::other;
}

/// The first of the paths that holds a number.
std::optional<std::int64_t> number_at(const Json& usage,
                                      std::initializer_list<std::initializer_list<std::string_view>> paths) {
  for (const auto& path : paths) {
    const Json* value = find(usage, path);
    if (value == nullptr || !value->is_number()) continue;
    boost::system::error_code error;
    const auto number = value->to_number<std::int64_t>(error);
    if (!error) return number;
  }
  return std::nullopt;
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

/// The vendor's own words in an error body, wherever this vendor puts them.
std::string_view message_in(const Json& body) {
  if (body.is_string()) return body.get_string();
  if (body.is_array()) return body.get_array().empty() ? std::string_view() : message_in(body.get_array().front());
  for (const auto path : {std::initializer_list<std::string_view>{"error", "message"},
                          {"error", "error"},
                          {"error"},
                          {"message"},
                          {"Message"},
                          {"detail"},
                          {"msg"}}) {
    const Json* value = find(body, path);
    if (value == nullptr) continue;
    if (value->is_string() && !value->get_string().empty()) return value->get_string();
    if (value->is_array() && !message_in(*value).empty()) return message_in(*value);
  }
  return {};
}

/// `code` of the error where it is a name, else `type`.
std::string_view code_in(const Json& body) {
  const Json* error = find(body, "error");
  if (error == nullptr) return {};
  const auto code = find_string(*error, "code");
  return code.empty() ? find_string(*error, "type") : code;
}

/// The status that an error inside an answer of 200 names, else that of the answer.
int status_in(const Json& body, int status) {
  for (const auto path : {std::initializer_list<std::string_view>{"error", "code"},
                          {"error", "status_code"},
                          {"code"},
                          {"status_code"}}) {
    const Json* value = find(body, path);
    if (status >= 400 || value == nullptr) continue;
    if (value->is_int64() && value->get_int64() >= 400 && value->get_int64() < 600)
      return static_cast<int>(value->get_int64());
  }
  return status;
}

ErrorKind kind_in(int status, std::string_view code) {
  if (code == "context_length_exceeded" || code == "string_above_max_length") return ErrorKind::too_large;
  if (code == "model_not_found") return ErrorKind::not_found;
  if (code == "invalid_api_key") return ErrorKind::unauthenticated;
  if (code == "rate_limit_exceeded") return ErrorKind::rate_limited;
  if (code == "server_error") return ErrorKind::unavailable;
  return kind_of_status(status);
}

Error error_of(int status, const Headers& headers, const Json& body) {
  const int named = status_in(body, status);
  const auto code = code_in(body);
  const auto said = message_in(body);
  return {.kind = kind_in(named, code),
          .message = said.empty() ? "the provider answered status " + std::to_string(named) + " without a message"
                                  : std::string(said),
          .status = named,
          .retry_after = http::retry_after(headers, std::chrono::system_clock::now()),
          .code = std::string(code)};
}

bool looks_like_html(std::string_view body) {
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && body[begin] == '<';
}

bool is_error(const Json& body) {
  const Json* error = find(body, "error");
  return error != nullptr && !error->is_null() && !(error->is_string() && error->get_string().empty());
}

/// Turns the messages and deltas of the first choice into blocks.
class ChoiceReader {
 public:
  explicit ChoiceReader(std::vector<StreamEvent>*& out) : out_(out) {}

  /// A chunk of a stream (`delta`) or a whole answer (`message`).
  void take(const Json& body, std::string_view content_key) {
    take_info(body);
    const Json* choices = find(body, "choices");
    if (choices != nullptr && choices->is_array())
      for (const Json& choice : choices->get_array()) {
        const Json* index = find(choice, "index");
        if (index != nullptr && index->is_int64() && index->get_int64() != 0) continue;
        if (const Json* content = find(choice, content_key)) take_content(*content);
        if (const auto raw = find_string(choice, "finish_reason"); !raw.empty()) take_finish(raw);
      }
    const Json* usage = find(body, "usage");
    if (usage == nullptr || !usage->is_object()) usage = find(body, {"x_groq", "usage"});
    if (usage != nullptr && usage->is_object()) emit(usage_of(*usage));
  }

  [[nodiscard]] bool finished() const { return finished_; }

  void close_all() {
    close_text();
    for (auto& call : calls_) {
      if (!call.started && (!call.name.empty() || !call.arguments.empty())) start(call);
      if (call.started && !call.ended)
        emit(BlockEnd{.block = call.block, .kind = BlockKind::tool_call, .citations = nullptr});
      call.ended = true;
    }
  }

 private:
  struct Call {
    std::string block;
    std::optional<std::int64_t> index;
    std::string id;
    std::string name;
    /// What came before the name was known.
    std::string arguments;
    bool started = false;
    bool ended = false;
  };

  template <class Event>
  void emit(Event event) {
    out_->push_back({.value = std::move(event)});
  }

  void take_info(const Json& body) {
    const auto id = find_string(body, "id");
    const auto model = find_string(body, "model");
    if (id == id_ && model == model_) return;
    id_ = id;
    model_ = model;
    emit(ReplyInfo{.id = id_, .model = model_});
  }

  void take_finish(std::string_view raw) {
    if (finished_) return;
    finished_ = true;
    emit(Finish{.reason = finish_of(raw), .raw = std::string(raw)});
  }

  void take_content(const Json& content) {
    take_reasoning(content);
    if (const Json* text = find(content, "content")) take_text_value(*text);
    add_text(BlockKind::refusal, find_string(content, "refusal"));
    if (const Json* annotations = find(content, "annotations");
        annotations != nullptr && annotations->is_array() && !annotations->get_array().empty())
      citations_ = *annotations;
    if (const Json* calls = find(content, "tool_calls"); calls != nullptr && calls->is_array()) {
      std::int64_t position = 0;
      for (const Json& call : calls->get_array()) take_call(call, position++, calls->get_array().size() > 1);
    }
    if (const Json* call = find(content, "function_call"); call != nullptr && call->is_object())
      append_call(call_at(0, {}), find_string(*call, "name"), *call, "arguments");
  }

  void take_text_value(const Json& text) {
    if (text.is_string()) return add_text(BlockKind::text, text.get_string());
    if (!text.is_array()) return;
    for (const Json& part : text.get_array()) {
      if (find_string(part, "type") == "thinking" || find_string(part, "type") == "reasoning") {
        if (const Json* thinking = find(part, "thinking"); thinking != nullptr && thinking->is_array())
          for (const Json& piece : thinking->get_array()) add_text(BlockKind::reasoning, find_string(piece, "text"));
        else
          add_text(BlockKind::reasoning, find_string(part, "text"));
      } else {
        add_text(BlockKind::text, find_string(part, "text"));
      }
    }
  }

  /// Vendors name it differently; OpenRouter sends the same text under two names at once.
  void take_reasoning(const Json& content) {
    for (const auto name : {"reasoning_content", "reasoning"})
      if (const auto text = find_string(content, name); !text.empty()) return add_text(BlockKind::reasoning, text);
    const Json* details = find(content, "reasoning_details");
    if (details == nullptr || !details->is_array()) return;
    for (const Json& detail : details->get_array()) {
      add_text(BlockKind::reasoning, find_string(detail, "text"));
      add_text(BlockKind::reasoning, find_string(detail, "summary"));
    }
  }

  void add_text(BlockKind kind, std::string_view text) {
    if (text.empty()) return;
    if (!open_text_ || open_text_->kind != kind) {
      close_text();
      open_text_ = BlockStart{.block = next_block(), .kind = kind};
      emit(*open_text_);
    }
    emit(BlockDelta{.block = open_text_->block, .kind = kind, .text = std::string(text)});
  }

  void close_text() {
    if (!open_text_) return;
    Json citations = open_text_->kind == BlockKind::text ? std::exchange(citations_, nullptr) : Json();
    emit(BlockEnd{.block = open_text_->block, .kind = open_text_->kind, .citations = std::move(citations)});
    open_text_.reset();
  }

  std::string next_block() { return std::to_string(blocks_++); }

  void take_call(const Json& call, std::int64_t position, bool several) {
    const auto id = find_string(call, "id");
    std::optional<std::int64_t> index;
    if (const Json* number = find(call, "index"); number != nullptr && number->is_int64())
      index = number->get_int64();
    else if (several || !id.empty())
      index = position;
    Call& known = call_at(index, id);
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
    calls_.push_back({.block = next_block(), .index = index, .id = std::string(id)});
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
      emit(BlockDelta{.block = call.block, .kind = BlockKind::tool_call, .text = std::move(piece)});
    }
  }

  void start(Call& call) {
    close_text();
    call.started = true;
    emit(BlockStart{.block = call.block, .kind = BlockKind::tool_call, .tool_id = call.id, .tool_name = call.name});
    if (!call.arguments.empty())
      emit(BlockDelta{.block = call.block, .kind = BlockKind::tool_call, .text = std::move(call.arguments)});
  }

  std::vector<StreamEvent>*& out_;
  std::string id_;
  std::string model_;
  std::optional<BlockStart> open_text_;
  Json citations_ = nullptr;
  std::vector<Call> calls_;
  std::size_t blocks_ = 0;
  bool finished_ = false;
};

class StreamDecoder final : public EventDecoder {
 public:
  Result<void> feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
    out_ = &out;
    sse_.feed(bytes);
    return take_events();
  }

  Result<void> finish(std::vector<StreamEvent>& out) override {
    out_ = &out;
    sse_.finish();
    if (auto taken = take_events(); !taken) return taken;
    reader_.close_all();
    if (done_ || reader_.finished()) return {};
    if (!any_) return fail(ErrorKind::bad_reply, "the provider's stream holds no event");
    return fail(ErrorKind::bad_reply, "the provider's stream was cut off before its end");
  }

 private:
  Result<void> take_events() {
    if (failure_) return fail(*failure_);
    while (const auto event = sse_.next()) {
      if (event->data == "[DONE]") {
        any_ = done_ = true;
        continue;
      }
      const auto body = parse_json(event->data);
      if (!body)
        return remember({.kind = ErrorKind::bad_reply,
                         .message = "an event of the provider's stream is no JSON: " + body.error().message,
                         .status = 200});
      any_ = true;
      if (is_error(*body) || event->type == "error") {
        reader_.close_all();
        return remember(error_of(200, {}, *body));
      }
      reader_.take(*body, "delta");
    }
    return {};
  }

  std::unexpected<Error> remember(Error error) {
    failure_ = error;
    return fail(std::move(error));
  }

  http::SseDecoder sse_;
  std::vector<StreamEvent>* out_ = nullptr;
  ChoiceReader reader_{out_};
  std::optional<Error> failure_;
  bool any_ = false;
  bool done_ = false;
};

}  // namespace

Error decode_error(int status, const Headers& headers, std::string_view body) {
  if (const auto json = parse_json(body)) return error_of(status, headers, *json);
  Error error = error_of(status, headers, nullptr);
  if (looks_like_html(body)) {
    error.message = "the provider answered status " + std::to_string(status) + " with an HTML page; check the base URL";
  } else if (!body.empty()) {
    error.message = body;
  }
  return error;
}

Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body) {
  if (status >= 400) return fail(decode_error(status, headers, body));
  const auto bad = [&](std::string message) {
    return fail(Error{.kind = ErrorKind::bad_reply, .message = std::move(message), .status = status});
  };
  if (looks_like_html(body)) return bad("the provider answered an HTML page instead of JSON; check the base URL");
  const auto json = parse_json(body);
  if (!json) return bad("the provider's answer is no JSON: " + json.error().message);
  if (is_error(*json)) return fail(error_of(status, headers, *json));
  const Json* choices = find(*json, "choices");
  if (choices == nullptr || !choices->is_array() || choices->get_array().empty())
    return bad("the provider's answer (status " + std::to_string(status) + ") holds no choices; check the base URL");
  std::vector<StreamEvent> events;
  auto* out = &events;
  ChoiceReader reader(out);
  reader.take(*json, "message");
  reader.close_all();
  return events;
}

std::unique_ptr<EventDecoder> event_decoder() {
  return std::make_unique<StreamDecoder>();
}

const Wire& wire() {
  static constexpr Wire kWire{
      .path = "/chat/completions", .encode = encode, .decode_whole = decode_whole, .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::openai_chat
