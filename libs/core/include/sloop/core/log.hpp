// SPDX-License-Identifier: Apache-2.0
//
// A log that writes lines of text, or of JSON as Lambda's structured logging has them.
//
//   Log log(LogOptions::from_env());
//   log.warn("answer too large", {{"bytes", 7'000'000}});
//   // {"timestamp":"2026-01-31T12:00:00.000Z","level":"WARN","message":"answer too large","bytes":7000000}
//   Log of_request = log.with({.request_id = id});   // the same place, with the id on each line
//
// The libraries below never log; the Lambda runtime and the command do. Keys and payloads are never logged.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
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
  /// Longest line in bytes with its end; longer ones are cut and say so. CloudWatch would split them.
  std::size_t max_line = 256u * 1024u;

  /// Reads `AWS_LAMBDA_LOG_FORMAT` (`JSON` or `Text`) and `AWS_LAMBDA_LOG_LEVEL` (AWS Lambda, advanced logging
  /// controls). On Managed Instances (`AWS_LAMBDA_INITIALIZATION_TYPE`) lines are always JSON.
  [[nodiscard]] static LogOptions from_env();
};

/// A field of a log line.
using LogField = std::pair<std::string_view, Json>;

/// What stands on every line of one invocation; empty ones are left out.
struct LogMarks {
  std::string request_id = {};
  std::string tenant_id = {};
};

/// A value: copies write to the same place, a line at a time. Threads may write at the same time.
class Log {
 public:
  explicit Log(LogOptions options = {});

  /// A log to the same place with `marks` on each line, in place of its own.
  [[nodiscard]] Log with(LogMarks marks) const;

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

  [[nodiscard]] bool writes(LogLevel level) const;

 private:
  struct Sink;

  [[nodiscard]] std::string line_of(LogLevel level, std::string_view message,
                                    std::initializer_list<LogField> fields) const;
  [[nodiscard]] std::string cut_line(LogLevel level, std::string_view message, std::size_t was) const;

  std::shared_ptr<Sink> sink_;
  LogMarks marks_;
};

}  // namespace sloop
