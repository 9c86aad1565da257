// SPDX-License-Identifier: Apache-2.0
//
// What Lambda tells of a function: starts, ends, reports and log lines, with AWS's own names.
//
//   for (const auto& record : records)
//     if (const auto* report = record.as<PlatformReport>()) use(report->metrics.durationMs);
//     else if (const auto* line = record.as<FunctionLog>()) ship(line->record);
//
// Members that a struct does not know stay in its `rest`, and records of unknown kinds are kept as they came.
// Source: AWS Lambda Developer Guide, "Lambda Telemetry API event schema reference" and "Lambda Logs API".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::extension {

struct Tracing {
  std::optional<std::string> spanId;
  std::optional<std::string> type;
  std::optional<std::string> value;
  Rest rest;
};

/// `responseLatency`, `responseDuration`, `runtimeOverhead`, `extensionOverhead`.
struct Span {
  std::string name;
  std::optional<std::string> start;
  std::optional<double> durationMs;
  Rest rest;
};

struct Metrics {
  std::optional<double> durationMs;
  std::optional<double> billedDurationMs;
  std::optional<double> initDurationMs;
  std::optional<double> restoreDurationMs;
  std::optional<double> billedRestoreDurationMs;
  std::optional<std::int64_t> memorySizeMB;
  std::optional<std::int64_t> maxMemoryUsedMB;
  std::optional<std::int64_t> producedBytes;
  Rest rest;
};

/// `platform.initStart`
struct PlatformInitStart {
  std::optional<std::string> initializationType;
  std::optional<std::string> phase;
  std::optional<std::string> functionName;
  std::optional<std::string> functionVersion;
  std::optional<std::string> instanceId;
  std::optional<std::int64_t> instanceMaxMemory;
  std::optional<std::string> runtimeVersion;
  std::optional<std::string> runtimeVersionArn;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.initRuntimeDone`
struct PlatformInitRuntimeDone {
  std::optional<std::string> initializationType;
  std::optional<std::string> phase;
  /// `success`, `error`, `failure`, `timeout`; so in the others too.
  std::string status;
  std::optional<std::string> errorType;
  std::optional<std::vector<Span>> spans;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.initReport`
struct PlatformInitReport {
  std::optional<std::string> initializationType;
  std::optional<std::string> phase;
  std::optional<std::string> status;
  std::optional<std::string> errorType;
  Metrics metrics;
  std::optional<std::vector<Span>> spans;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.start`
struct PlatformStart {
  std::string requestId;
  std::optional<std::string> version;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.runtimeDone`
struct PlatformRuntimeDone {
  std::string requestId;
  std::string status;
  std::optional<std::string> errorType;
  std::optional<Metrics> metrics;
  std::optional<std::vector<Span>> spans;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.report`
struct PlatformReport {
  std::string requestId;
  std::optional<std::string> status;
  std::optional<std::string> errorType;
  Metrics metrics;
  std::optional<std::vector<Span>> spans;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.restoreStart`
struct PlatformRestoreStart {
  std::optional<std::string> functionName;
  std::optional<std::string> functionVersion;
  std::optional<std::string> instanceId;
  std::optional<std::int64_t> instanceMaxMemory;
  std::optional<std::string> runtimeVersion;
  std::optional<std::string> runtimeVersionArn;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.restoreRuntimeDone`
struct PlatformRestoreRuntimeDone {
  std::string status;
  std::optional<std::string> errorType;
  std::optional<std::vector<Span>> spans;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.restoreReport`
struct PlatformRestoreReport {
  std::optional<std::string> status;
  std::optional<std::string> errorType;
  Metrics metrics;
  std::optional<std::vector<Span>> spans;
  std::optional<Tracing> tracing;
  Rest rest;
};

/// `platform.extension`
struct PlatformExtension {
  std::string name;
  std::string state;
  std::optional<std::vector<std::string>> events;
  std::optional<std::string> errorType;
  Rest rest;
};

/// `platform.telemetrySubscription`, and `platform.logsSubscription` of the Logs API
struct PlatformSubscription {
  std::string name;
  std::string state;
  std::optional<std::vector<std::string>> types;
  Rest rest;
};

/// `platform.logsDropped`
struct PlatformLogsDropped {
  std::optional<std::string> reason;
  std::int64_t droppedRecords = 0;
  std::int64_t droppedBytes = 0;
  Rest rest;
};

/// `platform.end` of the Logs API
struct PlatformEnd {
  std::string requestId;
  Rest rest;
};

/// `platform.fault` of the Logs API
struct PlatformFault {
  Json record;
};

/// `function`: a line of the function, as text, or as JSON where the function logs JSON.
struct FunctionLog {
  Json record;
};

/// `extension`: a line of an extension.
struct ExtensionLog {
  Json record;
};

/// Of a kind that is not known, or not of the shape that its kind has.
struct UnknownRecord {
  Json record;
};

struct TelemetryRecord {
  using Record =
      std::variant<UnknownRecord, PlatformInitStart, PlatformInitRuntimeDone, PlatformInitReport, PlatformStart,
                   PlatformRuntimeDone, PlatformReport, PlatformRestoreStart, PlatformRestoreRuntimeDone,
                   PlatformRestoreReport, PlatformExtension, PlatformSubscription, PlatformLogsDropped, PlatformEnd,
                   PlatformFault, FunctionLog, ExtensionLog>;

  /// RFC 3339.
  std::string time;
  std::string type;
  Record record;

  /// The record, when it is a T; else null.
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&record);
  }
};

/// The records of one delivery. Fails with `invalid_input` when it is no JSON array.
[[nodiscard]] Result<std::vector<TelemetryRecord>> parse_telemetry(std::string_view body);

}  // namespace sloop::extension
