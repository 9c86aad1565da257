// SPDX-License-Identifier: Apache-2.0
//
// The event that nearly every event of a Chat Completions stream is: one choice with a piece of text, and nothing else.
//
//   if (const auto delta = read_delta(event, unescaped)) add_text(delta->content);
//
// Events that say more (a tool call, usage, why it ended, an error) are not read here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sloop::dialects::openai_chat {

/// Views of the event, or of the buffer for what had escapes. Empty: not there.
struct Delta {
  std::string_view id;
  std::string_view model;
  std::string_view content;
  std::string_view reasoning;
  /// The member that held `reasoning`.
  std::string_view reasoning_field;
};

/// Nothing for an event that says, or may say, anything else: it is to be parsed. `unescaped` is a buffer.
[[nodiscard]] std::optional<Delta> read_delta(std::string_view event, std::string& unescaped);

}  // namespace sloop::dialects::openai_chat
