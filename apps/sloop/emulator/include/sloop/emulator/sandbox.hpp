// SPDX-License-Identifier: Apache-2.0
//
// One execution environment and its events: starts the process when an event comes, ends it when it is late, and says
// what each invocation cost.
//
//   Sandbox sandbox({.command = {"./bootstrap"}, .name = "entertainer", .on_log = print});
//   auto outcome = sandbox.invoke({.event = R"({"prompt":"Hi"})"});
//
// Used by one thread, which must outlive it; where the process takes several events at once, `invoke` by several.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/emulator/environment_log.hpp"
#include "sloop/emulator/execution_environment.hpp"
#include "sloop/emulator/invocation.hpp"
#include "sloop/emulator/sandbox_options.hpp"

namespace sloop::emulator {

class Sandbox {
 public:
  /// Starts no process yet.
  explicit Sandbox(SandboxOptions options);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// Why memory and CPU can't be limited here; empty: they are, or are not asked to be.
  [[nodiscard]] const std::string& limits_problem() const { return environment_.limits_problem(); }
  [[nodiscard]] const SandboxOptions& options() const { return options_; }
  /// `host:port` of the Runtime API, where there is one to attach to.
  [[nodiscard]] std::string runtime_address() const { return environment_.runtime_address(); }

  /// Serves one event, with a cold start when no process runs or its program has changed.
  [[nodiscard]] SandboxOutcome invoke(const SandboxInvocation& invocation, const SandboxHooks& hooks = {});
  /// Starts a process that takes several events at once, when none runs; waits for the events of one before it. Only
  /// such a sandbox needs this before `invoke`, on the thread that it belongs to.
  void prepare();
  /// Ends the process; the next event finds a cold environment.
  void stop();
  /// Ends the process, fails the invocation that it serves, and every later one. Any thread may call this.
  void interrupt() { environment_.interrupt(); }

 private:
  struct Run;

  [[nodiscard]] std::optional<EnvironmentFailure> initialise(Run& run);
  [[nodiscard]] std::optional<EnvironmentFailure> restore(Run& run);
  SandboxOutcome invoke_concurrently(Run& run);
  void start_event(Run& run);
  void run_event(Run& run);
  void take_result(Run& run);
  void tell_done(const Run& run, InvocationPhase phase);
  void wait_extensions(Run& run);
  void fail(Run& run, const EnvironmentFailure& failure);
  void time_out(Run& run);
  void finish(Run& run);

  const SandboxOptions options_;
  EnvironmentLog log_;
  ExecutionEnvironment environment_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
  std::optional<EnvironmentFailure> prepare_failure_;
};

/// A random UUID (RFC 9562, version 4).
[[nodiscard]] std::string new_request_id();

}  // namespace sloop::emulator
