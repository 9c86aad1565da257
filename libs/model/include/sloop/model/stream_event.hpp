// SPDX-License-Identifier: Apache-2.0
//
// The events of a streamed reply: blocks with an id, each with a start, deltas and an end.
//
//   if (const auto* delta = event.text_delta()) std::cout << *delta;
//
// A whole reply is decoded to the same events, and both go through one fold, `ReplyFold`: they can't differ.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sloop/core/error.hpp"
#include "sloop/model/reply.hpp"

namespace sloop {

/// `opaque` blocks have no deltas; their end brings what only the provider understands.
enum class BlockKind { text, reasoning, tool_call, refusal, opaque };

/// A block begins. For tool calls `tool_id` and `tool_name` are known from here on.
struct BlockStart {
  /// Unique within the reply.
  std::string block = {};
  BlockKind kind = BlockKind::text;
  std::string tool_id = {};
  std::string tool_name = {};
};

/// More of a block: text, or the next piece of a tool call's arguments.
struct BlockDelta {
  std::string block = {};
  BlockKind kind = BlockKind::text;
  std::string text = {};
};

/// A block is complete. `provider_data`, `signature`, `encrypted`, `citations` are those of the part it becomes.
struct BlockEnd {
  std::string block = {};
  BlockKind kind = BlockKind::text;
  std::string signature = {};
  std::string encrypted = {};
  Json citations = nullptr;
  ProviderData provider_data = nullptr;
};

/// Token counts so far; the last one counts.
struct UsageUpdate {
  Usage usage = {};
  Json provider_usage = nullptr;
  UsageConvention convention = {};
};

/// A source of the answer was named.
struct SourceFound {
  Source source = {};
};

/// Log probabilities of more tokens, as the provider sent them: a list.
struct Logprobs {
  Json tokens = nullptr;
};

/// What becomes known about the reply: its id and model, and what the head of the answer tells. Empty: nothing new.
struct ReplyInfo {
  std::string id = {};
  std::string model = {};
  std::string request_id = {};
  std::map<std::string, std::string> rate_limits = {};
};

/// The model said why it stopped. Usage may still follow.
struct Finish {
  FinishReason reason = FinishReason::other;
  std::string raw = {};
};

/// Something was unreadable or not supported, and passed over.
struct Warning {
  std::string text = {};
};

/// An event that this version does not know, as it came.
struct UnknownEvent {
  Json data = nullptr;
};

struct StreamEvent {
  using Value = std::variant<BlockStart, BlockDelta, BlockEnd, UsageUpdate, SourceFound, Logprobs, ReplyInfo, Finish,
                             Warning, UnknownEvent>;
  Value value;

  /// The text of a delta of an answer's text; null for every other event.
  [[nodiscard]] const std::string* text_delta() const { return delta_of(BlockKind::text); }
  [[nodiscard]] const std::string* reasoning_delta() const { return delta_of(BlockKind::reasoning); }

 private:
  [[nodiscard]] const std::string* delta_of(BlockKind kind) const {
    const auto* delta = std::get_if<BlockDelta>(&value);
    return delta != nullptr && delta->kind == kind ? &delta->text : nullptr;
  }
};

/// The one way from events to a reply.
class ReplyFold {
 public:
  void add(const StreamEvent& event);
  /// What was understood so far; blocks without an end are kept as they are.
  [[nodiscard]] const ModelReply& reply() const { return reply_; }
  /// The finished reply. A plain stop with tool calls in it counts as `FinishReason::tool_calls`.
  [[nodiscard]] ModelReply take();

 private:
  struct Open {
    std::string block;
    std::size_t part;
  };
  [[nodiscard]] Part* part_of(std::string_view block);

  ModelReply reply_;
  std::vector<Open> open_;
};

/// One event as a JSON object for `sloop complete --stream`: {"type":"text_delta","block":"0","text":"..."}.
[[nodiscard]] Json to_neutral_json(const StreamEvent& event);

}  // namespace sloop
