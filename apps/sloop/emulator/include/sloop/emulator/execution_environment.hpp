// SPDX-License-Identifier: Apache-2.0
//
// A function's process with all that Lambda puts around it: control group, Runtime API, extensions. Started, measured,
// frozen and ended here; what it is given to do is the sandbox's.
//
//   ExecutionEnvironment environment(options, log);
//   Milliseconds took{0};
//   if (auto failure = environment.initialise("init", Deadline::after(10s), took); !failure)
//     environment.api().offer(event);
//
// Used by one thread, which must outlive it; `interrupt` by any.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/emulator/cgroup.hpp"
#include "sloop/emulator/environment_log.hpp"
#include "sloop/emulator/extension_api.hpp"
#include "sloop/emulator/function_process.hpp"
#include "sloop/emulator/report.hpp"
#include "sloop/emulator/runtime_api.hpp"
#include "sloop/emulator/sandbox_options.hpp"

namespace sloop::emulator {

/// Why an environment can't serve.
struct EnvironmentFailure {
  /// `Runtime.ExitError`, `Extension.Crash` ...
  std::string type = {};
  std::string message = {};
  /// What the process posted; empty: nothing.
  std::string body = {};
  /// `error` or `timeout`.
  std::string status = "error";
};

class ExecutionEnvironment {
 public:
  /// Starts nothing yet, but an environment to attach to listens from now on. Options and log must outlive it.
  ExecutionEnvironment(const SandboxOptions& options, EnvironmentLog& log);
  /// Kills what runs.
  ~ExecutionEnvironment();
  ExecutionEnvironment(const ExecutionEnvironment&) = delete;
  ExecutionEnvironment& operator=(const ExecutionEnvironment&) = delete;

  /// Why memory and CPU can't be limited here; empty: they are, or are not asked to be.
  [[nodiscard]] const std::string& limits_problem() const { return limits_problem_; }
  /// Whether it is initialised, its process runs, and the program is still the one that was started.
  [[nodiscard]] bool serves() const;
  /// `host:port` of the Runtime API; empty while there is none.
  [[nodiscard]] std::string runtime_address() const { return api_ ? api_->address() : ""; }

  /// Starts extensions and process and waits until they ask for an event, or to be restored. `took`: from exec on.
  /// `phase` is `init` or `invoke`; in the second, CPU is limited as in an invocation.
  [[nodiscard]] std::optional<EnvironmentFailure> initialise(std::string_view phase, Deadline deadline,
                                                             Milliseconds& took);
  /// Goes on with a process that asked to be restored (SnapStart) and waits until it asks for an event.
  [[nodiscard]] std::optional<EnvironmentFailure> restore(Deadline deadline, Milliseconds& took);
  /// Ends the process as Lambda does: with extensions, in steps and time for them. `reason`: `SPINDOWN`, `TIMEOUT`,
  /// `FAILURE`.
  void stop(std::string_view reason);
  /// Kills the process at once; extensions stay.
  void kill_process();
  /// Kills all, and every process that is started later. Any thread may call this.
  void interrupt();

  /// Only after `initialise`.
  [[nodiscard]] RuntimeApi& api() { return *api_; }
  [[nodiscard]] ExtensionApi& extensions() { return *extensions_; }

  /// Stops the processes between events, or lets them run on.
  void set_frozen(bool frozen);
  void limit_cpu(bool limited);
  void drain_output();
  [[nodiscard]] std::uint64_t used_memory() const;
  [[nodiscard]] std::chrono::nanoseconds used_cpu() const;
  /// Why the process ended.
  [[nodiscard]] EnvironmentFailure ended_failure() const;

 private:
  struct ExternalExtension {
    std::string name;
    std::unique_ptr<FunctionProcess> process;
  };

  [[nodiscard]] Result<std::unique_ptr<Cgroup>> make_group() const;
  [[nodiscard]] Result<void> make_apis();
  [[nodiscard]] Result<void> start_extensions(Deadline deadline);
  [[nodiscard]] Result<std::chrono::steady_clock::time_point> start(std::string_view phase, Deadline deadline);
  [[nodiscard]] Result<std::unique_ptr<FunctionProcess>> start_process(std::vector<std::string> command,
                                                                       std::string_view log_type,
                                                                       std::function<void()> on_exit);
  [[nodiscard]] std::optional<EnvironmentFailure> wait_initialised(Deadline deadline);
  [[nodiscard]] EnvironmentFailure posted_failure() const;
  void end_process(std::string_view reason);
  void end_extensions(std::string_view reason, Deadline deadline);
  [[nodiscard]] std::string program_stamp() const;

  const SandboxOptions& options_;
  EnvironmentLog& log_;
  std::string limits_problem_;
  std::string started_stamp_;
  bool initialised_ = false;
  bool frozen_ = false;
  std::mutex mutex_;  // of the pointers below, for `interrupt`
  std::atomic<bool> interrupted_ = false;
  std::unique_ptr<Cgroup> group_;
  std::unique_ptr<ExtensionApi> extensions_;
  std::unique_ptr<RuntimeApi> api_;
  std::vector<ExternalExtension> external_;
  std::unique_ptr<FunctionProcess> process_;
};

}  // namespace sloop::emulator
