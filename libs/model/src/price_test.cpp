// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/price.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(Price, models_are_found_by_name_and_by_pattern) {
  ASSERT_TRUE(find_price("openai", "gpt-4o"));
  EXPECT_DOUBLE_EQ(find_price("openai", "gpt-4o")->base.input, 2.5);
  EXPECT_DOUBLE_EQ(find_price("openai-chat", "gpt-4o-2024-08-06")->base.output, 10);
  EXPECT_DOUBLE_EQ(find_price("anthropic", "claude-sonnet-4-5-20250929")->base.input, 3);
  EXPECT_FALSE(find_price("openai", "no-such-model"));
  EXPECT_FALSE(find_price("nobody", "gpt-4o"));
  EXPECT_EQ(price_date().size(), 10u);
}

TEST(Price, cached_tokens_have_their_own_price) {
  const Price price{.base = {.input = 10, .output = 40, .cache_read = 1, .cache_write = 12.5}};
  const UsageSplit usage{.input_total = 3'000'000,
                         .input_uncached = 1'000'000,
                         .cache_read = 1'000'000,
                         .cache_write = 1'000'000,
                         .output_total = 1'000'000};
  EXPECT_DOUBLE_EQ(cost_of(price, usage), 10 + 1 + 12.5 + 40);
  EXPECT_DOUBLE_EQ(cost_of({.base = {.input = 10, .output = 40}}, usage), 30 + 40);
}

TEST(Price, a_long_input_costs_more_as_a_whole) {
  const Price price{.base = {.input = 1, .output = 2}, .threshold = 200'000, .above = {.input = 2, .output = 4}};
  EXPECT_DOUBLE_EQ(cost_of(price, {.input_total = 200'000, .input_uncached = 200'000, .output_total = 0}), 0.2);
  EXPECT_DOUBLE_EQ(cost_of(price, {.input_total = 300'000, .input_uncached = 300'000, .output_total = 100'000}), 1.0);
}

TEST(Price, what_the_provider_says_counts_first) {
  ModelReply reply{.usage = {.input = 1'000'000, .output = 0}, .model = "gpt-4o"};
  EXPECT_DOUBLE_EQ(cost_of("openai", "gpt-4o", reply).value(), 2.5);
  reply.provider_usage = JsonObject{{"cost", 0.125}};
  EXPECT_DOUBLE_EQ(cost_of("openrouter", "any", reply).value(), 0.125);
}

TEST(Price, tokens_that_are_counted_beside_are_paid_once) {
  // Anthropic counts what was cached beside the input, Gemini the thoughts beside the output.
  const ModelReply anthropic{.usage = {.input = 1'000'000, .output = 0, .cached_input = 1'000'000},
                             .usage_convention = {.cache_beside_input = true},
                             .model = "claude-sonnet-4-5"};
  const auto price = find_price("anthropic", "claude-sonnet-4-5").value();
  const auto& rates = price.threshold > 0 ? price.above : price.base;
  EXPECT_DOUBLE_EQ(cost_of("anthropic", "", anthropic).value(), rates.input + rates.cache_read);
}

}  // namespace
}  // namespace sloop
