// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "answer.hpp"
#include "partial_arguments.hpp"
#include "sloop/model/dialects/gemini.hpp"

namespace sloop::dialects::gemini {
namespace {

FinishReason finish_of(std::string_view raw) {
  constexpr std::string_view kFiltered[] = {"SAFETY",      "RECITATION",      "BLOCKLIST",
                                            "SPII",        "IMAGE_SAFETY",    "PROHIBITED_CONTENT",
                                            "MODEL_ARMOR", "LANGUAGE",        "IMAGE_PROHIBITED_CONTENT",
                                            "JAILBREAK",   "IMAGE_RECITATION"};
  if (raw == "STOP") return FinishReason::stop;
  if (raw == "MAX_TOKENS") return FinishReason::length;
  return std::ranges::find(kFiltered, raw) != std::end(kFiltered) ? FinishReason::content_filter : FinishReason::other;
}

UsageUpdate usage_of(const JsonObject& usage) {
  return {.usage = {.input = number_at(usage, {{"promptTokenCount"}}),
                    .output = number_at(usage, {{"candidatesTokenCount"}}),
                    .cached_input = number_at(usage, {{"cachedContentTokenCount"}}),
                    .reasoning = number_at(usage, {{"thoughtsTokenCount"}})},
          .provider_usage = usage,
          .convention = {.reasoning_beside_output = true}};
}

/// What goes back with a part: the signature over it. Marks it as Gemini's own in any case.
ProviderData own_data(const Json& part) {
  JsonObject own;
  if (const auto signature = find_string(part, "thoughtSignature"); !signature.empty())
    own["thoughtSignature"] = signature;
  return JsonObject{{"gemini", std::move(own)}};
}

/// Turns the parts of the first candidate into blocks; a stream's chunks are answers with a few parts each.
class CandidateReader final : public AnswerReader {
 public:
  Result<void> take(std::string_view /*type*/, const Json& data) override {
    if (const auto id = find_string(data, "responseId"); !id.empty()) id_ = id;
    blocks().info(id_, find_string(data, "modelVersion"));
    for (const Json& candidate : array_at(data, "candidates"))
      if (number_at(candidate, {{"index"}}).value_or(0) == 0) take_candidate(candidate);
    if (const Json* feedback = find(data, "promptFeedback"))
      if (const auto blocked = find_string(*feedback, "blockReason"); !blocked.empty())
        blocks().finish(FinishReason::content_filter, blocked);
    take_usage(find(data, "usageMetadata"));
    return {};
  }

  bool close() override {
    end_call();
    blocks().end_text();
    return blocks().finished();
  }

 private:
  /// A call whose arguments come value by value.
  struct Call {
    std::string block;
    PartialArguments arguments;
    ProviderData data;
  };

  void take_candidate(const Json& candidate) {
    if (const Json* content = find(candidate, "content"))
      for (const Json& part : array_at(*content, "parts")) take_part(part);
    if (const Json* grounding = find(candidate, "groundingMetadata")) take_grounding(*grounding);
    if (const Json* logprobs = find(candidate, "logprobsResult"))
      blocks().emit(Logprobs{.tokens = array_at(*logprobs, "chosenCandidates")});
    const auto raw = find_string(candidate, "finishReason");
    if (raw.empty()) return;
    const auto finish = finish_of(raw);
    if (const auto said = find_string(candidate, "finishMessage"); finish == FinishReason::other && !said.empty())
      blocks().warn("the provider stopped (" + std::string(raw) + "): " + std::string(said));
    blocks().finish(finish, raw);
  }

  void take_part(const Json& part) {
    if (const Json* call = find(part, "functionCall")) return take_call(*call, part);
    end_call();
    const Json* text = find(part, "text");
    if (text == nullptr) return blocks().opaque(JsonObject{{"gemini", part}});
    if (!text->is_string()) return;
    take_text(flag_at(part, "thought") ? BlockKind::reasoning : BlockKind::text, text->get_string(), part);
  }

  /// A signature belongs to the part that it came with: that part is not joined with its neighbours.
  void take_text(BlockKind kind, std::string_view text, const Json& part) {
    const auto signature = find_string(part, "thoughtSignature");
    if (signature.empty()) return blocks().add_text(kind, text);
    const std::string block = blocks().start(kind);
    blocks().delta(block, kind, text);
    BlockEnd end{.block = block, .kind = kind, .provider_data = own_data(part)};
    if (kind == BlockKind::reasoning) end.signature = signature;
    blocks().end(std::move(end));
  }

  void take_call(const Json& call, const Json& part) {
    const bool goes_on = flag_at(call, "willContinue");
    const auto name = find_string(call, "name");
    if (!name.empty()) {
      end_call();
      begin_call(call, name, part);
    }
    if (!call_) return;
    if (const Json* arguments = find(call, "args"); arguments != nullptr && arguments->is_object())
      call_->arguments.set_all(arguments->get_object());
    for (const Json& piece : array_at(call, "partialArgs"))
      if (!call_->arguments.add(piece)) blocks().warn("a piece of a tool call's arguments has no readable path");
    if (!goes_on) end_call();
  }

  void begin_call(const Json& call, std::string_view name, const Json& part) {
    ProviderData data = own_data(part);
    std::string id(find_string(call, "id"));
    if (id.empty())
      id = "call_" + (id_.empty() ? "" : id_ + "_") + std::to_string(calls_);
    else
      data.as_object()["gemini"].as_object()["id"] = id;
    ++calls_;
    call_.emplace(
        Call{.block = blocks().start(BlockKind::tool_call, id, name), .arguments = {}, .data = std::move(data)});
  }

  void end_call() {
    if (!call_) return;
    blocks().delta(call_->block, BlockKind::tool_call, call_->arguments.text());
    blocks().end({.block = call_->block, .kind = BlockKind::tool_call, .provider_data = std::move(call_->data)});
    call_.reset();
  }

  void take_grounding(const Json& grounding) {
    for (const Json& chunk : array_at(grounding, "groundingChunks"))
      for (const auto kind : {"web", "retrievedContext", "maps"})
        if (const Json* source = find(chunk, kind))
          blocks().emit(SourceFound{.source = {.url = std::string(find_string(*source, "uri")),
                                               .title = std::string(find_string(*source, "title"))}});
  }

  /// Every chunk may tell the counts; some tell none of the tokens.
  void take_usage(const Json* usage) {
    if (usage == nullptr || !usage->is_object()) return;
    for (const auto& count : usage->get_object()) usage_[count.key()] = count.value();
    blocks().emit(usage_of(usage_));
  }

  std::string id_;
  JsonObject usage_;
  std::optional<Call> call_;
  int calls_ = 0;
};

}  // namespace

Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body) {
  std::vector<std::string> warnings;
  const auto json = answer_json(status, headers, body, warnings);
  if (!json) return fail(json.error());
  if (array_at(*json, "candidates").empty() && find(*json, "promptFeedback") == nullptr)
    return fail({.kind = ErrorKind::bad_reply,
                 .message = "the provider's answer (status " + std::to_string(status) +
                            ") holds no candidates; check the base URL",
                 .status = status});
  CandidateReader reader;
  return read_whole(reader, *json, warnings);
}

std::unique_ptr<EventDecoder> event_decoder() {
  return sse_decoder(std::make_unique<CandidateReader>());
}

const Wire& wire() {
  static constexpr Wire kWire{.name = "gemini",
                              .path =
                                  [](std::string_view model, bool stream) {
                                    const bool full = model.contains('/');
                                    return "/v1beta/" + std::string(full ? "" : "models/") + std::string(model) +
                                           (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
                                  },
                              .stream_type = "text/event-stream",
                              .encode = encode,
                              .decode_whole = decode_whole,
                              .event_decoder = event_decoder};
  return kWire;
}

}  // namespace sloop::dialects::gemini
