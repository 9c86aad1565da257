// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/log.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>

#include "sloop/core/headers.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop {
namespace {

// By hand: the names by reflection would take two kilobytes of every function.
constexpr std::string_view kLevels[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};

std::string_view level_name(LogLevel level) {
  return kLevels[static_cast<std::size_t>(level)];
}

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + size, sizeof text - size, ".%03dZ", static_cast<int>(milliseconds));
  return text;
}

void write_to_standard_error(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string mended(std::string line) {
  return is_utf8(line) ? line : mend_utf8(line);
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

struct Log::Sink {
  explicit Sink(LogOptions given) : options(std::move(given)) {}

  LogOptions options;
  std::mutex mutex;
};

LogOptions LogOptions::from_env() {
  LogOptions options;
  if (equal_ignoring_case(variable("AWS_LAMBDA_LOG_FORMAT"), "JSON") ||
      variable("AWS_LAMBDA_INITIALIZATION_TYPE") == "lambda-managed-instances")
    options.format = LogFormat::json;
  for (const LogLevel level :
       {LogLevel::trace, LogLevel::debug, LogLevel::info, LogLevel::warn, LogLevel::error, LogLevel::fatal})
    if (equal_ignoring_case(variable("AWS_LAMBDA_LOG_LEVEL"), level_name(level))) options.level = level;
  return options;
}

Log::Log(LogOptions options) : sink_(std::make_shared<Sink>(std::move(options))) {}

Log Log::with(LogMarks marks) const {
  Log log(*this);
  log.marks_ = std::move(marks);
  return log;
}

bool Log::writes(LogLevel level) const {
  return level >= sink_->options.level;
}

std::string Log::line_of(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) const {
  const LogOptions& options = sink_->options;
  if (options.format == LogFormat::json) {
    std::string line = R"({"timestamp":)";
    append_json_string(line, options.now ? options.now() : utc_now());
    const auto add = [&line](std::string_view name, std::string_view text) {
      line += ',';
      append_json_string(line, name);
      line += ':';
      append_json_string(line, text);
    };
    add("level", level_name(level));
    add("message", message);
    if (!marks_.request_id.empty()) add("requestId", marks_.request_id);
    if (!marks_.tenant_id.empty()) add("tenantId", marks_.tenant_id);
    for (const auto& [name, value] : fields) {
      line += ',';
      append_json_string(line, name);
      line.append(":").append(write_json(value));
    }
    return mended(std::move(line += '}'));
  }
  std::string line = std::string(level_name(level)) + " ";
  if (!marks_.request_id.empty()) line.append("RequestId: ").append(marks_.request_id).append(" ");
  if (!marks_.tenant_id.empty()) line.append("TenantId: ").append(marks_.tenant_id).append(" ");
  line += message;
  for (const auto& [name, value] : fields) line.append(" ").append(name).append("=").append(write_json(value));
  // One event is one line, also when the message has line ends; a NUL would end it for some readers.
  std::ranges::replace(line, '\n', '\r');
  std::ranges::replace(line, '\0', ' ');
  return mended(std::move(line));
}

std::string Log::cut_line(LogLevel level, std::string_view message, std::size_t was) const {
  const std::string mark = " [cut: the line had " + std::to_string(was) + " bytes]";
  std::size_t kept = std::min(message.size(), sink_->options.max_line);
  while (true) {
    // Escapes make a line longer than its message, so the fitting length is sought.
    std::string line = line_of(level, std::string(message.substr(0, kept)) + mark, {});
    if (line.size() < sink_->options.max_line || kept == 0) return line;
    kept -= kept / 8 + 1;
  }
}

void Log::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!writes(level)) return;
  const LogOptions& options = sink_->options;
  std::string line = line_of(level, message, fields);
  if (line.size() >= options.max_line) line = cut_line(level, message, line.size());
  line += '\n';
  const std::lock_guard lock(sink_->mutex);
  options.write ? options.write(line) : write_to_standard_error(line);
}

}  // namespace sloop
