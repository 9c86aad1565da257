// SPDX-License-Identifier: Apache-2.0
//
// Between the receiver and the program: deliveries are taken at once, and handed on as fast as the program is.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sloop/core/log.hpp"
#include "sloop/extension/telemetry.hpp"

namespace sloop::extension {

class TelemetryBuffer {
 public:
  /// More records than this are not kept; the oldest go first, and the log says how many.
  static constexpr std::size_t kMaxRecords = 100'000;

  TelemetryBuffer(std::function<Result<void>(const std::vector<TelemetryRecord>&)> hand_on, std::shared_ptr<Log> log);

  void push(std::string_view body);
  /// Hands on what is left, once, and ends the thread.
  void finish();

 private:
  void work(const std::stop_token& stop);
  void hand_on_all();

  std::function<Result<void>(const std::vector<TelemetryRecord>&)> hand_on_;
  std::shared_ptr<Log> log_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<TelemetryRecord> records_;
  bool has_new_ = false;
  std::jthread thread_;
};

}  // namespace sloop::extension
