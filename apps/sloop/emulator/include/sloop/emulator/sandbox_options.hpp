// SPDX-License-Identifier: Apache-2.0
//
// What a function is, as far as its environments go: program, name, sizes, times.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/emulator/response_channel.hpp"

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
  /// Variables of the function beside those that Lambda sets. `AWS_LAMBDA_LOG_FORMAT=JSON` makes Lambda's own lines
  /// JSON, too.
  std::map<std::string, std::string> environment = {};
  /// `false`: no limits of memory and CPU.
  bool limits = true;
  /// Stop the processes between events, as Lambda does.
  bool freeze = false;
  StreamLimits stream = {};
  /// A folder of external extensions, as `/opt/extensions`; empty: none.
  std::string extensions = {};
  /// The function is restored from a snapshot (SnapStart); here one is restored once, from where it is.
  bool snap_start = false;
  /// Events that the process takes at once (Lambda Managed Instances); 1: an ordinary function.
  int max_concurrency = 1;
  /// Start no program, but wait for one that comes by itself, a debugger's, and without time limits.
  bool attach = false;
  /// Of the Runtime API to attach to; 0: any free port.
  std::uint16_t runtime_port = 0;
  /// Gets every log line without its line end, the function's and Lambda's; called from several threads, one at a time.
  std::function<void(std::string_view)> on_log = {};
};

/// `arn:aws:lambda:REGION:000000000000:function:NAME`.
[[nodiscard]] std::string function_arn(const SandboxOptions& options);

/// CPUs that Lambda gives to a function of `memory_size` MB.
[[nodiscard]] constexpr double cpu_share(int memory_size) {
  return memory_size / 1769.0;
}

}  // namespace sloop::emulator
