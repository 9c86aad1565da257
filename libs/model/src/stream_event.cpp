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
                        [&](ToolCallPart& to) { to.provider_data = end.provider_data; }, [](auto&) {}},
             part);
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
                 },
                 [&](const ReplyInfo& info) {
                   if (!info.id.empty()) reply_.id = info.id;
                   if (!info.model.empty()) reply_.model = info.model;
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

std::string ModelReply::reasoning() const {
  std::string all;
  for (const Part& part : message.content)
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) all += reasoning->text;
  return all;
}

std::vector<ToolCallPart> ModelReply::tool_calls() const {
  std::vector<ToolCallPart> calls;
  for (const Part& part : message.content)
    if (const auto* call = std::get_if<ToolCallPart>(&part)) calls.push_back(*call);
  return calls;
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
          [](const ReplyInfo& info) { return Json{{"type", "reply"}, {"id", info.id}, {"model", info.model}}; },
          [](const Finish& finish) {
            return Json{{"type", "finish"}, {"finish", to_json(finish.reason)}, {"finish_raw", finish.raw}};
          },
          [](const Warning& warning) { return Json{{"type", "warning"}, {"text", warning.text}}; },
          [](const UnknownEvent& unknown) { return Json{{"type", "unknown"}, {"data", unknown.data}}; },
      },
      event.value);
}

}  // namespace sloop
