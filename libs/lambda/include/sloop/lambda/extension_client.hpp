// SPDX-License-Identifier: Apache-2.0
//
// The Extensions API (2020-01-01) as calls, for extensions inside and outside the function's process.
//
//   ExtensionClient client(transport, environment.runtime_api);
//   client.register_as("my-extension", {.events = {"INVOKE", "SHUTDOWN"}});
//   while (auto event = client.next()) ...
//
// Programs that are an extension use the room `extension`; functions use `on_shutdown` and `after_reply`.
// Source: AWS Lambda Developer Guide, "Using the Lambda Extensions API".
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/http/transport.hpp"
#include "sloop/lambda/error_report.hpp"

namespace sloop::lambda {

struct ExtensionOptions {
  /// `INVOKE`, `SHUTDOWN` (external ones only). Empty: none; then `next` never returns, and the process gets SIGTERM
  /// before its end.
  std::vector<std::string> events = {};
  /// Asks for the account id in the answer (the feature `accountId`).
  bool account_id = false;
};

/// What Lambda says of the function to an extension.
struct Registration {
  std::string identifier = {};
  std::string function_name = {};
  std::string function_version = {};
  std::string handler = {};
  std::string account_id = {};
};

struct ExtensionEvent {
  /// `INVOKE` or `SHUTDOWN`.
  std::string type = {};
  std::chrono::system_clock::time_point deadline = {};
  /// Of `INVOKE`.
  std::string request_id = {};
  std::string invoked_function_arn = {};
  /// X-Ray's trace id.
  std::string trace_id = {};
  /// Of `SHUTDOWN`: `SPINDOWN`, `TIMEOUT`, `FAILURE`.
  std::string shutdown_reason = {};
};

class ExtensionClient {
 public:
  /// `runtime_api`: as of `RuntimeClient`.
  ExtensionClient(std::shared_ptr<http::Transport> transport, std::string_view runtime_api);

  /// During initialisation only. `name`: of an external extension the name of its file. Fails with `forbidden` when
  /// registration is closed, the name is taken, or the events are not allowed.
  [[nodiscard]] Result<Registration> register_as(std::string_view name, const ExtensionOptions& options = {});
  /// Says that the extension is ready, and waits for the next event without a time limit of its own.
  [[nodiscard]] Result<ExtensionEvent> next(const CallOptions& options = {});
  /// Initialisation of the extension failed, or it must end; `report.type` is the extension's own. Then exit.
  [[nodiscard]] Result<void> fail_init(const ErrorReport& report) { return tell("/init/error", report); }
  [[nodiscard]] Result<void> fail_exit(const ErrorReport& report) { return tell("/exit/error", report); }

  /// Sends a request with the extension's identifier to another API of the same host: `/2022-07-01/telemetry`.
  [[nodiscard]] Result<void> put(std::string_view path, std::string body);

 private:
  [[nodiscard]] Result<void> tell(std::string_view path, const ErrorReport& report);
  [[nodiscard]] Result<http::Response> send(std::string method, std::string_view path, Headers headers,
                                            std::string body, const CallOptions& options);

  std::shared_ptr<http::Transport> transport_;
  std::string origin_;
  std::string identifier_;
};

}  // namespace sloop::lambda
