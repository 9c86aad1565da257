// SPDX-License-Identifier: Apache-2.0
//
// Asynchronous invocations of one function: events that wait, are tried again when they fail, and are told of when that
// was in vain.
//
//   AsyncQueue queue({.retries = 2, .on_failure = "failed.jsonl"}, arn, deliver);
//   queue.add({.event = "{}"});
//
// Source: AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation", "Capturing
// records of Lambda asynchronous invocations".
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/emulator/invocation.hpp"

namespace sloop::emulator {

struct AsyncOptions {
  /// Further attempts after a failed one: 0 to 2.
  int retries = 2;
  /// Before the first repetition; twice as long before the second.
  std::chrono::milliseconds retry_delay{std::chrono::minutes(1)};
  /// An older event is given up.
  std::chrono::milliseconds max_age{std::chrono::hours(6)};
  /// Files that get one line of JSON for every event that failed for good, or succeeded; empty: none.
  std::string on_failure = {};
  std::string on_success = {};
};

class AsyncQueue {
 public:
  using Done = std::function<void(const SandboxOutcome&)>;
  /// Begins to serve an event; `done` is called later. Fails with `rate_limited`, then the event waits, or `cancelled`.
  using Deliver = std::function<Result<void>(const SandboxInvocation&, Done done)>;

  AsyncQueue(AsyncOptions options, std::string arn, Deliver deliver);
  /// As `join`. Nothing that it has delivered may be left.
  ~AsyncQueue();
  AsyncQueue(const AsyncQueue&) = delete;
  AsyncQueue& operator=(const AsyncQueue&) = delete;

  void add(const SandboxInvocation& invocation);
  /// Blocks until nothing waits and nothing runs; false when the deadline passed before.
  [[nodiscard]] bool wait_idle(Deadline deadline);
  /// Drops what waits; nothing is taken any more. Any thread may call this.
  void stop();
  /// The same, and waits until nothing is delivered any more.
  void join();

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    SandboxInvocation invocation;
    Clock::time_point accepted;
    Clock::time_point due;
    int attempts = 0;
    int throttled = 0;
  };

  void work();
  void attempt(Waiting waiting);
  void finish(Waiting waiting, const SandboxOutcome& outcome);
  void requeue(Waiting waiting, Clock::duration delay);
  void record(const Waiting& waiting, const std::string& condition, const SandboxOutcome* outcome) const;

  const AsyncOptions options_;
  const std::string arn_;
  const Deliver deliver_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  int running_ = 0;
  bool stopped_ = false;
  std::jthread thread_;
};

}  // namespace sloop::emulator
