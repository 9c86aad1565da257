// SPDX-License-Identifier: Apache-2.0
//
// What every blocking call takes: until when it may block, and how to end it early.
//
//   transport.send(request, {.deadline = Deadline::after(5s), .stop = source.get_token()});
#pragma once

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace sloop {

/// A point in time on the steady clock after which a call gives up; by default never.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  constexpr Deadline() = default;
  constexpr explicit Deadline(Clock::time_point at) : at_(at) {}

  [[nodiscard]] static Deadline after(std::chrono::milliseconds duration) { return Deadline(Clock::now() + duration); }
  [[nodiscard]] static constexpr Deadline never() { return {}; }

  [[nodiscard]] constexpr bool is_never() const { return at_ == Clock::time_point::max(); }
  [[nodiscard]] constexpr Clock::time_point at() const { return at_; }
  [[nodiscard]] bool passed() const { return !is_never() && Clock::now() >= at_; }

  /// The time left, never negative; `milliseconds::max()` when there is no deadline.
  [[nodiscard]] std::chrono::milliseconds remaining() const {
    if (is_never()) return std::chrono::milliseconds::max();
    // Rounded up, so that a wait of this length does not end just before the deadline.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - Clock::now());
    return std::max(left, std::chrono::milliseconds::zero());
  }

  friend constexpr auto operator<=>(const Deadline&, const Deadline&) = default;

 private:
  Clock::time_point at_ = Clock::time_point::max();
};

/// The limits of one blocking call.
struct CallOptions {
  /// When the call gives up with `ErrorKind::timed_out`.
  Deadline deadline = {};
  /// Ends the call with `ErrorKind::cancelled` and closes its socket.
  std::stop_token stop = {};
  /// How long one attempt to connect may take, lookup and TLS included; zero: as long as the transport allows.
  std::chrono::milliseconds connect_timeout{0};
};

}  // namespace sloop
