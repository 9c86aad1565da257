// SPDX-License-Identifier: Apache-2.0
//
// The options of `sloop watch` that say how environments are kept and events repeated.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/emulator/emulator.hpp"

namespace sloop::command {

struct EnvironmentOptions {
  int concurrency = 10;
  double idle_timeout = 300;
  bool no_freeze = false;
  bool snap_start = false;
  int managed_instances = 1;
  bool only_runtime_api = false;
  std::uint16_t runtime_port = 0;
  std::string extensions = {};
  std::string log_format = "text";
  bool no_bandwidth_limit = false;
  int retries = 2;
  double retry_delay = 60;
  double max_event_age = 21'600;
  std::string on_failure = {};
  std::string on_success = {};
};

void add_environment_options(CLI::App& command, EnvironmentOptions& options);

/// Fails with `invalid_input` or `not_found`.
[[nodiscard]] Result<void> apply_environment_options(const EnvironmentOptions& options, emulator::EmulatorOptions& to);

}  // namespace sloop::command
