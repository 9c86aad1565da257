// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/log.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "sloop/core/fields.hpp"
#include "sloop/core/headers.hpp"

namespace sloop {
namespace {

std::string upper_name(LogLevel level) {
  std::string name(name_of(level));
  std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return name;
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

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

LogOptions LogOptions::from_env() {
  LogOptions options;
  if (equal_ignoring_case(variable("AWS_LAMBDA_LOG_FORMAT"), "JSON")) options.format = LogFormat::json;
  for (const LogLevel level :
       {LogLevel::trace, LogLevel::debug, LogLevel::info, LogLevel::warn, LogLevel::error, LogLevel::fatal})
    if (equal_ignoring_case(variable("AWS_LAMBDA_LOG_LEVEL"), name_of(level))) options.level = level;
  return options;
}

void Log::set_request_id(std::string id) {
  const std::lock_guard lock(mutex_);
  request_id_ = std::move(id);
}

void Log::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!writes(level)) return;
  const std::lock_guard lock(mutex_);
  std::string line;
  if (options_.format == LogFormat::json) {
    JsonObject object{
        {"timestamp", options_.now ? options_.now() : utc_now()}, {"level", upper_name(level)}, {"message", message}};
    if (!request_id_.empty()) object["requestId"] = request_id_;
    for (const auto& [name, value] : fields) object[name] = value;
    line = write_json(object);
  } else {
    line = upper_name(level) + " ";
    line += message;
    for (const auto& [name, value] : fields) line.append(" ").append(name).append("=").append(write_json(value));
    // One event is one line, also when the message has line ends.
    std::ranges::replace(line, '\n', '\r');
  }
  line += '\n';
  options_.write ? options_.write(line) : write_to_standard_error(line);
}

}  // namespace sloop
