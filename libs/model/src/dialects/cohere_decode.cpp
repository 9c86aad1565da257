// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"
#include "sloop/model/dialects/cohere.hpp"

namespace sloop::dialects::cohere {
namespace {

FinishReason finish_of(std::string_view raw) {
  if (raw == "COMPLETE" || raw == "STOP_SEQUENCE") return FinishReason::stop;
  if (raw == "MAX_TOKENS") return FinishReason::length;
  if (raw == "TOOL_CALL") return FinishReason::tool_calls;
  if (raw == "ERROR_TOXIC") return FinishReason::content_filter;
  return FinishReason::other;
}

UsageUpdate usage_of(const Json& usage) {
  return {.usage = {.input = number_at(usage, {{"tokens", "input_tokens"}, {"billed_units", "input_tokens"}}),
                    .output = number_at(usage, {{"tokens", "output_tokens"}, {"billed_units", "output_tokens"}}),
                    .cached_input = number_at(usage, {{"cached_tokens"}}),
                    .reasoning = number_at(usage, {{"tokens", "reasoning_tokens"}})},
          .provider_usage = usage};
}

/// A stream's events name what a whole answer's members are: both end in the same calls.
class ChatReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view type, const Json& data) override {
    if (type == kWholeAnswer) return take_whole(data), Result<void>();
    const auto named = find_string(data, "type");
    const auto event = named.empty() ? type : named;
    const Json* message = find(data, {"delta", "message"});
    if (event == "message-start") {
      blocks().info(find_string(data, "id"), "");
    } else if (event == "content-start" || event == "content-delta") {
      if (const Json* content = message == nullptr ? nullptr : find(*message, "content")) take_content(*content);
    } else if (event == "tool-plan-delta") {
      if (message != nullptr) plan_ += find_string(*message, "tool_plan");
    } else if (event == "tool-call-start" || event == "tool-call-delta") {
      if (const Json* call = message == nullptr ? nullptr : find(*message, "tool_calls")) take_call_piece(*call);
    } else if (event == "tool-call-end") {
      end_call();
    } else if (event == "citation-start") {
      if (const Json* citation = message == nullptr ? nullptr : find(*message, "citations")) take_citation(*citation);
    } else if (event == "message-end") {
      if (const Json* delta = find(data, "delta")) return take_end(*delta);
    } else if (event != "content-end" && event != "citation-end") {
      blocks().emit(UnknownEvent{.data = data});
    }
    return {};
  }

  bool close() override {
    tell_plan();
    end_call();
    end_text();
    return blocks().finished();
  }

 private:
  void take_whole(const Json& data) {
    blocks().info(find_string(data, "id"), "");
    const Json* message = find(data, "message");
    if (message == nullptr) return;
    plan_ = find_string(*message, "tool_plan");
    if (const Json* content = find(*message, "content"); content != nullptr && content->is_string())
      blocks().add_text(BlockKind::text, content->get_string());
    for (const Json& part : array_at(*message, "content")) take_content(part);
    for (const Json& citation : array_at(*message, "citations")) take_citation(citation);
    for (const Json& call : array_at(*message, "tool_calls")) {
      end_call();
      take_call_piece(call);
    }
    (void)take_end(data);
  }

  Result<void> take_end(const Json& holder) {
    close();
    if (const Json* usage = find(holder, "usage"); usage != nullptr && usage->is_object())
      blocks().emit(usage_of(*usage));
    if (const auto raw = find_string(holder, "finish_reason"); !raw.empty()) blocks().finish(finish_of(raw), raw);
    if (const auto said = find_string(holder, "error"); !said.empty())
      return fail({.kind = ErrorKind::unavailable, .message = std::string(said), .status = 200});
    return {};
  }

  /// Text and thoughts; parts of other types are for the provider.
  void take_content(const Json& content) {
    const auto thought = find_string(content, "thinking");
    const auto text = find_string(content, "text");
    const auto kind = thought.empty() ? BlockKind::text : BlockKind::reasoning;
    if (thought.empty() && text.empty()) return;
    tell_plan();
    if (blocks().writing() && blocks().writing() != kind) end_text();
    blocks().add_text(kind, thought.empty() ? text : thought);
  }

  void take_citation(const Json& citation) {
    citations_.push_back(citation);
    for (const Json& source : array_at(citation, "sources")) blocks().emit(SourceFound{.source = source_of(source)});
  }

  static Source source_of(const Json& source) {
    Source out{.id = std::string(find_string(source, "id"))};
    if (const Json* document = find(source, "document")) {
      out.url = find_string(*document, "url");
      out.title = find_string(*document, "title");
    }
    return out;
  }

  void end_text() {
    BlockEnd end;
    if (blocks().writing() == BlockKind::text && !citations_.empty()) end.citations = std::exchange(citations_, {});
    blocks().end_text(std::move(end));
  }

  void tell_plan() {
    if (plan_.empty()) return;
    end_text();
    blocks().opaque(JsonObject{{"cohere", JsonObject{{"tool_plan", std::exchange(plan_, {})}}}});
  }

  void take_call_piece(const Json& call) {
    const Json* function = find(call, "function");
    if (function == nullptr) return;
    if (const auto name = find_string(*function, "name"); !name.empty()) {
      tell_plan();
      end_call();
      end_text();
      call_ = blocks().start(BlockKind::tool_call, find_string(call, "id"), name);
    }
    if (!call_.empty()) blocks().delta(call_, BlockKind::tool_call, find_string(*function, "arguments"));
  }

  void end_call() {
    if (!call_.empty()) blocks().end({.block = std::exchange(call_, {}), .kind = BlockKind::tool_call});
  }

  std::string plan_;
  std::string call_;
  JsonArray citations_;
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
  return sse_decoder(std::make_unique<ChatReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "cohere",
                              .path = [](std::string_view, bool) { return std::string("/v2/chat"); },
                              .stream_type = "text/event-stream",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::cohere
