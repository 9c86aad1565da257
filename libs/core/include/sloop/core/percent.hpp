// SPDX-License-Identifier: Apache-2.0
//
// Percent-encoding of URIs (RFC 3986 section 2.1).
//
//   encode_percent("a b/c");    // "a%20b%2Fc"
//   decode_percent("a%20b%2Fc");  // "a b/c"
#pragma once

#include <string>
#include <string_view>

namespace sloop {

/// Everything but letters, digits, `-`, `.`, `_`, `~` and what `also_plain` names as `%XX`.
[[nodiscard]] std::string encode_percent(std::string_view text, std::string_view also_plain = {});

/// The bytes of `text`. A `%` that no two hexadecimal digits follow stays as it is.
[[nodiscard]] std::string decode_percent(std::string_view text);

}  // namespace sloop
