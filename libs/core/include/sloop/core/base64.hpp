// SPDX-License-Identifier: Apache-2.0
//
// Bytes as text of 64 letters (RFC 4648 section 4, with padding).
//
//   std::string text = encode_base64(bytes);
//   std::optional<std::string> bytes = decode_base64(text);
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sloop {

[[nodiscard]] std::string encode_base64(std::string_view bytes);

/// The bytes of `text`; padding may be missing. Empty optional when `text` holds anything else than the alphabet, or
/// ends in the middle of a byte.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace sloop
