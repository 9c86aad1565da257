// SPDX-License-Identifier: Apache-2.0
//
// What an invocation cost, and the line in which Lambda says so.
// Source: AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "sloop/core/json.hpp"

namespace sloop::emulator {

using Milliseconds = std::chrono::duration<double, std::milli>;

struct InvocationReport {
  std::string request_id = {};
  /// From the event's handing out to the runtime's next question for one.
  Milliseconds duration{0};
  /// From exec to the runtime's first question for an event; only with a cold start.
  std::optional<Milliseconds> init_duration = {};
  /// From the snapshot to the runtime's first question for an event; only with SnapStart.
  std::optional<Milliseconds> restore_duration = {};
  int memory_size_mb = 0;
  /// Largest memory use of the environment so far, in bytes.
  std::uint64_t max_memory = 0;
  /// CPU time of initialisation, with a cold start; zero: not known.
  std::chrono::nanoseconds init_cpu{0};
  /// CPU time of the environment in this invocation, without initialisation; zero: not known.
  std::chrono::nanoseconds cpu{0};
  /// `timeout`, `error`; empty: success.
  std::string status = {};
  /// `Runtime.ExitError`, `Runtime.OutOfMemory` ...; empty: none.
  std::string error_type = {};

  /// Initialisation and invocation, in begun milliseconds.
  [[nodiscard]] std::int64_t billed_ms() const;
};

/// `REPORT RequestId: ...`, parts separated by tabs, with a tab at the end.
[[nodiscard]] std::string report_line(const InvocationReport& report);

/// The same as the record `platform.report`.
[[nodiscard]] JsonObject report_record(const InvocationReport& report);

/// The line for an initialisation that failed; `phase` is `init` or `invoke`, `status` is `error` or `timeout`.
[[nodiscard]] std::string init_report_line(Milliseconds duration, std::string_view phase, std::string_view status,
                                           std::string_view error_type);

}  // namespace sloop::emulator
