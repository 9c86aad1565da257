// SPDX-License-Identifier: Apache-2.0
//
// What a model of Anthropic's accepts, by its name: `claude-sonnet-4-5-20250929`, `anthropic/claude-opus-4.6`,
// `claude-3-7-sonnet@20250219`. A Claude of a version not known here is taken for one like the newest.
#pragma once

#include <cstdint>
#include <string_view>

namespace sloop::dialects::anthropic {

/// How a model is told to think: not at all, by a budget of tokens, or by an effort.
enum class Thinking { none, budget, adaptive };

struct ModelTraits {
  /// The most tokens that it writes.
  std::int64_t max_output = 8192;
  Thinking thinking = Thinking::budget;
  /// The `type` of thinking that turns it off; empty: it can't be, or needs not be, turned off.
  std::string_view thinking_off = "disabled";
  /// It thinks whatever it is told.
  bool always_thinks = false;
  /// Takes `temperature`, `top_p` and `top_k`.
  bool takes_sampling = true;
  /// Takes `temperature` and `top_p` together.
  bool takes_both = true;
};

[[nodiscard]] ModelTraits traits_of(std::string_view model);

}  // namespace sloop::dialects::anthropic
