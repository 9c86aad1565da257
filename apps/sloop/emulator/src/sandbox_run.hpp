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
  Deadline deadline = {};

  [[nodiscard]] const std::string& id() const { return invocation.request_id; }
};

}  // namespace sloop::emulator
