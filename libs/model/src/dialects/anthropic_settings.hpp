// SPDX-License-Identifier: Apache-2.0
//
// What a request to Anthropic asks for beside its messages, fitted to what the model takes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/model/request.hpp"

namespace sloop::dialects::anthropic {

[[nodiscard]] Json cache_control(const CachePoint& cache);
/// `max_tokens` of the request, else the most that the model writes.
[[nodiscard]] std::int64_t max_tokens_of(const ModelRequest& request, std::string_view model);
/// Adds tools, thinking, output, sampling and the rest to `body`; tells in `warnings` what is left out.
void add_settings(const ModelRequest& request, std::string_view model, JsonObject& body,
                  std::vector<std::string>& warnings);

}  // namespace sloop::dialects::anthropic
