// SPDX-License-Identifier: Apache-2.0
//
// SIGINT and SIGTERM as a call, for commands that run until they are told to stop.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace sloop::command {

/// While one lives, SIGINT and SIGTERM do not end the process. To be made before any other thread.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// Blocks until a signal comes.
  void wait() const;
  /// Calls `action`, on a thread of its own, when a signal comes.
  void call(std::function<void()> action);

 private:
  sigset_t signals_;
  sigset_t before_;
  std::atomic<bool> over_ = false;
  std::jthread thread_;
};

}  // namespace sloop::command
