// SPDX-License-Identifier: Apache-2.0
//
// When and how long to wait before a request is sent again.
//
//   auto patient = http::with_retries(transport, {.max_attempts = 5});
//
// Repeated: 408, 409, 429, 5xx and connection failures. A wait doubles from `first_delay` to `max_delay` with
// full jitter; `retry-after-ms` and `retry-after` (seconds or HTTP date) of the answer are followed up to
// `max_retry_after`. A wait that would pass the deadline is not begun: the last answer is returned. A stream is
// repeated only before its head was handed out.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "sloop/http/transport.hpp"

namespace sloop::http {

struct RetryPolicy {
  /// Attempts in total; 1 or less: no repetition.
  int max_attempts = 3;
  std::chrono::milliseconds first_delay{500};
  std::chrono::milliseconds max_delay{8'000};
  /// A peer that asks for a longer wait than this is not waited for: its answer is returned.
  std::chrono::milliseconds max_retry_after{60'000};
};

/// The wait that the peer asked for by `retry-after-ms` or `retry-after` (RFC 9110 section 10.2.3); `now` is for the
/// date form.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after(const Headers& headers,
                                                                   std::chrono::system_clock::time_point now);

/// Whether an answer of this status may be followed by a repetition.
[[nodiscard]] bool is_retryable_status(int status) noexcept;

/// The wait before attempt `attempt + 1` (`attempt` counts from 1), or nothing when no further attempt is to
/// be made. `random` is in [0, 1).
[[nodiscard]] std::optional<std::chrono::milliseconds> next_delay(const RetryPolicy& policy, int attempt,
                                                                  std::optional<std::chrono::milliseconds> asked,
                                                                  double random);

/// What the repeating transport needs from outside; replaced in tests.
struct RetryEnvironment {
  /// Waits; returns false when the stop token ended the wait. Empty: a real wait.
  std::function<bool(std::chrono::milliseconds, const CallOptions&)> wait = {};
  /// A number in [0, 1). Empty: a generator seeded from the system.
  std::function<double()> random = {};
};

/// A transport that repeats the calls of `inner` by `policy`. `expect` and `warm_up` pass through.
[[nodiscard]] std::shared_ptr<Transport> with_retries(std::shared_ptr<Transport> inner, RetryPolicy policy = {},
                                                      RetryEnvironment environment = {});

}  // namespace sloop::http
