// SPDX-License-Identifier: Apache-2.0
//
// The table of providers: a row says all that one differs in from the others of its wire format.
#pragma once

#include <span>
#include <string_view>

namespace sloop {

enum class Dialect { openai_chat };

struct Provider {
  /// The part before the slash in `openai/gpt-4o`.
  std::string_view name;
  Dialect dialect;
  std::string_view base_url;
  /// The variable that holds the key, and the one that replaces `base_url`.
  std::string_view key_variable;
  std::string_view base_url_variable;
};

[[nodiscard]] std::span<const Provider> providers() noexcept;
/// Null when there is none of that name.
[[nodiscard]] const Provider* find_provider(std::string_view name) noexcept;

}  // namespace sloop
