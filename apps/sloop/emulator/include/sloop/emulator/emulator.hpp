// SPDX-License-Identifier: Apache-2.0
//
// The local Lambda: the Invoke calls of the real service in front of a function.
//
//   auto emulator = Emulator::start({.sandbox = {.command = {"./bootstrap"}, .name = "entertainer"}, .port = 9000});
//   // POST http://127.0.0.1:9000/2015-03-31/functions/entertainer/invocations
//   auto outcome = (*emulator)->invoke({.event = "{}"});  // and without HTTP, for other front doors
//
// Source: AWS Lambda API Reference, "Invoke" (2015-03-31), "InvokeWithResponseStream" (2021-11-15).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "sloop/core/error.hpp"
#include "sloop/emulator/sandbox.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

struct EmulatorOptions {
  SandboxOptions sandbox = {};
  std::string address = "127.0.0.1";
  /// 0: any free port.
  std::uint16_t port = 0;
};

struct InvokeOptions {
  /// Gets the result as it comes, on the calling thread; empty: the result is collected. A function that does not
  /// stream gives its result in one chunk.
  ResponseReceiver receiver = {};
  /// Return as soon as the function has answered: without `report` and `log_tail`, while the function may go on.
  bool early = false;
};

class Emulator {
 public:
  /// Listens; the function itself is started by its first event. Fails as `serve::Server::start`, and with
  /// `invalid_input` when the options are outside Lambda's limits.
  [[nodiscard]] static Result<std::unique_ptr<Emulator>> start(EmulatorOptions options);

  /// Ends the function and fails what it serves.
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  /// `http://127.0.0.1:9000`, the `endpoint_url` of AWS's SDKs.
  [[nodiscard]] std::string url() const { return server_->url(); }
  [[nodiscard]] const std::string& limits_problem() const { return sandbox_.limits_problem(); }
  [[nodiscard]] const SandboxOptions& options() const { return sandbox_.options(); }
  [[nodiscard]] std::string arn() const { return function_arn(sandbox_.options()); }

  /// Serves one event and waits for its outcome; a failure of the function is an outcome. Any thread may call this.
  /// Fails with `rate_limited` (too many events at once) or `cancelled` (the emulator is ended).
  [[nodiscard]] Result<SandboxOutcome> invoke(const SandboxInvocation& invocation, const InvokeOptions& options = {});
  /// Serves one event later, as Lambda's asynchronous invocation does.
  void enqueue(const SandboxInvocation& invocation);
  /// Ends the function and fails what it serves, now and later. Any thread may call this.
  void interrupt();

 private:
  using Job = std::function<void()>;

  explicit Emulator(EmulatorOptions options);
  void work(const std::stop_token& stop);
  void post(Job job);

  Sandbox sandbox_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Job> jobs_;
  // The function's process belongs to this thread.
  std::jthread worker_;
  std::unique_ptr<serve::Server> server_;
};

}  // namespace sloop::emulator
