// SPDX-License-Identifier: Apache-2.0
//
// A streamed result on its way from the function to the caller: a short queue of bytes between two threads, with the
// pace that Lambda keeps.
//
//   function's side:  channel.begin("text/plain"); channel.push("Hel"); channel.push("lo"); channel.close();
//   caller's side:    channel.deliver({.on_chunk = [&](std::string_view bytes) { return write(bytes); }});
//
// Source: AWS Lambda Developer Guide, "Response streaming": the first 6 MB at any speed, then 2 MB per second, 200 MB
// in all.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "sloop/core/call_options.hpp"

namespace sloop::emulator {

/// Gets a result as it comes. Called on the thread that waits for the invocation.
struct ResponseReceiver {
  /// Once, before the first chunk: the content type that the function stated. Never called when the invocation fails
  /// before its result begins.
  std::function<void(std::string_view content_type)> on_begin = {};
  /// Returns false when nobody wants the rest; the function is told so.
  std::function<bool(std::string_view bytes)> on_chunk = {};

  /// Whether a streamed result is wanted at all.
  explicit operator bool() const { return static_cast<bool>(on_chunk); }
};

struct StreamLimits {
  /// Bytes that pass at any speed.
  std::size_t burst_bytes = 6u * 1024u * 1024u;
  /// And then so many in a second; 0: no limit.
  std::size_t bytes_per_second = 2u * 1024u * 1024u;
  /// Bytes in all.
  std::size_t max_bytes = 200u * 1024u * 1024u;
};

/// How long what passes has to wait; no clock of its own.
class Pace {
 public:
  using Clock = Deadline::Clock;

  Pace(const StreamLimits& limits, Clock::time_point now)
      : limits_(limits), allowance_(static_cast<double>(limits.burst_bytes)), at_(now) {}

  /// Counts bytes that pass at `now`; returns when the next may.
  [[nodiscard]] Clock::time_point pass(std::size_t bytes, Clock::time_point now);

 private:
  StreamLimits limits_;
  double allowance_;
  Clock::time_point at_;
};

class ResponseChannel {
 public:
  explicit ResponseChannel(const StreamLimits& limits = {}) : pace_(limits, Pace::Clock::now()) {}
  ResponseChannel(const ResponseChannel&) = delete;
  ResponseChannel& operator=(const ResponseChannel&) = delete;

  void begin(std::string_view content_type);
  /// Blocks while the caller is slow or the pace is kept. False when nobody takes the bytes any more.
  [[nodiscard]] bool push(std::string_view bytes);
  /// Ends the stream; what is queued is delivered still. Any thread, any number of times.
  void close();

  /// Calls back until the stream is closed and all is delivered, or `on_chunk` returned false.
  void deliver(const ResponseReceiver& receiver);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Pace pace_;
  std::string content_type_;
  bool begun_ = false;
  bool closed_ = false;
  std::string queued_;
};

}  // namespace sloop::emulator
