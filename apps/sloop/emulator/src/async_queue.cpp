// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/async_queue.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include "sloop/core/json.hpp"
#include "sloop/emulator/environment_log.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

// Between attempts to get an environment: from this up to that, doubled.
constexpr std::chrono::milliseconds kFirstWait = 50ms;
constexpr int kMostDoublings = 12;

Json as_json(const std::string& text) {
  auto json = parse_json(text);
  return json ? std::move(*json) : Json(text);
}

}  // namespace

AsyncQueue::AsyncQueue(AsyncOptions options, std::string arn, Deliver deliver)
    : options_(std::move(options)), arn_(std::move(arn)), deliver_(std::move(deliver)), thread_([this] { work(); }) {}

AsyncQueue::~AsyncQueue() {
  join();
}

void AsyncQueue::join() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void AsyncQueue::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  waiting_.clear();
  changed_.notify_all();
}

void AsyncQueue::add(const SandboxInvocation& invocation) {
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  waiting_.push_back({.invocation = invocation, .accepted = now, .due = now});
  changed_.notify_all();
}

bool AsyncQueue::wait_idle(Deadline deadline) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, deadline.at(), [&] { return waiting_.empty() && running_ == 0; });
}

void AsyncQueue::work() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto next = std::ranges::min_element(waiting_, {}, &Waiting::due);
    if (next == waiting_.end()) {
      changed_.wait(lock);
    } else if (next->due > Clock::now()) {
      changed_.wait_until(lock, next->due);
    } else {
      Waiting waiting = std::move(*next);
      waiting_.erase(next);
      ++running_;
      lock.unlock();
      attempt(std::move(waiting));
      lock.lock();
    }
  }
}

void AsyncQueue::attempt(Waiting waiting) {
  if (Clock::now() - waiting.accepted > options_.max_age) {
    record(waiting, "EventAgeExceeded", nullptr);
    const std::lock_guard lock(mutex_);
    --running_;
    changed_.notify_all();
    return;
  }
  ++waiting.attempts;
  const auto begun =
      deliver_(waiting.invocation, [this, waiting](const SandboxOutcome& outcome) { finish(waiting, outcome); });
  if (begun) return;
  // Not an attempt: no environment was free.
  --waiting.attempts;
  requeue(waiting, kFirstWait * (1 << std::min(waiting.throttled++, kMostDoublings)));
}

void AsyncQueue::finish(Waiting waiting, const SandboxOutcome& outcome) {
  if (outcome.is_error && waiting.attempts <= options_.retries) {
    const auto delay = options_.retry_delay * (1 << (waiting.attempts - 1));
    return requeue(std::move(waiting), delay);
  }
  record(waiting, outcome.is_error ? "RetriesExhausted" : "Success", &outcome);
  const std::lock_guard lock(mutex_);
  --running_;
  changed_.notify_all();
}

void AsyncQueue::requeue(Waiting waiting, Clock::duration delay) {
  waiting.due = Clock::now() + delay;
  const std::lock_guard lock(mutex_);
  --running_;
  if (!stopped_) waiting_.push_back(std::move(waiting));
  changed_.notify_all();
}

void AsyncQueue::record(const Waiting& waiting, const std::string& condition, const SandboxOutcome* outcome) const {
  const std::string& path = condition == "Success" ? options_.on_success : options_.on_failure;
  if (path.empty()) return;
  JsonObject record{{"version", "1.0"},
                    {"timestamp", log_time()},
                    {"requestContext",
                     {{"requestId", waiting.invocation.request_id},
                      {"functionArn", arn_ + ":$LATEST"},
                      {"condition", condition},
                      {"approximateInvokeCount", waiting.attempts}}},
                    {"requestPayload", as_json(waiting.invocation.event)}};
  if (outcome != nullptr) {
    JsonObject context{{"statusCode", 200}, {"executedVersion", "$LATEST"}};
    if (outcome->is_error) context["functionError"] = "Unhandled";
    record["responseContext"] = std::move(context);
    record["responsePayload"] = as_json(outcome->body);
  }
  std::ofstream(path, std::ios::app) << write_json(record) << '\n';
}

}  // namespace sloop::emulator
