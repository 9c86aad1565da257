// SPDX-License-Identifier: Apache-2.0
//
// The Invoke calls of the service as values: what a request asks for, or how it is refused.
//
//   auto call = read_invoke_request(request);
//   if (!call) return refuse(exchange, call.error());
//
// Source: AWS Lambda API Reference, "Invoke" and "InvokeWithResponseStream".
#pragma once

#include <expected>
#include <string>

#include "sloop/emulator/invocation.hpp"
#include "sloop/emulator/runtime_machine.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

enum class InvocationType { request_response, event, dry_run };

struct InvokeRequest {
  /// Name of the function, without account, region and qualifier.
  std::string function = {};
  InvocationType type = InvocationType::request_response;
  /// Whether the answer is a stream of events.
  bool streamed = false;
  bool with_log = false;
  SandboxInvocation invocation = {};

  /// The version that is stated as executed: aliases stand for `$LATEST` here.
  [[nodiscard]] std::string executed_version() const;
};

/// Whether this is the path of an Invoke call.
[[nodiscard]] bool is_invoke_path(std::string_view path);
[[nodiscard]] std::expected<InvokeRequest, Refusal> read_invoke_request(const serve::Request& request);

/// An error in the form of the service.
void refuse_call(serve::Exchange& exchange, const Refusal& refusal);

}  // namespace sloop::emulator
