// SPDX-License-Identifier: Apache-2.0
//
// Lambda's Runtime API in this process, for tests of handlers and runtimes.
//
//   auto api = testing::FakeRuntimeApi::start().value();
//   std::jthread function([&] { run(handler, {.environment = api->environment()}); });
//   auto outcome = api->invoke(R"({"prompt":"Hi"})");
//   api->stop();  // ends the function's loop
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"
#include "sloop/lambda/context.hpp"
#include "sloop/testing/fake_extension.hpp"

namespace sloop::testing {

/// What the function posted for an invocation.
struct InvocationOutcome {
  /// Whether it came by `/error`.
  bool is_error = false;
  std::string body = {};
  Headers headers = {};
  /// Of a streamed reply.
  Headers trailers = {};
};

struct FakeInvocation {
  /// Headers of `/next` beside the request id and the deadline; they replace those of the same name.
  Headers headers = {};
  /// What the post of the result is answered: 202, 410, 413 ...
  int answer_status = 202;
  /// From the handing out to the deadline that it states.
  std::chrono::milliseconds time{60'000};
  /// How long `invoke` waits for the result; with zero it fails at once, and the event is handed out all the same.
  std::chrono::milliseconds patience{10'000};
};

class FakeRuntimeApi {
 public:
  [[nodiscard]] static Result<std::unique_ptr<FakeRuntimeApi>> start();

  virtual ~FakeRuntimeApi() = default;
  FakeRuntimeApi(const FakeRuntimeApi&) = delete;
  FakeRuntimeApi& operator=(const FakeRuntimeApi&) = delete;

  /// `host:port`, as in `AWS_LAMBDA_RUNTIME_API`.
  [[nodiscard]] virtual std::string address() const = 0;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// An environment of a function named `test` that uses this API.
  [[nodiscard]] virtual std::shared_ptr<const lambda::Environment> environment() const = 0;

  /// Hands out an event and waits for what the function posts.
  [[nodiscard]] virtual Result<InvocationOutcome> invoke(std::string event, const FakeInvocation& invocation = {}) = 0;
  /// Answers the next `count` calls of `/next` with 204, as some emulators do when idle.
  virtual void answer_idle(int count) = 0;
  /// What was posted to `/init/error`, if anything.
  [[nodiscard]] virtual std::optional<InvocationOutcome> init_error() const = 0;
  /// SnapStart: how often `/restore/next` was asked, and what was posted to `/restore/error`, if anything.
  [[nodiscard]] virtual int restores() const = 0;
  [[nodiscard]] virtual std::optional<InvocationOutcome> restore_error() const = 0;
  /// Those who registered, in order. They get `INVOKE` with every event handed out, if they asked for it.
  [[nodiscard]] virtual std::vector<FakeExtension> extensions() const = 0;
  /// Sends `SHUTDOWN` to the extensions that asked for it.
  virtual void shut_down(const std::string& reason = "SPINDOWN") = 0;
  /// Answers `/next` with 500, which ends a runtime's loop.
  virtual void stop() = 0;

 protected:
  FakeRuntimeApi() = default;
};

}  // namespace sloop::testing
