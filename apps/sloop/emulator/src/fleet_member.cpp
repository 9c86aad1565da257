// SPDX-License-Identifier: Apache-2.0
#include "fleet_member.hpp"

#include <limits>

namespace sloop::emulator {
namespace {

int capacity_of(const SandboxOptions& options) {
  // Events wait for the one program that a debugger has.
  return options.attach ? std::numeric_limits<int>::max() : options.max_concurrency;
}

}  // namespace

Fleet::Member::Member(Fleet& fleet, std::string tenant)
    : fleet_(fleet),
      tenant_(std::move(tenant)),
      sandbox_(fleet.sandbox_),
      capacity_(capacity_of(fleet.sandbox_)),
      last_used_(std::chrono::steady_clock::now()),
      thread_([this] { work(); }) {}

void Fleet::Member::give(Job job) {
  jobs_.push_back(std::move(job));
  ++busy_;
  answered_ = false;
  woken_.notify_all();
}

void Fleet::Member::end() {
  ending_ = true;
  busy_ -= static_cast<int>(jobs_.size());
  jobs_.clear();
  woken_.notify_all();
}

void Fleet::Member::work() {
  std::unique_lock lock(fleet_.mutex_);
  while (!ending_) {
    const auto called = [&] { return ending_ || !jobs_.empty(); };
    const bool lasts = fleet_.sandbox_.attach;
    if (!lasts && !woken_.wait_until(lock, last_used_ + fleet_.options_.idle_lifetime, called) && busy_ == 0) break;
    if (lasts) woken_.wait(lock, called);
    if (ending_ || jobs_.empty()) {
      last_used_ = std::chrono::steady_clock::now();
      continue;
    }
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    run(std::move(job));
    lock.lock();
  }
  ending_ = true;
  lock.unlock();
  aside_.clear();
  sandbox_.stop();
  lock.lock();
  ended_ = true;
  fleet_.changed_.notify_all();
}

void Fleet::Member::run(Job job) {
  if (sandbox_.options().max_concurrency > 1) return run_aside(std::move(job));
  const auto after = job(sandbox_);
  finished();
  if (after) after();
}

void Fleet::Member::run_aside(Job job) {
  aside_.remove_if([](const Aside& aside) { return aside.over.load(); });
  sandbox_.prepare();
  Aside& aside = aside_.emplace_back();
  aside.thread = std::jthread([this, &aside, job = std::move(job)] {
    const auto after = job(sandbox_);
    finished();
    if (after) after();
    aside.over = true;
  });
}

void Fleet::Member::finished() {
  const std::lock_guard lock(fleet_.mutex_);
  --busy_;
  answered_ = false;
  last_used_ = std::chrono::steady_clock::now();
  fleet_.changed_.notify_all();
}

}  // namespace sloop::emulator
