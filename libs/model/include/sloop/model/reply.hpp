// SPDX-License-Identifier: Apache-2.0
//
// What a model answered: one message, why it ended, what it used.
#pragma once

#include <cstdint>
#include <map>
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

/// Whether a provider counts parts of the tokens beside `input` and `output` or inside them.
struct UsageConvention {
  /// `cached_input` and `cache_write` come on top of `input` (Anthropic, Bedrock).
  bool cache_beside_input = false;
  /// `reasoning` comes on top of `output` (Gemini).
  bool reasoning_beside_output = false;
  friend bool operator==(const UsageConvention&, const UsageConvention&) = default;
};

/// The same counts, split the same way for all providers; 0 where nothing was stated.
struct UsageSplit {
  std::int64_t input_total = 0;
  std::int64_t input_uncached = 0;
  std::int64_t cache_read = 0;
  std::int64_t cache_write = 0;
  std::int64_t output_total = 0;
  std::int64_t output_text = 0;
  std::int64_t output_reasoning = 0;
  friend bool operator==(const UsageSplit&, const UsageSplit&) = default;
};

[[nodiscard]] UsageSplit split(const Usage& usage, UsageConvention convention);

/// Something that the answer rests on, as the provider's search or documents gave it.
struct Source {
  std::string url = {};
  std::string title = {};
  /// The provider's id of it.
  std::string id = {};
  friend bool operator==(const Source&, const Source&) = default;
};

struct ModelReply {
  /// The answer; its role is `assistant`.
  Message message{.role = Role::assistant};
  FinishReason finish = FinishReason::other;
  /// The provider's own word for it; empty when it said none.
  std::string finish_raw = {};
  Usage usage = {};
  UsageConvention usage_convention = {};
  /// The provider's usage object as it was sent; null when there was none.
  Json provider_usage = nullptr;
  /// The model that answered, as the provider names it.
  std::string model = {};
  /// The provider's id of the answer.
  std::string id = {};
  /// The provider's id of the call, from the head of the answer: quote it when asking for support.
  std::string request_id = {};
  /// What the provider tells of its limits in the head of the answer (`x-ratelimit-remaining-requests`), names in lower
  /// case.
  std::map<std::string, std::string> rate_limits = {};
  std::vector<Source> sources = {};
  /// Log probabilities of the tokens as the provider sent them; null when it sent none.
  Json logprobs = nullptr;
  /// Settings of the request that this provider does not have, and unreadable parts of the stream that were passed
  /// over.
  std::vector<std::string> warnings = {};

  [[nodiscard]] std::string text() const { return message.text(); }
  [[nodiscard]] std::string reasoning() const;
  [[nodiscard]] std::vector<ToolCallPart> tool_calls() const;
};

}  // namespace sloop
