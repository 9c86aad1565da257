// SPDX-License-Identifier: Apache-2.0
//
// A log that writes lines of text, or of JSON as Lambda's structured logging has them.
//
//   Log log(LogOptions::from_env());
//   log.warn("answer too large", {{"bytes", 7'000'000}});
//   // {"timestamp":"2026-01-31T12:00:00.000Z","level":"WARN","message":"answer too
//   large","requestId":"...","bytes":7000000}
//
// The libraries below never log; the Lambda runtime and the command do. Keys and payloads are never logged.
#pragma once

#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "sloop/core/json.hpp"

namespace sloop {

enum class LogLevel { trace, debug, info, warn, error, fatal };
enum class LogFormat { text, json };

struct LogOptions {
  /// Lines below this level are not written.
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::text;
  /// Gets one line with its line end; called under a lock. Empty: standard error, in one write.
  std::function<void(std::string_view)> write = {};
  /// The time of a line, `2026-01-31T12:00:00.000Z`; empty: the system's clock.
  std::function<std::string()> now = {};

  /// Reads `AWS_LAMBDA_LOG_FORMAT` (`JSON` or `Text`) and `AWS_LAMBDA_LOG_LEVEL` (AWS Lambda, advanced logging
  /// controls).
  [[nodiscard]] static LogOptions from_env();
};

/// A field of a log line.
using LogField = std::pair<std::string_view, Json>;

/// Threads may write at the same time.
class Log {
 public:
  explicit Log(LogOptions options = {}) : options_(std::move(options)) {}

  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});
  void debug(std::string_view message, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::debug, message, fields);
  }
  void info(std::string_view message, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::info, message, fields);
  }
  void warn(std::string_view message, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::warn, message, fields);
  }
  void error(std::string_view message, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::error, message, fields);
  }
  void fatal(std::string_view message, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::fatal, message, fields);
  }

  /// Added to every line of JSON as `requestId`, until it is set again; empty: left out.
  void set_request_id(std::string id);
  [[nodiscard]] bool writes(LogLevel level) const { return level >= options_.level; }

 private:
  LogOptions options_;
  std::mutex mutex_;
  std::string request_id_;
};

}  // namespace sloop
