// SPDX-License-Identifier: Apache-2.0
//
// Log lines of a subscription filter: base64 of gzip'd JSON, undone by `decoded`.
//
//   Result<LogData> data = event.awslogs.decoded();
//
// A function that calls `decoded` links zlib, one that does not doesn't.
// Source: CloudWatch Logs User Guide, "Subscription filters with Lambda".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

struct LogEntry {
  std::string id = {};
  /// Milliseconds since 1970.
  std::int64_t timestamp = 0;
  std::string message = {};
  std::optional<std::map<std::string, std::string>> extractedFields = {};
  Rest rest = {};
};

struct LogData {
  std::string owner = {};
  std::string logGroup = {};
  std::string logStream = {};
  /// `DATA_MESSAGE` or `CONTROL_MESSAGE`.
  std::string messageType = {};
  std::vector<std::string> subscriptionFilters = {};
  std::vector<LogEntry> logEvents = {};
  std::optional<std::string> policyLevel = {};
  Rest rest = {};
};

struct AwsLogs {
  std::string data = {};
  Rest rest = {};

  /// Fails with `invalid_input` when the data is no base64, gzip or JSON of this shape, with `too_large` beyond 64 MiB.
  [[nodiscard]] Result<LogData> decoded() const;
};

struct CloudWatchLogsEvent {
  AwsLogs awslogs = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "cloudwatch_logs";
};

}  // namespace sloop::events
