// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"
#include "sloop/model/dialects/ollama.hpp"

namespace sloop::dialects::ollama {
namespace {

FinishReason finish_of(std::string_view raw) {
  if (raw == "stop") return FinishReason::stop;
  return raw == "length" ? FinishReason::length : FinishReason::other;
}

UsageUpdate usage_of(const Json& answer) {
  JsonObject provider;
  for (const auto key :
       {"prompt_eval_count", "eval_count", "total_duration", "load_duration", "prompt_eval_duration", "eval_duration"})
    if (const Json* count = find(answer, key)) provider[key] = *count;
  return {.usage = {.input = number_at(answer, {{"prompt_eval_count"}}), .output = number_at(answer, {{"eval_count"}})},
          .provider_usage = std::move(provider)};
}

/// Every line of a stream is an answer with a piece of the message.
class ChatReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view /*type*/, const Json& data) override {
    blocks().info("", find_string(data, "model"));
    if (const Json* message = find(data, "message")) take_message(*message, find_string(data, "created_at"));
    if (const auto& tokens = array_at(data, "logprobs"); !tokens.empty()) blocks().emit(Logprobs{.tokens = tokens});
    if (!flag_at(data, "done")) return {};
    if (const auto usage = usage_of(data); !usage.provider_usage.as_object().empty()) blocks().emit(usage);
    const auto raw = find_string(data, "done_reason");
    // Older servers give no reason.
    blocks().finish(raw.empty() ? FinishReason::stop : finish_of(raw), raw);
    return {};
  }

  bool close() override {
    blocks().end_text();
    return blocks().finished();
  }

 private:
  void take_message(const Json& message, std::string_view time) {
    blocks().add_text(BlockKind::reasoning, find_string(message, "thinking"));
    blocks().add_text(BlockKind::text, find_string(message, "content"));
    for (const Json& call : array_at(message, "tool_calls")) take_call(call, time);
  }

  void take_call(const Json& call, std::string_view time) {
    const Json* function = find(call, "function");
    if (function == nullptr) return;
    std::string id(find_string(call, "id"));
    // Older servers give none; the time makes it differ from those of other answers.
    if (id.empty()) id = "call_" + std::string(time) + "_" + std::to_string(calls_);
    ++calls_;
    const Json* arguments = find(*function, "arguments");
    std::string text;
    if (arguments != nullptr && arguments->is_string())
      text = arguments->get_string();
    else if (arguments != nullptr && !arguments->is_null())
      text = write_json(*arguments);
    blocks().call(id, find_string(*function, "name"), text);
  }

  int calls_ = 0;
};

}  // namespace

Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body) {
  std::vector<std::string> warnings;
  const auto json = answer_json(status, headers, body, warnings);
  if (!json) return fail(json.error());
  if (const Json* message = find(*json, "message"); message == nullptr || !message->is_object())
    return fail({.kind = ErrorKind::bad_reply,
                 .message = "the provider's answer (status " + std::to_string(status) +
                            ") holds no message; check the base URL",
                 .status = status});
  ChatReader reader;
  return read_whole(reader, *json, warnings);
}

std::unique_ptr<EventDecoder> event_decoder() {
  return ndjson_decoder(std::make_unique<ChatReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "ollama",
                              .path = [](std::string_view, bool) { return std::string("/api/chat"); },
                              .stream_type = "application/x-ndjson",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::ollama
