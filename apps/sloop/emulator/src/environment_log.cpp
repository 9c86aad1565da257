// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/environment_log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace sloop::emulator {
namespace {

// X-Amz-Log-Result holds no more.
constexpr std::size_t kLogTail = 4096;

}  // namespace

std::string log_time() {
  const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(now)),
                     now.time_since_epoch().count() % 1000);
}

void EnvironmentLog::write(std::string_view text) {
  tail_.append(text).push_back('\n');
  if (tail_.size() > kLogTail) tail_.erase(0, tail_.size() - kLogTail);
  if (options_.write) options_.write(text);
}

void EnvironmentLog::line(std::string_view type, std::string_view text) {
  const std::lock_guard lock(mutex_);
  write(text);
  if (!listener_) return;
  auto json = options_.json ? parse_json(text) : Result<Json>(fail(ErrorKind::unsupported, ""));
  listener_({.time = log_time(), .type = std::string(type), .record = json ? std::move(*json) : Json(text)});
}

void EnvironmentLog::platform(std::string_view type, JsonObject record, std::string_view text) {
  const std::lock_guard lock(mutex_);
  const TelemetryRecord event{.time = log_time(), .type = std::string(type), .record = std::move(record)};
  if (options_.json)
    write(write_json(JsonObject{{"time", event.time}, {"type", event.type}, {"record", event.record}}));
  else if (!text.empty())
    write(text);
  if (listener_) listener_(event);
}

void EnvironmentLog::note(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (options_.json)
    write(write_json(JsonObject{{"timestamp", log_time()}, {"level", "ERROR"}, {"message", text}}));
  else
    write(text);
}

std::string EnvironmentLog::take_tail() {
  const std::lock_guard lock(mutex_);
  return std::exchange(tail_, {});
}

void EnvironmentLog::listen(Listener listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace sloop::emulator
