// SPDX-License-Identifier: Apache-2.0
//
// What one execution environment tells: the lines of the function and its extensions, and the platform's own records,
// as log text or JSON and as telemetry.
//
//   EnvironmentLog log({.write = print, .json = false});
//   log.line("function", "hello");
//   log.platform("platform.start", {{"requestId", id}, {"version", "$LATEST"}}, "START RequestId: ...");
//
// Source: AWS Lambda Developer Guide, "Telemetry API schema reference", "Configuring JSON and plain text log formats".
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"

namespace sloop::emulator {

/// One record of the Telemetry API.
struct TelemetryRecord {
  /// `2026-01-31T12:00:00.000Z`.
  std::string time = {};
  /// `platform.start`, `function`, `extension` ...
  std::string type = {};
  Json record = {};
};

struct EnvironmentLogOptions {
  /// Gets every line without its line end; called from several threads, one at a time.
  std::function<void(std::string_view)> write = {};
  /// The platform's records are JSON lines (`AWS_LAMBDA_LOG_FORMAT=JSON`).
  bool json = false;
};

/// Threads may use one at the same time.
class EnvironmentLog {
 public:
  using Listener = std::function<void(const TelemetryRecord&)>;

  explicit EnvironmentLog(EnvironmentLogOptions options) : options_(std::move(options)) {}

  /// A line of the function or an extension; `type` is `function` or `extension`.
  void line(std::string_view type, std::string_view text);
  /// A record of the platform; `text` is what stands for it in a log of text, line by line; empty: nothing.
  void platform(std::string_view type, JsonObject record, std::string_view text = {});
  /// A line of the platform that is no record.
  void note(std::string_view text);

  /// What was written since the last call, at most the last 4 KB.
  [[nodiscard]] std::string take_tail();
  /// Gets every record from now on, called with the log's lock held; empty: nobody.
  void listen(Listener listener);

 private:
  void write(std::string_view text);

  const EnvironmentLogOptions options_;
  std::mutex mutex_;
  std::string tail_;
  Listener listener_;
};

/// Now, as logs have it: `2026-01-31T12:00:00.000Z`.
[[nodiscard]] std::string log_time();

}  // namespace sloop::emulator
