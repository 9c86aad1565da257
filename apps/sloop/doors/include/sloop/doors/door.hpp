// SPDX-License-Identifier: Apache-2.0
//
// A front door as two pure functions: request to event, result to answer.
//
//   auto entry = enter(options, request, visit);
//   if (const auto* event = std::get_if<std::string>(&entry)) answer = leave(options, request, run(*event));
//
// Source: API Gateway Developer Guide, "Lambda proxy integrations", "Working with binary media types"; Lambda Developer
// Guide, "Invoking Lambda function URLs"; Elastic Load Balancing User Guide, "Lambda functions as targets".
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "sloop/core/headers.hpp"
#include "sloop/doors/options.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::doors {

/// What is known of a request beside its bytes.
struct Visit {
  std::string request_id;
  /// `Root=...`.
  std::string trace_id;
  std::chrono::system_clock::time_point at;
  std::string source_ip = "127.0.0.1";
  std::string region = "us-east-1";
};

struct Answer {
  int status = 200;
  Headers headers = {};
  std::string body = {};
};

/// What a function gave.
struct Outcome {
  std::string body = {};
  /// The function failed, or was late.
  bool failed = false;
  bool timed_out = false;
  /// As the function stated it; tells a prelude.
  std::string content_type = {};
};

/// The event as JSON text, or the door's own answer: a preflight, no such route, too large.
[[nodiscard]] std::variant<std::string, Answer> enter(const DoorOptions& options, const serve::Request& request,
                                                      const Visit& visit);

/// The answer to the client. A result that the door can't read becomes the door's own error.
[[nodiscard]] Answer leave(const DoorOptions& options, const serve::Request& request, const Outcome& outcome);

/// The answer when a function fails, or gives what is no HTTP reply.
[[nodiscard]] Answer failure_answer(DoorKind kind, bool timed_out);

}  // namespace sloop::doors
