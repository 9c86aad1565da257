// SPDX-License-Identifier: Apache-2.0
//
// What a subscriber of the Telemetry API asked for, and when a batch for it is due.
#pragma once

#include <chrono>
#include <expected>
#include <set>
#include <string>
#include <vector>

#include "sloop/core/call_options.hpp"
#include "sloop/emulator/telemetry.hpp"

namespace sloop::emulator {

struct Subscription {
  std::set<std::string> types = {};
  /// `127.0.0.1` stands where the sandbox's own name stood.
  std::string url = {};
  std::string method = "POST";
  /// Lines to a port instead of HTTP (Logs API); 0: HTTP.
  int tcp_port = 0;
  bool older = false;
  std::size_t max_items = 10'000;
  std::size_t max_bytes = 262'144;
  std::chrono::milliseconds timeout{1'000};

  [[nodiscard]] bool wants(const TelemetryRecord& record) const;
};

[[nodiscard]] std::expected<Subscription, Refusal> read_subscription(const TelemetryRequest& request);

/// Records on their way to one subscriber; no lock and no clock of its own.
class TelemetryBuffer {
 public:
  using Clock = Deadline::Clock;

  explicit TelemetryBuffer(const Subscription& subscription) : subscription_(subscription) {}

  void add(const TelemetryRecord& record, Clock::time_point now);
  [[nodiscard]] bool empty() const { return items_.empty() && dropped_ == 0; }
  /// When the next batch is to be sent; `max()` when there is none.
  [[nodiscard]] Clock::time_point due() const;
  /// The oldest records, as one JSON array, or one JSON object a line.
  [[nodiscard]] std::string take();

 private:
  Subscription subscription_;
  std::vector<std::string> items_;
  std::size_t bytes_ = 0;
  Clock::time_point first_;
  std::size_t dropped_ = 0;
  std::size_t dropped_bytes_ = 0;
};

}  // namespace sloop::emulator
