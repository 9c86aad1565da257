// SPDX-License-Identifier: Apache-2.0
//
// The process of a function: started with an environment, watched, its output taken line by line, killed with
// everything it started.
//
//   auto process = FunctionProcess::start({.command = {"./bootstrap"}, .environment = env, .on_output = print});
//   ...
//   process->kill();
//
// The starting thread must outlive the process: the kernel ends a child when the thread that made it ends.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/emulator/cgroup.hpp"

namespace sloop::emulator {

struct ProcessOptions {
  /// Program and arguments; a program without a slash is looked for in `PATH`.
  std::vector<std::string> command = {};
  /// The whole environment of the process.
  std::map<std::string, std::string> environment = {};
  /// Empty: this process's.
  std::string working_directory = {};
  /// Joined before the program starts; null: none. Must outlive the process.
  const Cgroup* group = nullptr;
  /// Gets every line of standard output and error, without its line end; called on a thread of its own.
  std::function<void(std::string_view)> on_output = {};
  /// Called once when the process has ended, on a thread of its own.
  std::function<void()> on_exit = {};
};

/// How a process ended.
struct ProcessExit {
  /// Exit status; meaningless when there is a signal.
  int status = 0;
  /// The signal that ended it; 0: none.
  int signal = 0;
  /// Largest resident size in bytes, as the kernel counted it.
  std::uint64_t peak_memory = 0;

  /// `exit status 1`, `signal: killed`.
  [[nodiscard]] std::string text() const;
};

class FunctionProcess {
 public:
  /// Returns when the program runs. Fails with `not_found` or `forbidden` (program), or what joining the group said.
  [[nodiscard]] static Result<std::unique_ptr<FunctionProcess>> start(const ProcessOptions& options);

  /// Kills and waits.
  virtual ~FunctionProcess() = default;
  FunctionProcess(const FunctionProcess&) = delete;
  FunctionProcess& operator=(const FunctionProcess&) = delete;

  [[nodiscard]] virtual pid_t pid() const = 0;
  /// When the program was called (exec), after the process had joined its group.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point called() const = 0;
  /// Empty while it runs.
  [[nodiscard]] virtual std::optional<ProcessExit> exited() const = 0;
  /// Largest resident size so far, in bytes; 0 when the process has ended.
  [[nodiscard]] virtual std::uint64_t peak_memory() const = 0;
  /// Returns when all that the process wrote so far went to `on_output`, at most after 200 ms.
  virtual void drain_output() = 0;
  /// Sends a signal to the process, or to its group of processes as well; nothing after its end.
  virtual void send_signal(int signal, bool to_group) = 0;
  /// Blocks until the process has ended; false when the deadline passed before.
  [[nodiscard]] virtual bool wait_end(Deadline deadline) const = 0;
  /// Kills the process and its group of processes, without waiting. Any thread may call this.
  virtual void send_kill() = 0;
  /// The same, and waits for its end.
  virtual void kill() = 0;

 protected:
  FunctionProcess() = default;
};

}  // namespace sloop::emulator
