// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/response_channel.hpp"

#include <algorithm>
#include <utility>

namespace sloop::emulator {
namespace {

// A function that is faster than its caller waits beyond this.
constexpr std::size_t kQueue = 256u * 1024u;

}  // namespace

Pace::Clock::time_point Pace::pass(std::size_t bytes, Clock::time_point now) {
  if (limits_.bytes_per_second == 0) return now;
  const auto rate = static_cast<double>(limits_.bytes_per_second);
  const double gained = std::chrono::duration<double>(now - at_).count() * rate;
  allowance_ = std::min(static_cast<double>(limits_.burst_bytes), allowance_ + gained) - static_cast<double>(bytes);
  at_ = now;
  if (allowance_ >= 0) return now;
  return now + std::chrono::ceil<Clock::duration>(std::chrono::duration<double>(-allowance_ / rate));
}

void ResponseChannel::begin(std::string_view content_type) {
  const std::lock_guard lock(mutex_);
  content_type_ = content_type;
  begun_ = true;
  changed_.notify_all();
}

bool ResponseChannel::push(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || queued_.size() < kQueue; });
  if (closed_) return false;
  queued_ += bytes;
  changed_.notify_all();
  const auto until = pace_.pass(bytes.size(), Pace::Clock::now());
  return !changed_.wait_until(lock, until, [&] { return closed_; });
}

void ResponseChannel::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void ResponseChannel::deliver(const ResponseReceiver& receiver) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return begun_ || closed_; });
  if (begun_ && receiver.on_begin) {
    lock.unlock();
    receiver.on_begin(content_type_);
    lock.lock();
  }
  while (true) {
    changed_.wait(lock, [&] { return closed_ || !queued_.empty(); });
    if (queued_.empty()) return;
    const std::string bytes = std::exchange(queued_, {});
    changed_.notify_all();
    lock.unlock();
    const bool wanted = receiver.on_chunk(bytes);
    lock.lock();
    if (wanted) continue;
    closed_ = true;
    changed_.notify_all();
    return;
  }
}

}  // namespace sloop::emulator
