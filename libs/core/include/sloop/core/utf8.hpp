// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 (RFC 3629): is it, and make it so.
//
//   if (!is_utf8(bytes)) text = mend_utf8(bytes);
#pragma once

#include <string>
#include <string_view>

namespace sloop {

[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

/// `bytes` with every maximal ill-formed part replaced by U+FFFD (Unicode standard, section 3.9, "substitution of
/// maximal subparts").
[[nodiscard]] std::string mend_utf8(std::string_view bytes);

}  // namespace sloop
