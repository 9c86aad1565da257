// SPDX-License-Identifier: Apache-2.0
//
// Whether texts are such that they should not be shown or answered.
//
//   auto reply = moderate("openai/omni-moderation-latest", {"I want to hurt them."});
//   reply->results[0].flagged;   // true
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

struct ModerationResult {
  /// Whether any category applies.
  bool flagged = false;
  /// By the provider's own names.
  std::map<std::string, bool> categories = {};
  /// 0 to 1.
  std::map<std::string, double> scores = {};
};

struct ModerationReply {
  /// One for each text, in their order.
  std::vector<ModerationResult> results = {};
  std::string model = {};
  Json provider_usage = nullptr;
};

/// One call. Errors as of `Model::complete`, `invalid_input` when there are no texts, and `unsupported` for providers
/// without (all but OpenAI, Mistral and servers that speak like them).
[[nodiscard]] Result<ModerationReply> moderate(std::string_view name, const std::vector<std::string>& texts,
                                               const ModelOptions& options = {}, const CallOptions& call = {});
[[nodiscard]] Result<ModerationReply> moderate(Dialect dialect, std::string_view model,
                                               const std::vector<std::string>& texts, const ModelOptions& options = {},
                                               const CallOptions& call = {});
[[nodiscard]] bool has_moderation(const Provider& provider);

}  // namespace sloop
