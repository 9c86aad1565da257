// SPDX-License-Identifier: Apache-2.0
//
// The Runtime API (2018-06-01) as calls: take an event, hand back a result or an error.
//
//   RuntimeClient client(transport, environment.runtime_api);
//   auto invocation = client.next();
//   client.respond(**invocation, body);
//
// Most programs use `run` instead.
// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API".
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/http/transport.hpp"

namespace sloop::lambda {

/// One event with what its headers say; texts are empty where a header is absent.
struct Invocation {
  std::string request_id = {};
  std::chrono::system_clock::time_point deadline = std::chrono::system_clock::time_point::max();
  std::string invoked_function_arn = {};
  std::string trace_id = {};
  std::string client_context = {};
  std::string cognito_identity = {};
  std::string tenant_id = {};
  /// Sent back unchanged with the result, when it was there.
  std::string invocation_id = {};
  std::string event = {};
};

/// What Lambda and the caller are told about a failure.
struct ErrorReport {
  /// `Category.Reason`: `Function.RateLimited`, `Runtime.UnmarshalError`.
  std::string type = {};
  std::string message = {};
};

/// The report of an error: its `code` when that has the form `Category.Reason`, else `Function.` and its kind.
[[nodiscard]] ErrorReport report_of(const Error& error);

class RuntimeClient {
 public:
  /// `runtime_api`: `host:port`, or a URL with a path.
  RuntimeClient(std::shared_ptr<http::Transport> transport, std::string_view runtime_api);

  /// Waits for the next event, without a time limit of its own. Empty: the peer has none now and wants to be asked
  /// again (status 204, only emulators). Fails with `unavailable` or `bad_reply`: the process should end.
  [[nodiscard]] Result<std::optional<Invocation>> next(const CallOptions& options = {});

  /// Fails with `too_large` (413) or `timed_out` (410, the invocation is over): log it and go on with `next`.
  [[nodiscard]] Result<void> respond(const Invocation& invocation, std::string body);
  [[nodiscard]] Result<void> fail(const Invocation& invocation, const ErrorReport& report);
  /// Initialisation failed; the process should end with a status other than 0.
  [[nodiscard]] Result<void> fail_init(const ErrorReport& report);

 private:
  [[nodiscard]] Result<void> post(const std::string& path, std::string body, Headers headers);

  std::shared_ptr<http::Transport> transport_;
  std::string base_;
};

}  // namespace sloop::lambda
