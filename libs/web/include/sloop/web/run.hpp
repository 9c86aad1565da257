// SPDX-License-Identifier: Apache-2.0
//
// A router as a program: a Lambda function where Lambda starts it, an ordinary HTTP server elsewhere.
//
//   int main(int argc, char** argv) {
//     web::Router router;
//     router.get("/", [] { return "hello"; });
//     return web::run(router, {.arguments = {argv, static_cast<std::size_t>(argc)}});
//   }
//
// The server is linked only into builds for development (`sloop::web_server`): never into a static bootstrap.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "sloop/lambda/run.hpp"
#include "sloop/web/event.hpp"
#include "sloop/web/router.hpp"

namespace sloop::web {

struct RunOptions {
  /// On Lambda.
  lambda::RunOptions lambda = {};
  /// Those of `main`: `--port N` and `--address A`, for the server outside Lambda.
  std::span<char* const> arguments = {};
  /// Where the server listens when neither `--port` nor the variable `PORT` says; 0: any free port.
  std::uint16_t port = 8080;
  std::string address = "127.0.0.1";
};

/// Answers one event with its reply, both JSON text; a streamed body is collected. Fails with `invalid_input`
/// (`Runtime.UnmarshalError`) when the event is no HTTP event; everything else becomes an HTTP response.
[[nodiscard]] Result<std::string> answer_event(const Router& router, std::string_view event,
                                               const lambda::Context& context, const EventOptions& options = {});

/// The same, streamed as far as the trigger can: prelude and body of a Function URL or REST API go through `responder`,
/// other replies are returned whole.
[[nodiscard]] Result<std::string> stream_event(const Router& router, std::string_view event,
                                               const lambda::Context& context, lambda::Responder& responder,
                                               const EventOptions& options = {});

namespace detail {

using Serve = int (*)(const Router& router, const RunOptions& options);
/// In `sloop::web_server`.
int serve(const Router& router, const RunOptions& options);
// Not `inline`, as are `run` and `run_streaming`: the definition depends on what the program links.
#ifdef SLOOP_WEB_SERVER
constexpr Serve kServe = &serve;
#else
constexpr Serve kServe = nullptr;
#endif

[[nodiscard]] int run_whole(const Router& router, const RunOptions& options, Serve serve);
[[nodiscard]] int run_streamed(const Router& router, const RunOptions& options, Serve serve);

}  // namespace detail

/// Serves until Lambda, or a signal, ends it; returns the exit status for `main`. A router with errors is not served:
/// they are reported as the failure of initialisation.
[[nodiscard]] static inline int run(const Router& router, const RunOptions& options = {}) {
  return detail::run_whole(router, options, detail::kServe);
}

/// `run` with streamed replies: for Function URLs with invoke mode `RESPONSE_STREAM`, and REST APIs that stream. (To a
/// front door that does not, the prelude would be a part of the body.)
[[nodiscard]] static inline int run_streaming(const Router& router, const RunOptions& options = {}) {
  return detail::run_streamed(router, options, detail::kServe);
}

}  // namespace sloop::web
