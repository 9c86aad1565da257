// SPDX-License-Identifier: Apache-2.0
//
// One event on its way to a function, and what came of it.
//
//   auto outcome = emulator.invoke({.event = R"({"prompt":"Hi"})"});
//   if (outcome && !outcome->is_error) use(outcome->body);
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "sloop/emulator/report.hpp"
#include "sloop/emulator/response_channel.hpp"

namespace sloop::emulator {

/// One event and what goes with it.
struct SandboxInvocation {
  /// Empty: a new one.
  std::string request_id = {};
  std::string event = "{}";
  /// `Root=...;Parent=...;Sampled=0`; empty: a new one that is not sampled.
  std::string trace_id = {};
  /// JSON text; empty: none.
  std::string client_context = {};
  /// JSON text `{"cognitoIdentityId":...,"cognitoIdentityPoolId":...}`; empty: none.
  std::string cognito_identity = {};
  std::string tenant_id = {};
  /// Version or alias that the caller named; empty: none.
  std::string qualifier = {};
};

struct SandboxOutcome {
  /// The function's result, or Lambda's or the function's error as JSON. Of a result that was delivered in a stream:
  /// empty, or the error that came behind it.
  std::string body = {};
  bool is_error = false;
  /// `Category.Reason` of an error.
  std::string error_type = {};
  /// Of the result, as the function stated it.
  std::string content_type = {};
  /// Whether the function streamed its result.
  bool streamed = false;
  InvocationReport report = {};
  /// The last 4 KB of the log of this invocation.
  std::string log_tail = {};
};

/// What is wanted while an invocation goes on.
struct SandboxHooks {
  /// Where a streamed result goes; null: it is collected.
  std::shared_ptr<ResponseChannel> channel = {};
  /// Called as soon as the function has answered, with an outcome that has no report and no log yet.
  std::function<void(const SandboxOutcome&)> on_answer = {};
};

}  // namespace sloop::emulator
