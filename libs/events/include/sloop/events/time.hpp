// SPDX-License-Identifier: Apache-2.0
//
// The times in events: AWS writes them as text in several forms, and as milliseconds or seconds since 1970.
//
//   Result<Time> at = parse_time("2015-06-03T17:43:27.123Z");
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sloop/core/error.hpp"

namespace sloop::events {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Reads ISO 8601 with date and time (`2015-06-03T17:43:27.123Z`, also with an offset, without one it is UTC), API
/// Gateway's `15/May/2020:06:01:09 +0000` and CodeBuild's `Sep 1, 2017 4:12:29 PM`. Fails with `invalid_input`.
[[nodiscard]] Result<Time> parse_time(std::string_view text);

[[nodiscard]] std::optional<Time> time_of_millis(std::optional<std::int64_t> milliseconds);

/// Empty also when the number is beyond what `Time` holds.
[[nodiscard]] std::optional<Time> time_of_seconds(std::optional<double> seconds);

}  // namespace sloop::events
