// SPDX-License-Identifier: Apache-2.0
//
// Makes strings of `$json`, `$base64` and `$gzip`.
#pragma once

#include <string>
#include <string_view>

#include "sloop/core/json.hpp"

namespace sloop::templates {

/// `value` with every directive replaced, innermost first.
[[nodiscard]] Json fill(const Json& value);

/// gzip (RFC 1952) without name and time, so that the same text gives the same bytes.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace sloop::templates
