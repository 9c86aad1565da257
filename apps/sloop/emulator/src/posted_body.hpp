// SPDX-License-Identifier: Apache-2.0
//
// The body of a result, taken while the process posts it: collected, or passed on to a channel.
//
//   auto taken = take_body(request, exchange, {.channel = channel.get(), .max_stream = limit});
//   machine.end_result(id, taken.result);
//
// Source: AWS Lambda Developer Guide, "Using response streaming with custom runtimes": error trailers.
#pragma once

#include <optional>

#include "sloop/emulator/runtime_machine.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

struct TakeOptions {
  bool is_error = false;
  /// Where a streamed body goes; null: it is collected.
  ResponseChannel* channel = nullptr;
  std::size_t max_stream = 0;
};

struct TakenBody {
  PostedResult result = {};
  /// What the process is answered instead of 202.
  std::optional<Refusal> refusal = {};
  /// Whether there is nobody to answer: the process left, or the caller did and the process is to know.
  bool broken = false;
};

/// Blocks until the body is there, or as much of it as is ever to come.
[[nodiscard]] TakenBody take_body(const serve::Request& head, serve::Exchange& exchange, const TakeOptions& options);

/// The type that the process stated, if it has the form that Lambda lets through; else `unknown`.
[[nodiscard]] std::string error_type_of(const Headers& headers, std::string_view unknown);

}  // namespace sloop::emulator
