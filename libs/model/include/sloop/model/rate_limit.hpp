// SPDX-License-Identifier: Apache-2.0
//
// Keeps to a provider's limits by waiting, rather than by being refused.
//
//   auto limiter = std::make_shared<RateLimiter>(RateLimits{.requests_per_minute = 500, .tokens_per_minute = 30'000});
//   auto model = std::make_shared<RateLimitedModel>(*open_model("openai/gpt-4o"), limiter);
//
// One limiter may serve several models that share a limit. It knows of this process only.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

#include "sloop/model/model.hpp"

namespace sloop {

/// An amount that comes back evenly, at most a minute's worth. A value; the time is a parameter.
class MinuteBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Full at first; `per_minute` of 0 or less is no limit.
  MinuteBudget(double per_minute, Time now) : per_minute_(per_minute), left_(per_minute), at_(now) {}

  /// Takes `amount`, also where it is not there yet, and returns how long to wait until it is.
  [[nodiscard]] std::chrono::milliseconds take(double amount, Time now);
  /// What was taken and is not used after all; negative: more was used.
  void give_back(double amount);

 private:
  double per_minute_;
  double left_;
  Time at_;
};

struct RateLimits {
  /// 0: no limit.
  double requests_per_minute = 0;
  /// Input and output; 0: no limit.
  double tokens_per_minute = 0;
};

/// What the limiter needs from outside; replaced in tests.
struct RateClock {
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
  /// Waits; returns false when the stop token ended the wait. Empty: a real wait.
  std::function<bool(std::chrono::milliseconds, const CallOptions&)> wait = {};
};

/// Threads may use one at the same time; calls go in the order in which they came.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimits limits, RateClock clock = {});

  /// Waits until a request of so many tokens is within the limits. Fails with `cancelled`, and at once with
  /// `rate_limited`, saying how long it would take, when that is beyond the deadline; nothing is taken then.
  [[nodiscard]] Result<void> acquire(double tokens, const CallOptions& options);
  /// Corrects an estimate by what was used.
  void settle(double estimated, double used);

 private:
  RateClock clock_;
  std::mutex mutex_;
  MinuteBudget requests_;
  MinuteBudget tokens_;
};

/// Tokens that a request may cost: a quarter of its bytes, and the most that its reply may have where that is said.
[[nodiscard]] double estimated_tokens(const ModelRequest& request);

class RateLimitedModel final : public Model {
 public:
  RateLimitedModel(std::shared_ptr<Model> model, std::shared_ptr<RateLimiter> limiter);

  [[nodiscard]] Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) override;
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request,
                                                            const CallOptions& options) override;
  /// Waits for its turn, but not for the answer.
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> start(const ModelRequest& request,
                                                           const CallOptions& options) override;
  [[nodiscard]] std::uint64_t progress() const override;
  [[nodiscard]] Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override;

 private:
  std::shared_ptr<Model> model_;
  std::shared_ptr<RateLimiter> limiter_;
};

}  // namespace sloop
