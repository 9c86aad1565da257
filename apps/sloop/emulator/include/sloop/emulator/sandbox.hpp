// SPDX-License-Identifier: Apache-2.0
//
// One execution environment: a function's process, its limits and its Runtime API. Starts the process when an event
// comes, ends it when it is late, and says what each invocation cost.
//
//   auto sandbox = Sandbox::create({.command = {"./bootstrap"}, .name = "entertainer", .on_log = print});
//   auto outcome = (*sandbox)->invoke({.event = R"({"prompt":"Hi"})"});
//
// Used by one thread, which must outlive it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/emulator/cgroup.hpp"
#include "sloop/emulator/function_process.hpp"
#include "sloop/emulator/invocation.hpp"
#include "sloop/emulator/report.hpp"
#include "sloop/emulator/runtime_api.hpp"

namespace sloop::emulator {

struct SandboxOptions {
  /// Program and arguments.
  std::vector<std::string> command = {};
  /// The process's working directory and `LAMBDA_TASK_ROOT`; empty: this process's.
  std::string task_root = {};
  std::string name = "function";
  /// MB; decides the CPU share, too: 1769 MB are one CPU.
  int memory_size = 128;
  std::chrono::milliseconds timeout{3'000};
  std::chrono::milliseconds init_timeout{10'000};
  std::string region = "us-east-1";
  /// Variables of the function beside those that Lambda sets.
  std::map<std::string, std::string> environment = {};
  /// `false`: no limits of memory and CPU.
  bool limits = true;
  StreamLimits stream = {};
  /// Gets every log line without its line end, the function's and Lambda's; called from several threads, one at a time.
  std::function<void(std::string_view)> on_log = {};
};

/// CPUs that Lambda gives to a function of `memory_size` MB.
[[nodiscard]] constexpr double cpu_share(int memory_size) {
  return memory_size / 1769.0;
}

class Sandbox {
 public:
  /// Starts no process yet.
  explicit Sandbox(SandboxOptions options);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// Why memory and CPU can't be limited here; empty: they are, or are not asked to be.
  [[nodiscard]] const std::string& limits_problem() const { return limits_problem_; }
  [[nodiscard]] const SandboxOptions& options() const { return options_; }
  /// `arn:aws:lambda:REGION:000000000000:function:NAME`.
  [[nodiscard]] std::string arn() const;

  /// Serves one event, with a cold start when no process runs or its program has changed.
  [[nodiscard]] SandboxOutcome invoke(const SandboxInvocation& invocation, const SandboxHooks& hooks = {});
  /// Ends the process; the next event finds a cold environment.
  void stop();
  /// Ends the process, fails the invocation that it serves, and every later one. Any thread may call this.
  void interrupt();

 private:
  struct Failure {
    std::string type;
    std::string message;
    /// What the process posted; empty: nothing.
    std::string body;
    std::string status;
  };

  void log(std::string_view line);
  [[nodiscard]] std::string take_tail();
  [[nodiscard]] std::string program_stamp() const;
  [[nodiscard]] std::map<std::string, std::string> process_environment() const;

  [[nodiscard]] Result<std::unique_ptr<Cgroup>> make_group() const;
  /// Returns when the program was called.
  [[nodiscard]] Result<std::chrono::steady_clock::time_point> start_process();
  [[nodiscard]] std::optional<Failure> initialise(std::string_view phase, Deadline deadline, Milliseconds& took);
  [[nodiscard]] Failure ended_failure() const;
  void limit_cpu(bool limited);
  [[nodiscard]] std::uint64_t used_memory() const;
  [[nodiscard]] std::chrono::nanoseconds used_cpu() const;
  void run_event(const SandboxInvocation& invocation, const SandboxHooks& hooks, SandboxOutcome& outcome,
                 Deadline deadline);
  void fail_outcome(SandboxOutcome& outcome, const Failure& failure);
  void time_out(SandboxOutcome& outcome);

  SandboxOptions options_;
  std::string limits_problem_;
  std::string started_stamp_;
  std::mutex log_mutex_;
  std::string tail_;
  std::mutex process_mutex_;
  bool interrupted_ = false;
  std::unique_ptr<Cgroup> group_;
  std::unique_ptr<RuntimeApi> api_;
  std::unique_ptr<FunctionProcess> process_;
};

/// A random UUID (RFC 9562, version 4).
[[nodiscard]] std::string new_request_id();

}  // namespace sloop::emulator
