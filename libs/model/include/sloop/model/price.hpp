// SPDX-License-Identifier: Apache-2.0
//
// What a call cost, in US dollars, by a table of list prices.
//
//   auto usd = cost_of("openai", reply.model, reply);
//
// The table is that of the day `price_date` says; `scripts/prices.py` writes it anew. Not for billing: discounts, batch
// and flex prices, audio and tools that the provider runs are not in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sloop/model/reply.hpp"

namespace sloop {

/// US dollars for a million tokens.
struct TokenPrices {
  double input = 0;
  double output = 0;
  /// Negative: as `input`.
  double cache_read = -1;
  double cache_write = -1;
};

struct Price {
  TokenPrices base = {};
  /// Beyond so many tokens of input, all tokens cost `above`; 0: never.
  std::int64_t threshold = 0;
  TokenPrices above = {};
};

/// `2026-08-21`
[[nodiscard]] std::string_view price_date();

/// By the provider's name in the table of providers, and the model's own name. Empty when it is not known.
[[nodiscard]] std::optional<Price> find_price(std::string_view provider, std::string_view model);

[[nodiscard]] double cost_of(const Price& price, const UsageSplit& usage);
/// What the provider itself says that the call cost (OpenRouter does), else by the table. Empty when neither knows.
[[nodiscard]] std::optional<double> cost_of(std::string_view provider, std::string_view model, const ModelReply& reply);

}  // namespace sloop
