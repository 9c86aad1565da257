// SPDX-License-Identifier: Apache-2.0
//
// What a handler knows about its invocation and its function.
//
//   context.remaining_time(); context.request_id; context.function->memory_mb;
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
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
  /// `AWS_LAMBDA_MAX_CONCURRENCY`: how many invocations at once Lambda hands to one process; 1 but on Managed
  /// Instances.
  int max_concurrency = 1;
  /// `SLOOP_WARM_UP=0` turns off opening connections during initialisation.
  bool warm_up = true;

  [[nodiscard]] static Environment from_env();
};

/// Who called, when the caller signed in with Cognito; empty otherwise.
struct CognitoIdentity {
  std::string identity_id = {};
  std::string identity_pool_id = {};
};

/// The W3C trace context that the caller sent (`clientContext.w3c`); empty where it sent none.
struct TraceContext {
  std::string traceparent = {};
  std::string tracestate = {};
  std::string baggage = {};
};

struct Context {
  std::string request_id = {};
  /// When Lambda ends the invocation; never, under emulators that state no true deadline.
  Deadline deadline = {};
  /// With version or alias, when it was invoked by one.
  std::string invoked_function_arn = {};
  /// X-Ray's `Root=...;Parent=...;Sampled=...`; empty when the invocation is not traced.
  std::string trace_id = {};
  TraceContext w3c = {};
  /// What a mobile SDK sent along, without `w3c`; null otherwise.
  Json client_context = nullptr;
  CognitoIdentity cognito_identity = {};
  /// In tenant isolation mode only.
  std::string tenant_id = {};
  /// Lambda's own name of this attempt; empty where it gives none.
  std::string invocation_id = {};
  /// Triggered when the process is asked to end (see `on_shutdown`), not at the deadline.
  std::stop_token stop = {};
  std::shared_ptr<const Environment> function = {};
  /// Writes as the function's logging configuration says, with the request id.
  std::shared_ptr<Log> log = {};

  /// `milliseconds::max()` when there is no deadline.
  [[nodiscard]] std::chrono::milliseconds remaining_time() const { return deadline.remaining(); }

  /// The limits for calls that the handler makes: they end `reserve` before the deadline, so that their failure can
  /// still be reported before Lambda ends the process; or when the process is asked to end.
  [[nodiscard]] CallOptions call_options(std::chrono::milliseconds reserve = kReserve) const {
    return {.deadline = deadline.is_never() ? deadline : Deadline(deadline.at() - reserve), .stop = stop};
  }

  static constexpr std::chrono::milliseconds kReserve{100};
};

}  // namespace sloop::lambda
