// SPDX-License-Identifier: Apache-2.0
//
// The loop below every kind of `run`: take an event, have it served, take the next.
#pragma once

#include <expected>
#include <functional>
#include <string>

#include "sloop/http/curl_transport.hpp"
#include "sloop/lambda/error_report.hpp"
#include "sloop/lambda/run_options.hpp"
#include "sloop/lambda/runtime_client.hpp"

namespace sloop::lambda::detail {

/// One invocation of one worker.
struct Turn {
  RuntimeClient& client;
  const Invocation& invocation;
  const Context& context;
};

/// Calls the handler and posts its reply or its error; the result is that of the post.
using Serve = std::function<Result<void>(const Turn& turn)>;

/// Makes the transport to the Runtime API: one that can upload, where replies may be streamed.
using MakeTransport = std::shared_ptr<http::Transport> (*)(http::CurlOptions options);

/// Serves until the Runtime API ends it; returns the exit status of the process.
[[nodiscard]] int run_loop(const Serve& serve, MakeTransport make_transport, const RunOptions& options);

/// What a handler made of an event: its bytes, or what is to be reported.
using Outcome = std::expected<std::string, ErrorReport>;

/// Calls user code: nothing that it throws gets through.
[[nodiscard]] Outcome outcome_of(const std::function<Result<std::string>()>& call, const Context& context);

/// Writes the failure to the invocation's log.
void log_failure(const Context& context, const ErrorReport& report);
/// Also posts it to `/error`.
[[nodiscard]] Result<void> report(const Turn& turn, const ErrorReport& report);

/// Does nothing; a call brings the static bootstrap's terminate handler into the program before libstdc++'s own.
void link_terminate_handler();

}  // namespace sloop::lambda::detail
