// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/retry.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <random>

namespace sloop::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookAgain{10};

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || !(value >= 0) || value > 1e9) return std::nullopt;
  return value;
}

std::optional<std::chrono::system_clock::time_point> http_date(std::string_view text) {
  std::tm time{};
  const std::string copy(text);
  const char* end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &time);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return std::chrono::system_clock::from_time_t(timegm(&time));
}

bool wait_for(milliseconds duration, const CallOptions& options) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, options.stop, duration, [] { return false; });
  return !options.stop.stop_requested();
}

double random_fraction() {
  // Without a state of its own: copies of this process (SnapStart) must not wait alike.
  std::random_device device;
  return std::generate_canonical<double, 32>(device);
}

/// What a transport and its streams, which may outlive it, have in common.
struct Rules {
  std::shared_ptr<Transport> inner;
  RetryPolicy policy;
  RetryEnvironment environment;
  /// Streams that wait to be repeated.
  std::atomic<int> pauses = 0;

  /// How long to wait before the next attempt; none: the answer, or its failure, counts.
  [[nodiscard]] std::optional<milliseconds> delay_after(int attempt, const Error* failure, int status,
                                                        const Headers& headers, const CallOptions& options) const {
    std::optional<milliseconds> asked;
    if (failure != nullptr) {
      if (!failure->retryable()) return std::nullopt;
    } else {
      if (!is_retryable_status(status)) return std::nullopt;
      asked = retry_after(headers, std::chrono::system_clock::now());
    }
    const auto delay = next_delay(policy, attempt, asked, environment.random());
    if (delay && !options.deadline.is_never() && *delay >= options.deadline.remaining()) return std::nullopt;
    return delay;
  }
};

Error cancelled() {
  return {.kind = ErrorKind::cancelled, .message = "cancelled while waiting to repeat the request"};
}

/// A stream that begins anew until its head counts.
class RetryingStream final : public BodyStream {
 public:
  RetryingStream(std::shared_ptr<Rules> rules, std::unique_ptr<BodyStream> stream, Request request, CallOptions options)
      : rules_(std::move(rules)),
        stream_(std::move(stream)),
        request_(std::move(request)),
        options_(std::move(options)) {}
  ~RetryingStream() override {
    if (due_) --rules_->pauses;
  }

  Result<void> wait_head() override {
    while (!judged_) {
      if (due_) {
        const auto left = std::chrono::ceil<milliseconds>(*due_ - Clock::now());
        if (!rules_->environment.wait(std::max(left, milliseconds::zero()), options_)) return settle(fail(cancelled()));
        begin_again();
      } else {
        judge(stream_->wait_head());
      }
    }
    return head_;
  }

  [[nodiscard]] bool ready() override {
    if (judged_) return !head_ || stream_->ready();
    if (due_) {
      if (Clock::now() < *due_) return options_.deadline.passed() || options_.stop.stop_requested();
      begin_again();
    }
    if (!judged_ && !stream_->ready()) return false;
    if (!judged_) judge(stream_->wait_head());
    return judged_;
  }

  [[nodiscard]] int status() const override { return stream_->status(); }
  [[nodiscard]] const Headers& headers() const override { return stream_->headers(); }
  Result<std::string_view> read() override {
    if (auto head = wait_head(); !head) return fail(head.error());
    return stream_->read();
  }
  void set_deadline(Deadline deadline) override {
    options_.deadline = deadline;
    stream_->set_deadline(deadline);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void judge(Result<void> head) {
    const auto delay =
        rules_->delay_after(attempt_, head ? nullptr : &head.error(), stream_->status(), stream_->headers(), options_);
    if (!delay) {
      (void)settle(std::move(head));
      return;
    }
    due_ = Clock::now() + *delay;
    ++rules_->pauses;
  }

  void begin_again() {
    due_.reset();
    --rules_->pauses;
    ++attempt_;
    auto next = rules_->inner->start(request_, options_);
    if (next)
      stream_ = std::move(*next);
    else
      (void)settle(fail(next.error()));
  }

  Result<void> settle(Result<void> head) {
    head_ = std::move(head);
    judged_ = true;
    return head_;
  }

  std::shared_ptr<Rules> rules_;
  std::unique_ptr<BodyStream> stream_;
  Request request_;
  CallOptions options_;
  int attempt_ = 1;
  std::optional<Clock::time_point> due_;
  Result<void> head_;
  bool judged_ = false;
};

class RetryingTransport final : public Transport {
 public:
  RetryingTransport(std::shared_ptr<Transport> inner, RetryPolicy policy, RetryEnvironment environment) {
    rules_->inner = std::move(inner);
    rules_->policy = policy;
    rules_->environment = std::move(environment);
    if (!rules_->environment.wait) rules_->environment.wait = wait_for;
    if (!rules_->environment.random) rules_->environment.random = random_fraction;
  }

  Result<Response> send(const Request& request, const CallOptions& options) override {
    for (int attempt = 1;; ++attempt) {
      auto answer = rules_->inner->send(request, options);
      const auto delay = rules_->delay_after(attempt, answer ? nullptr : &answer.error(), answer ? answer->status : 0,
                                             answer ? answer->headers : Headers(), options);
      if (!delay) return answer;
      if (!rules_->environment.wait(*delay, options)) return fail(cancelled());
    }
  }

  Result<std::unique_ptr<BodyStream>> start(const Request& request, const CallOptions& options) override {
    auto stream = rules_->inner->start(request, options);
    if (!stream || rules_->policy.max_attempts <= 1) return stream;
    return std::make_unique<RetryingStream>(rules_, std::move(*stream), request, options);
  }

  [[nodiscard]] std::uint64_t progress() const override { return rules_->inner->progress(); }
  Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override {
    if (rules_->pauses == 0) return rules_->inner->wait_progress(seen, options);
    // A stream that waits to be repeated becomes ready by time alone.
    CallOptions soon = options;
    soon.deadline = std::min(options.deadline, Deadline::after(kLookAgain));
    auto waited = rules_->inner->wait_progress(seen, soon);
    if (!waited && waited.error().kind == ErrorKind::timed_out && !options.deadline.passed()) return {};
    return waited;
  }

  void expect(std::string_view url) override { rules_->inner->expect(url); }
  Result<void> warm_up(const CallOptions& options) override { return rules_->inner->warm_up(options); }

 private:
  std::shared_ptr<Rules> rules_ = std::make_shared<Rules>();
};

}  // namespace

std::optional<milliseconds> retry_after(const Headers& headers, std::chrono::system_clock::time_point now) {
  if (const auto text = headers.get("retry-after-ms"))
    if (const auto value = number_of(*text)) return milliseconds(static_cast<long long>(std::ceil(*value)));
  const auto text = headers.get("retry-after");
  if (!text) return std::nullopt;
  if (const auto value = number_of(*text)) return milliseconds(static_cast<long long>(std::ceil(*value * 1000)));
  const auto date = http_date(*text);
  if (!date) return std::nullopt;
  return std::max(milliseconds::zero(), std::chrono::ceil<milliseconds>(*date - now));
}

bool is_retryable_status(int status) noexcept {
  return status == 408 || status == 409 || status == 429 || (status >= 500 && status != 501 && status != 505);
}

std::optional<milliseconds> next_delay(const RetryPolicy& policy, int attempt, std::optional<milliseconds> asked,
                                       double random) {
  if (attempt >= policy.max_attempts) return std::nullopt;
  if (asked) return *asked <= policy.max_retry_after ? asked : std::nullopt;
  const int doublings = std::min(attempt - 1, 30);
  const double ceiling = std::min(static_cast<double>(policy.first_delay.count()) * std::ldexp(1.0, doublings),
                                  static_cast<double>(policy.max_delay.count()));
  return milliseconds(static_cast<long long>(ceiling * random));
}

std::shared_ptr<Transport> with_retries(std::shared_ptr<Transport> inner, RetryPolicy policy,
                                        RetryEnvironment environment) {
  return std::make_shared<RetryingTransport>(std::move(inner), policy, std::move(environment));
}

}  // namespace sloop::http
