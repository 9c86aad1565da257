// SPDX-License-Identifier: Apache-2.0
//
// How many tokens a request has, as its provider counts them, before it is sent.
//
//   auto tokens = count_tokens("anthropic/claude-haiku-4-5", {.messages = {Message::user("What is 1 + 1?")}});   // 16
#pragma once

#include <cstdint>
#include <string_view>

#include "sloop/model/model.hpp"

namespace sloop {

/// Input tokens, tools and system messages included. One call. Errors as of `Model::complete`, and `unsupported` for
/// providers that do not count (all but OpenAI Responses, Anthropic, Gemini and Bedrock).
[[nodiscard]] Result<std::int64_t> count_tokens(std::string_view name, const ModelRequest& request,
                                                const ModelOptions& options = {}, const CallOptions& call = {});
/// At any server that counts as `dialect`'s provider does.
[[nodiscard]] Result<std::int64_t> count_tokens(Dialect dialect, std::string_view model, const ModelRequest& request,
                                                const ModelOptions& options = {}, const CallOptions& call = {});
[[nodiscard]] bool has_token_count(const Provider& provider);

}  // namespace sloop
