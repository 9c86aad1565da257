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
#include "sloop/lambda/error_report.hpp"

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

class RuntimeClient {
 public:
  /// `runtime_api`: `host:port`, or a URL with a path.
  RuntimeClient(std::shared_ptr<http::Transport> transport, std::string_view runtime_api);

  /// Waits for the next event, without a time limit of its own. Empty: the peer has none now and wants to be asked
  /// again (status 204, only emulators). Fails with `unavailable` or `bad_reply`: the process should end.
  [[nodiscard]] Result<std::optional<Invocation>> next(const CallOptions& options = {});

  /// Hands back a whole reply. Fails with `too_large` (413) or `timed_out` (410, the invocation is over): log it and go
  /// on with `next`. A failure of status 500 is the end: the process should exit.
  [[nodiscard]] Result<void> respond(const Invocation& invocation, std::string body,
                                     std::string_view content_type = "application/json");
  /// Reports a failure, before anything of a streamed reply was sent.
  [[nodiscard]] Result<void> fail(const Invocation& invocation, const ErrorReport& report);
  /// Begins a streamed reply. `check_posted` judges what its end is answered.
  [[nodiscard]] Result<std::unique_ptr<http::UploadStream>> stream(const Invocation& invocation,
                                                                   std::string_view content_type,
                                                                   const CallOptions& options);
  /// Initialisation failed; the process should end with a status other than 0.
  [[nodiscard]] Result<void> fail_init(const ErrorReport& report);

  /// SnapStart: says that the process may be snapshotted, and returns in the restored copy.
  [[nodiscard]] Result<void> restore_next(const CallOptions& options = {});
  /// What was to be done after the restore failed; the process should end with a status other than 0.
  [[nodiscard]] Result<void> fail_restore(const ErrorReport& report);
  /// Closes the connections that no call uses.
  void close_idle() { transport_->close_idle(); }

 private:
  [[nodiscard]] Result<void> post(const std::string& path, std::string body, Headers headers);

  std::shared_ptr<http::Transport> transport_;
  std::string base_;
};

/// What the Runtime API's answer to a posted result means; errors as of `RuntimeClient::respond`.
[[nodiscard]] Result<void> check_posted(const http::Response& response);

/// The trailers that tell of a failure in the middle of a streamed reply.
[[nodiscard]] Headers error_trailers(const ErrorReport& report);

}  // namespace sloop::lambda
