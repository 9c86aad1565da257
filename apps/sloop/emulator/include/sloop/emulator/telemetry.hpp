// SPDX-License-Identifier: Apache-2.0
//
// The Telemetry API's subscriptions and deliveries: records in, batches of JSON out, to each subscriber as it asked.
//
//   Telemetry telemetry;
//   auto subscribed = telemetry.subscribe({.body = body});
//   telemetry.publish(record);
//
// Source: AWS Lambda Developer Guide, "Lambda Telemetry API reference" and "Lambda Logs API".
#pragma once

#include <expected>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/emulator/environment_log.hpp"
#include "sloop/emulator/runtime_machine.hpp"

namespace sloop::emulator {

struct TelemetryRequest {
  std::string body = {};
  /// The Logs API, which the Telemetry API replaced.
  bool older = false;
};

/// Threads may use one at the same time.
class Telemetry {
 public:
  Telemetry();
  /// As `stop`.
  ~Telemetry();
  Telemetry(const Telemetry&) = delete;
  Telemetry& operator=(const Telemetry&) = delete;

  /// Returns the types that are delivered from now on, and what came before while the environment is initialised.
  [[nodiscard]] std::expected<std::vector<std::string>, Refusal> subscribe(const TelemetryRequest& request);
  void publish(const TelemetryRecord& record);
  /// The environment is initialised: later subscriptions get no earlier records.
  void forget_earlier();
  /// Delivers what waits, as far as that is done in half a second, and ends.
  void stop();

 private:
  class Subscriber;

  std::mutex mutex_;
  bool initialising_ = true;
  std::vector<TelemetryRecord> earlier_;
  std::list<std::unique_ptr<Subscriber>> subscribers_;
};

}  // namespace sloop::emulator
