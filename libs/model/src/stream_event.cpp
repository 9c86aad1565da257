// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/stream_event.hpp"

#include <algorithm>

#include "sloop/core/reflect.hpp"

namespace sloop {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

Part empty_part(const BlockStart& start) {
  switch (start.kind) {
    case BlockKind::reasoning: return ReasoningPart{};
    case BlockKind::tool_call: return ToolCallPart{.id = start.tool_id, .name = start.tool_name};
    case BlockKind::refusal: return RefusalPart{};
    case BlockKind::opaque: return OpaquePart{};
    case BlockKind::text: break;
  }
  return TextPart{};
}

void append(Part& part, const std::string& text) {
  std::visit(Overloaded{[&](TextPart& to) { to.text += text; }, [&](ReasoningPart& to) { to.text += text; },
                        [&](RefusalPart& to) { to.text += text; }, [&](ToolCallPart& to) { to.arguments += text; },
                        [](auto&) {}},
             part);
}

void complete(Part& part, const BlockEnd& end) {
  std::visit(Overloaded{[&](TextPart& to) {
                          to.citations = end.citations;
                          to.provider_data = end.provider_data;
                        },
                        [&](ReasoningPart& to) {
                          to.signature = end.signature;
                          to.encrypted = end.encrypted;
                          to.provider_data = end.provider_data;
                        },
                        [&](ToolCallPart& to) { to.provider_data = end.provider_data; },
                        [&](OpaquePart& to) { to.provider_data = end.provider_data; }, [](auto&) {}},
             part);
}

void append_tokens(Json& all, const Json& tokens) {
  if (!tokens.is_array()) return;
  if (!all.is_array()) all = JsonArray();
  for (const Json& token : tokens.get_array()) all.get_array().push_back(token);
}

}  // namespace

Part* ReplyFold::part_of(std::string_view block) {
  const auto open = std::ranges::find(open_, block, &Open::block);
  return open == open_.end() ? nullptr : &reply_.message.content[open->part];
}

void ReplyFold::add(const StreamEvent& event) {
  std::visit(Overloaded{
                 [&](const BlockStart& start) {
                   open_.push_back({start.block, reply_.message.content.size()});
                   reply_.message.content.push_back(empty_part(start));
                 },
                 [&](const BlockDelta& delta) {
                   if (Part* part = part_of(delta.block)) append(*part, delta.text);
                 },
                 [&](const BlockEnd& end) {
                   if (Part* part = part_of(end.block)) complete(*part, end);
                   std::erase_if(open_, [&](const Open& open) { return open.block == end.block; });
                 },
                 [&](const UsageUpdate& update) {
                   reply_.usage = update.usage;
                   reply_.provider_usage = update.provider_usage;
                   reply_.usage_convention = update.convention;
                 },
                 [&](const SourceFound& found) {
                   if (std::ranges::find(reply_.sources, found.source) == reply_.sources.end())
                     reply_.sources.push_back(found.source);
                 },
                 [&](const Logprobs& more) { append_tokens(reply_.logprobs, more.tokens); },
                 [&](const ReplyInfo& info) {
                   if (!info.id.empty()) reply_.id = info.id;
                   if (!info.model.empty()) reply_.model = info.model;
                   if (!info.request_id.empty()) reply_.request_id = info.request_id;
                   if (!info.rate_limits.empty()) reply_.rate_limits = info.rate_limits;
                 },
                 [&](const Finish& finish) {
                   reply_.finish = finish.reason;
                   reply_.finish_raw = finish.raw;
                 },
                 [&](const Warning& warning) { reply_.warnings.push_back(warning.text); },
                 [](const UnknownEvent&) {},
             },
             event.value);
}

ModelReply ReplyFold::take() {
  if (reply_.finish == FinishReason::stop && !reply_.tool_calls().empty()) reply_.finish = FinishReason::tool_calls;
  open_.clear();
  return std::move(reply_);
}

Json to_neutral_json(const StreamEvent& event) {
  const auto name = [](BlockKind kind) { return std::string(name_of(kind)); };
  return std::visit(
      Overloaded{
          [&](const BlockStart& start) {
            JsonObject object{{"type", name(start.kind) + "_start"}, {"block", start.block}};
            if (start.kind == BlockKind::tool_call) {
              object["id"] = start.tool_id;
              object["name"] = start.tool_name;
            }
            return Json(object);
          },
          [&](const BlockDelta& delta) {
            return Json{{"type", name(delta.kind) + "_delta"}, {"block", delta.block}, {"text", delta.text}};
          },
          [&](const BlockEnd& end) { return Json{{"type", name(end.kind) + "_end"}, {"block", end.block}}; },
          [](const UsageUpdate& update) { return Json{{"type", "usage"}, {"usage", to_json(update.usage)}}; },
          [](const SourceFound& found) { return Json{{"type", "source"}, {"source", to_json(found.source)}}; },
          [](const Logprobs& more) { return Json{{"type", "logprobs"}, {"tokens", more.tokens}}; },
          [](const ReplyInfo& info) {
            JsonObject object{{"type", "reply"}, {"id", info.id}, {"model", info.model}};
            if (!info.request_id.empty()) object["request_id"] = info.request_id;
            if (!info.rate_limits.empty()) object["rate_limits"] = to_json(info.rate_limits);
            return Json(object);
          },
          [](const Finish& finish) {
            return Json{{"type", "finish"}, {"finish", to_json(finish.reason)}, {"finish_raw", finish.raw}};
          },
          [](const Warning& warning) { return Json{{"type", "warning"}, {"text", warning.text}}; },
          [](const UnknownEvent& unknown) { return Json{{"type", "unknown"}, {"data", unknown.data}}; },
      },
      event.value);
}

}  // namespace sloop
