// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/retry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <random>

namespace sloop::http {
namespace {

using std::chrono::milliseconds;

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
  thread_local std::minstd_rand generator(std::random_device{}());
  return std::generate_canonical<double, 32>(generator);
}

class RetryingTransport final : public Transport {
 public:
  RetryingTransport(std::shared_ptr<Transport> inner, RetryPolicy policy, RetryEnvironment environment)
      : inner_(std::move(inner)), policy_(policy), environment_(std::move(environment)) {
    if (!environment_.wait) environment_.wait = wait_for;
    if (!environment_.random) environment_.random = random_fraction;
  }

  Result<Response> send(const Request& request, const CallOptions& options) override {
    return repeat<Response>(
        options, [&] { return inner_->send(request, options); },
        [](const Response& response) { return std::pair(response.status, &response.headers); });
  }

  Result<std::unique_ptr<BodyStream>> open(const Request& request, const CallOptions& options) override {
    return repeat<std::unique_ptr<BodyStream>>(
        options, [&] { return inner_->open(request, options); },
        [](const std::unique_ptr<BodyStream>& stream) { return std::pair(stream->status(), &stream->headers()); });
  }

  void expect(std::string_view url) override { inner_->expect(url); }
  Result<void> warm_up(const CallOptions& options) override { return inner_->warm_up(options); }

 private:
  template <class T, class Call, class Head>
  Result<T> repeat(const CallOptions& options, Call call, Head head) {
    for (int attempt = 1;; ++attempt) {
      Result<T> answer = call();
      std::optional<milliseconds> asked;
      if (answer) {
        const auto [status, headers] = head(*answer);
        if (!is_retryable_status(status)) return answer;
        asked = retry_after(*headers, std::chrono::system_clock::now());
      } else if (!answer.error().retryable()) {
        return answer;
      }
      const auto delay = next_delay(policy_, attempt, asked, environment_.random());
      if (!delay || (!options.deadline.is_never() && *delay >= options.deadline.remaining())) return answer;
      if (!environment_.wait(*delay, options))
        return fail(ErrorKind::cancelled, "cancelled while waiting to repeat the request");
    }
  }

  std::shared_ptr<Transport> inner_;
  RetryPolicy policy_;
  RetryEnvironment environment_;
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
