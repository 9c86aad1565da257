// SPDX-License-Identifier: Apache-2.0
//
// One invocation on its way through a sandbox.
#pragma once

#include <chrono>
#include <string>

#include "sloop/emulator/sandbox.hpp"

namespace sloop::emulator {

using Clock = std::chrono::steady_clock;

struct Sandbox::Run {
  /// With its request id.
  SandboxInvocation invocation;
  const SandboxHooks& hooks;
  SandboxOutcome outcome = {};
  /// Whether the environment was started for it.
  bool cold = false;
  Clock::time_point begin = {};
  /// When the process, and then the extensions, asked for another event, or were given up.
  Clock::time_point end = {};
  Deadline deadline = {};

  [[nodiscard]] const std::string& id() const { return invocation.request_id; }
};

}  // namespace sloop::emulator
