// SPDX-License-Identifier: Apache-2.0
#include "interrupt.hpp"

#include <pthread.h>

namespace sloop::command {

Interrupt::Interrupt() {
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, SIGINT);
  ::sigaddset(&signals_, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
}

Interrupt::~Interrupt() {
  if (thread_.joinable()) {
    over_ = true;
    ::pthread_kill(thread_.native_handle(), SIGINT);
    thread_.join();
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::wait() const {
  int signal = 0;
  ::sigwait(&signals_, &signal);
}

void Interrupt::call(std::function<void()> action) {
  thread_ = std::jthread([this, action = std::move(action)] {
    wait();
    if (!over_) action();
    // The signal of the destructor, when it comes after another one, stays in this thread and ends with it.
  });
}

}  // namespace sloop::command
