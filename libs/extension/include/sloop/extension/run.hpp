// SPDX-License-Identifier: Apache-2.0
//
// A program that is a Lambda extension: an executable in `/opt/extensions/`.
//
//   int main() {
//     return sloop::extension::run({.on_telemetry = [&](const std::vector<TelemetryRecord>& records) -> Result<void> {
//       return ship(records);
//     }});
//   }
//
// Not for work beside a handler in the function's own process: see `lambda::on_shutdown` and `lambda::after_reply`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/log.hpp"
#include "sloop/extension/telemetry.hpp"
#include "sloop/lambda/extension_client.hpp"

namespace sloop::extension {

/// What is asked of the Telemetry API (or of the older Logs API), and how it is delivered.
struct Subscription {
  /// `platform`, `function`, `extension`.
  std::vector<std::string> types = {"platform", "function"};
  /// Lambda delivers when one of these is reached: 1,000 to 10,000 records, 262,144 to 1,048,576 bytes, 25 to 30,000
  /// ms.
  int max_items = 10'000;
  int max_bytes = 262'144;
  std::chrono::milliseconds timeout{1'000};
  /// By `PUT /2020-08-15/logs` instead.
  bool logs_api = false;
  /// The name by which the platform reaches extensions, and where they listen. An emulator may need `127.0.0.1`.
  std::string host = "sandbox.localdomain";
  std::string address = "0.0.0.0";
  /// 0: any free port.
  std::uint16_t port = 0;
};

struct Program {
  /// Runs after registration, so that a failure can be told to Lambda; then the process ends.
  std::function<Result<void>()> init = {};
  /// At the start of every invocation, which lasts until this returns. Empty: not asked for.
  std::function<Result<void>(const lambda::ExtensionEvent&)> on_invoke = {};
  /// Records in the order of their arrival, many at once, never twice at the same time, beside the invocations. After a
  /// failure they are given again with those that follow. Empty: no subscription.
  std::function<Result<void>(const std::vector<TelemetryRecord>&)> on_telemetry = {};
  /// Before the end, when the last records were delivered; 2 s are left for all of this.
  std::function<Result<void>(const lambda::ExtensionEvent&)> on_shutdown = {};
  Subscription telemetry = {};
  /// Asks for `lambda::Registration::account_id`.
  bool account_id = false;
  /// Gets what registration told.
  std::function<void(const lambda::Registration&)> on_registered = {};
  /// Empty: the file name of this program, which Lambda demands of external extensions.
  std::string name = {};
  /// Empty: `AWS_LAMBDA_RUNTIME_API`.
  std::string runtime_api = {};
  /// Null: as `LogOptions::from_env` says.
  std::shared_ptr<Log> log = {};
};

/// Registers, subscribes and serves events until Lambda ends the environment; returns the exit status for `main`. A
/// failure is reported to Lambda, which ends the environment: by `init/error` before the first event, else by
/// `exit/error`. Failures of `on_telemetry` are logged only.
[[nodiscard]] int run(const Program& program);

}  // namespace sloop::extension
