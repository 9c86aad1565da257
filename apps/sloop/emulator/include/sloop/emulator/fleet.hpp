// SPDX-License-Identifier: Apache-2.0
//
// The execution environments of one function: as many as there are events at once, kept for a while, ended when idle.
//
//   Fleet fleet({.command = {"./bootstrap"}}, {.max_environments = 10});
//   auto given = fleet.submit("", [](Sandbox& sandbox) {
//     return [outcome = sandbox.invoke({.event = "{}"})] { use(outcome); };
//   });
//
// Source: AWS Lambda Developer Guide, "Understanding Lambda function scaling", "Tenant isolation".
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "sloop/core/error.hpp"
#include "sloop/emulator/sandbox.hpp"

namespace sloop::emulator {

struct FleetOptions {
  /// Environments at once; beyond them events are refused.
  int max_environments = 10;
  /// An environment without events ends after this.
  std::chrono::milliseconds idle_lifetime{std::chrono::minutes(5)};
};

class Fleet {
 public:
  /// Called on the thread of an environment, or, where it takes several events at once, on one of its own. What it
  /// returns is called when the environment is free for the next.
  using Job = std::function<std::function<void()>(Sandbox&)>;

  Fleet(SandboxOptions sandbox, const FleetOptions& options);
  /// Kills what runs and waits for it.
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  [[nodiscard]] const SandboxOptions& sandbox() const { return sandbox_; }
  /// Why memory and CPU can't be limited here; empty: they are.
  [[nodiscard]] const std::string& limits_problem() const { return limits_problem_; }
  /// Where the one environment waits for a program to attach; empty: it starts one itself.
  [[nodiscard]] std::string runtime_address() const;

  /// Hands a job to an environment of the tenant, warm or new. Fails with `rate_limited` or `cancelled`.
  [[nodiscard]] Result<void> submit(const std::string& tenant, Job job);
  /// To be told by a job whose caller has its answer, so that the caller's next event waits a moment for this
  /// environment instead of starting another.
  void answered(const Sandbox& sandbox);
  /// Kills what runs; nothing is taken any more. Jobs that wait are dropped. Any thread may call this.
  void interrupt();
  /// Environments that are there, and how many were ever started.
  [[nodiscard]] int environments() const;
  [[nodiscard]] int started() const { return started_; }

 private:
  class Member;

  [[nodiscard]] Member* find_free(const std::string& tenant);
  [[nodiscard]] bool has_room(const std::string& tenant);
  void forget_ended();

  const SandboxOptions sandbox_;
  const FleetOptions options_;
  std::string limits_problem_;
  std::atomic<int> started_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool interrupted_ = false;
  std::list<std::unique_ptr<Member>> members_;
};

}  // namespace sloop::emulator
