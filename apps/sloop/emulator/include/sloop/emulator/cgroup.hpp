// SPDX-License-Identifier: Apache-2.0
//
// A control group of one function: memory limit, CPU share, and what was used.
//
//   auto group = Cgroup::create("sloop-1234");
//   if (group) (*group)->limit_memory(128 << 20);
//
// Works with the unified hierarchy (version 2) and the older one (version 1). Needs the right to make groups: root, or
// a delegated subtree.
// Source: Linux kernel, Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst, scheduler/sched-bwc.rst.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::emulator {

class Cgroup {
 public:
  /// Makes a group below the one of this process, or below the root of the hierarchy. Fails with `forbidden` or
  /// `unsupported`; the message says what is missing.
  [[nodiscard]] static Result<std::unique_ptr<Cgroup>> create(std::string_view name);

  /// Kills what is left in the group and removes it.
  ~Cgroup();
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;

  /// The files into which a process writes `0` to join.
  [[nodiscard]] const std::vector<std::string>& join_files() const { return join_files_; }

  [[nodiscard]] Result<void> limit_memory(std::uint64_t bytes);
  /// `cpus`: 0.07 is 7 % of one CPU; 0 lifts the limit. The period is 20 ms.
  [[nodiscard]] Result<void> limit_cpu(double cpus);

  /// The most memory in use at one time, in bytes; 0: not known.
  [[nodiscard]] std::uint64_t peak_memory() const;
  /// CPU time that the group used so far; zero: not known.
  [[nodiscard]] std::chrono::nanoseconds cpu_time() const;
  /// How many processes were killed for going past the memory limit.
  [[nodiscard]] int killed_for_memory() const;
  /// Stops every process in the group, or lets them run on. Fails with `unsupported` in the older hierarchy: there a
  /// stopped process could not be killed.
  [[nodiscard]] Result<void> freeze(bool frozen) const;
  /// Kills every process in the group.
  void kill_all() const;

 private:
  Cgroup() = default;
  [[nodiscard]] static Result<std::unique_ptr<Cgroup>> create_unified(std::string_view name);
  [[nodiscard]] static Result<std::unique_ptr<Cgroup>> create_older(std::string_view name);

  bool unified_ = false;
  // The same directory three times in the unified hierarchy.
  std::filesystem::path memory_;
  std::filesystem::path cpu_;
  std::filesystem::path accounting_;
  std::vector<std::filesystem::path> directories_;
  std::vector<std::string> join_files_;
};

}  // namespace sloop::emulator
