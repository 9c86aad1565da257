// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/rate_limit.hpp"

#include <algorithm>
#include <cmath>
#include <condition_variable>

namespace sloop {
namespace {

using std::chrono::milliseconds;

constexpr double kMillisecondsAMinute = 60'000;

bool wait_for(milliseconds time, const CallOptions& options) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, options.stop, time, [] { return false; });
  return !options.stop.stop_requested();
}

/// Corrects the estimate when the reply is over, however it ends.
class SettlingStream final : public ReplyStream {
 public:
  SettlingStream(std::unique_ptr<ReplyStream> stream, std::shared_ptr<RateLimiter> limiter, double estimated)
      : stream_(std::move(stream)), limiter_(std::move(limiter)), estimated_(estimated) {}
  ~SettlingStream() override { settle(); }

  Result<std::optional<StreamEvent>> next() override {
    auto event = stream_->next();
    if (!event || !*event) settle();
    return event;
  }
  [[nodiscard]] bool ready() override { return stream_->ready(); }
  [[nodiscard]] const ModelReply& reply() const override { return stream_->reply(); }

 private:
  void settle();

  std::unique_ptr<ReplyStream> stream_;
  std::shared_ptr<RateLimiter> limiter_;
  double estimated_;
  bool settled_ = false;
};

/// The tokens of a reply; the estimate stands where the provider does not tell.
double used_tokens(const ModelReply& reply, double estimated) {
  const auto usage = split(reply.usage, reply.usage_convention);
  const auto used = static_cast<double>(usage.input_total + usage.output_total);
  return used > 0 ? used : estimated;
}

void SettlingStream::settle() {
  if (!settled_) limiter_->settle(estimated_, used_tokens(stream_->reply(), estimated_));
  settled_ = true;
}

}  // namespace

milliseconds MinuteBudget::take(double amount, Time now) {
  if (per_minute_ <= 0) return milliseconds::zero();
  const std::chrono::duration<double, std::milli> passed = now - at_;
  left_ = std::min(per_minute_, left_ + std::max(0.0, passed.count()) * per_minute_ / kMillisecondsAMinute);
  at_ = std::max(at_, now);
  left_ -= amount;
  if (left_ >= 0) return milliseconds::zero();
  return milliseconds(static_cast<std::int64_t>(std::ceil(-left_ * kMillisecondsAMinute / per_minute_)));
}

void MinuteBudget::give_back(double amount) {
  left_ = std::min(per_minute_, left_ + amount);
}

RateLimiter::RateLimiter(RateLimits limits, RateClock clock)
    : clock_(std::move(clock)),
      requests_(limits.requests_per_minute, clock_.now()),
      tokens_(limits.tokens_per_minute, clock_.now()) {
  if (!clock_.wait) clock_.wait = wait_for;
}

Result<void> RateLimiter::acquire(double tokens, const CallOptions& options) {
  milliseconds wait{};
  {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.now();
    wait = std::max(requests_.take(1, now), tokens_.take(tokens, now));
    if (!options.deadline.is_never() && now + wait > options.deadline.at()) {
      requests_.give_back(1);
      tokens_.give_back(tokens);
      return fail(Error{.kind = ErrorKind::rate_limited,
                        .message = "the rate limit of this process allows the call in " + std::to_string(wait.count()) +
                                   " ms only, which is beyond its deadline",
                        .retry_after = wait});
    }
  }
  if (wait.count() == 0 || clock_.wait(wait, options)) return {};
  const std::lock_guard lock(mutex_);
  requests_.give_back(1);
  tokens_.give_back(tokens);
  return fail(ErrorKind::cancelled, "cancelled while waiting for the rate limit");
}

void RateLimiter::settle(double estimated, double used) {
  const std::lock_guard lock(mutex_);
  tokens_.give_back(estimated - used);
}

double estimated_tokens(const ModelRequest& request) {
  return static_cast<double>(write_json(to_neutral_json(request)).size()) / 4 +
         static_cast<double>(request.sampling.max_tokens.value_or(0));
}

RateLimitedModel::RateLimitedModel(std::shared_ptr<Model> model, std::shared_ptr<RateLimiter> limiter)
    : model_(std::move(model)), limiter_(std::move(limiter)) {}

Result<ModelReply> RateLimitedModel::complete(const ModelRequest& request, const CallOptions& options) {
  const double estimated = estimated_tokens(request);
  if (auto turn = limiter_->acquire(estimated, options); !turn) return fail(turn.error());
  auto reply = model_->complete(request, options);
  if (reply) limiter_->settle(estimated, used_tokens(*reply, estimated));
  return reply;
}

Result<std::unique_ptr<ReplyStream>> RateLimitedModel::stream(const ModelRequest& request, const CallOptions& options) {
  const double estimated = estimated_tokens(request);
  if (auto turn = limiter_->acquire(estimated, options); !turn) return fail(turn.error());
  auto stream = model_->stream(request, options);
  if (!stream) return stream;
  return std::make_unique<SettlingStream>(std::move(*stream), limiter_, estimated);
}

Result<std::unique_ptr<ReplyStream>> RateLimitedModel::start(const ModelRequest& request, const CallOptions& options) {
  const double estimated = estimated_tokens(request);
  if (auto turn = limiter_->acquire(estimated, options); !turn) return fail(turn.error());
  auto stream = model_->start(request, options);
  if (!stream) return stream;
  return std::make_unique<SettlingStream>(std::move(*stream), limiter_, estimated);
}

std::uint64_t RateLimitedModel::progress() const {
  return model_->progress();
}

Result<void> RateLimitedModel::wait_progress(std::uint64_t seen, const CallOptions& options) {
  return model_->wait_progress(seen, options);
}

}  // namespace sloop
