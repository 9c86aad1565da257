// SPDX-License-Identifier: Apache-2.0
//
// What a model answered: one message, why it ended, what it used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/message.hpp"

namespace sloop {

/// Why the model stopped, in one vocabulary for all providers.
enum class FinishReason { stop, length, tool_calls, content_filter, other };

/// Token counts as the provider states them; what it does not state stays empty.
struct Usage {
  std::optional<std::int64_t> input = {};
  std::optional<std::int64_t> output = {};
  std::optional<std::int64_t> cached_input = {};
  std::optional<std::int64_t> cache_write = {};
  /// Part of `output` with most providers.
  std::optional<std::int64_t> reasoning = {};
  friend bool operator==(const Usage&, const Usage&) = default;
};

struct ModelReply {
  /// The answer; its role is `assistant`.
  Message message{.role = Role::assistant};
  FinishReason finish = FinishReason::other;
  /// The provider's own word for it; empty when it said none.
  std::string finish_raw = {};
  Usage usage = {};
  /// The provider's usage object as it was sent; null when there was none.
  Json provider_usage = nullptr;
  /// The model that answered, as the provider names it.
  std::string model = {};
  /// The provider's id of the answer.
  std::string id = {};
  /// Settings of the request that this provider does not have, and unreadable parts of the stream that were passed
  /// over.
  std::vector<std::string> warnings = {};

  [[nodiscard]] std::string text() const { return message.text(); }
  [[nodiscard]] std::string reasoning() const;
  [[nodiscard]] std::vector<ToolCallPart> tool_calls() const;
};

}  // namespace sloop
