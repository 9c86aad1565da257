// SPDX-License-Identifier: Apache-2.0
//
// The local Lambda: the Invoke call of the real service in front of one sandbox.
//
//   auto emulator = Emulator::start({.sandbox = {.command = {"./bootstrap"}, .name = "entertainer"}, .port = 9000});
//   // POST http://127.0.0.1:9000/2015-03-31/functions/entertainer/invocations
//
// Events are served one after another, each in the order of arrival.
// Source: AWS Lambda API Reference, "Invoke" (2015-03-31).
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

  /// Serves one event and waits for its outcome.
  [[nodiscard]] SandboxOutcome invoke(const SandboxInvocation& invocation);
  /// Ends the function and fails what it serves, now and later. Any thread may call this.
  void interrupt();

 private:
  using Job = std::function<void()>;

  explicit Emulator(EmulatorOptions options);
  void work(const std::stop_token& stop);
  void enqueue(Job job);
  void handle(const serve::Request& request, serve::Exchange& exchange);
  void invoke_by_http(const serve::Request& request, serve::Exchange& exchange);
  void respond(const SandboxOutcome& outcome, bool with_log, serve::Exchange& exchange);

  Sandbox sandbox_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Job> jobs_;
  // The function's process belongs to this thread.
  std::jthread worker_;
  std::unique_ptr<serve::Server> server_;
};

}  // namespace sloop::emulator
