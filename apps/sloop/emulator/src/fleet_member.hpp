// SPDX-License-Identifier: Apache-2.0
//
// One environment of a fleet and the thread that it belongs to.
#pragma once

#include <condition_variable>
#include <deque>
#include <thread>

#include "sloop/emulator/fleet.hpp"

namespace sloop::emulator {

/// Its state is the fleet's, under the fleet's lock.
class Fleet::Member {
 public:
  Member(Fleet& fleet, std::string tenant);

  /// Under the lock, all of these.
  [[nodiscard]] bool is_free() const { return !ending_ && busy_ < capacity_; }
  [[nodiscard]] bool is_busy() const { return busy_ > 0; }
  [[nodiscard]] bool is_idle() const { return !ending_ && busy_ == 0; }
  /// Whether its only caller has its answer.
  [[nodiscard]] bool is_finishing() const { return !ending_ && answered_ && busy_ == 1; }
  [[nodiscard]] bool ending() const { return ending_; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] const std::string& tenant() const { return tenant_; }
  [[nodiscard]] std::chrono::steady_clock::time_point last_used() const { return last_used_; }
  void give(Job job);
  void mark_answered() { answered_ = true; }
  /// Ends when what it does is done; jobs that wait are dropped.
  void end();

  [[nodiscard]] Sandbox& sandbox() { return sandbox_; }

 private:
  void work();
  void run(Job job);
  void run_aside(Job job);
  void finished();

  Fleet& fleet_;
  const std::string tenant_;
  Sandbox sandbox_;
  const int capacity_;
  std::condition_variable woken_;
  std::deque<Job> jobs_;
  int busy_ = 0;
  bool answered_ = false;
  bool ending_ = false;
  bool ended_ = false;
  std::chrono::steady_clock::time_point last_used_;
  struct Aside {
    std::atomic<bool> over = false;
    std::jthread thread = {};
  };
  std::list<Aside> aside_;
  std::jthread thread_;
};

}  // namespace sloop::emulator
