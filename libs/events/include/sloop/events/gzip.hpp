// SPDX-License-Identifier: Apache-2.0
//
// Gzip undone. Links zlib; the events do that only where `AwsLogs::decoded` is called.
//
//   Result<std::string> text = gunzip(bytes, 64 << 20);
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"

namespace sloop::events {

/// Fails with `invalid_input` when the bytes are no gzip or are cut off, with `too_large` when there are more than
/// `limit` bytes inside.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

}  // namespace sloop::events
