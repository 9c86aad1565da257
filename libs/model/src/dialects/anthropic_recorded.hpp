// SPDX-License-Identifier: Apache-2.0
//
// Recorded exchanges with Anthropic, for tests, and requests without what makes no difference.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"

namespace sloop::dialects::anthropic {

/// All recorded exchanges; empty when there are none here.
[[nodiscard]] std::vector<Json> recorded_rows();

void drop(JsonObject& object, std::string_view key);

/// The same block without what may be left out: nulls, the default lifetime of a cache, citations that there are none
/// of, a list around the text of a tool's result.
[[nodiscard]] Json plain_block(const Json& block);
/// Content as a list of plain blocks.
[[nodiscard]] Json plain_content(const Json& content);
/// A request without the difference between a default and its absence, and between the ways to write a text.
[[nodiscard]] Json plain_request(const JsonObject& body);

}  // namespace sloop::dialects::anthropic
