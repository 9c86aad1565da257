// SPDX-License-Identifier: Apache-2.0
//
// What a handler knows about its invocation and its function.
//
//   context.remaining_time(); context.request_id; context.function->memory_mb;
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "sloop/core/call_options.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/log.hpp"

namespace sloop::lambda {

/// What Lambda says of the function by environment variables (AWS Lambda, "defined runtime environment variables").
struct Environment {
  /// `AWS_LAMBDA_RUNTIME_API`: `host:port`; some emulators put a scheme before and a path behind it.
  std::string runtime_api = {};
  std::string function_name = {};
  std::string function_version = {};
  int memory_mb = 0;
  std::string log_group = {};
  std::string log_stream = {};
  /// `on-demand`, `provisioned-concurrency`, `snap-start`, `lambda-managed-instances`.
  std::string initialization_type = {};
  /// `SLOOP_WARM_UP=0` turns off opening connections during initialisation.
  bool warm_up = true;

  [[nodiscard]] static Environment from_env();
};

/// Who called, when the caller signed in with Cognito; empty otherwise.
struct CognitoIdentity {
  std::string identity_id = {};
  std::string identity_pool_id = {};
};

struct Context {
  std::string request_id = {};
  /// When Lambda ends the invocation; never, under emulators that state no true deadline.
  Deadline deadline = {};
  /// With version or alias, when it was invoked by one.
  std::string invoked_function_arn = {};
  /// X-Ray's `Root=...;Parent=...;Sampled=...`; empty when the invocation is not traced.
  std::string trace_id = {};
  /// What a mobile SDK sent along; null otherwise.
  Json client_context = nullptr;
  CognitoIdentity cognito_identity = {};
  /// In tenant isolation mode only.
  std::string tenant_id = {};
  std::shared_ptr<const Environment> function = {};
  /// Writes as the function's logging configuration says, with the request id.
  std::shared_ptr<Log> log = {};

  /// `milliseconds::max()` when there is no deadline.
  [[nodiscard]] std::chrono::milliseconds remaining_time() const { return deadline.remaining(); }

  /// The limits for calls that the handler makes: they end `reserve` before the deadline, so that their failure can
  /// still be reported before Lambda ends the process.
  [[nodiscard]] CallOptions call_options(std::chrono::milliseconds reserve = std::chrono::milliseconds(100)) const {
    return {.deadline = deadline.is_never() ? deadline : Deadline(deadline.at() - reserve)};
  }
};

}  // namespace sloop::lambda
