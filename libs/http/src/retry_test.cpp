// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/retry.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace sloop::http {
namespace {

using namespace std::chrono_literals;

/// Answers what it is told, in order.
class Scripted final : public Transport {
 public:
  std::deque<Result<Response>> answers;
  int calls = 0;

  Result<Response> send(const Request&, const CallOptions&) override {
    ++calls;
    auto answer = answers.front();
    answers.pop_front();
    return answer;
  }
  Result<std::unique_ptr<BodyStream>> start(const Request&, const CallOptions&) override {
    return fail(ErrorKind::unsupported, "no streams here");
  }
};

struct Patient {
  std::shared_ptr<Scripted> inner = std::make_shared<Scripted>();
  std::vector<std::chrono::milliseconds> waits;
  std::shared_ptr<Transport> transport;

  explicit Patient(RetryPolicy policy = {}) {
    transport =
        with_retries(inner, policy,
                     {.wait = [this](auto duration, const CallOptions&) { return waits.push_back(duration), true; },
                      .random = [] { return 0.5; }});
  }
};

TEST(Retry, a_rate_limited_call_waits_for_retry_after) {
  Patient patient;
  patient.inner->answers = {Response{.status = 429, .headers = {{"Retry-After", "2"}}}, Response{.status = 200}};
  EXPECT_EQ(patient.transport->send({}, {})->status, 200);
  EXPECT_EQ(patient.waits, (std::vector<std::chrono::milliseconds>{2000ms}));
}

TEST(Retry, waits_double_with_jitter_and_end_after_the_last_attempt) {
  Patient patient({.max_attempts = 4, .first_delay = 100ms, .max_delay = 300ms});
  for (int i = 0; i < 4; ++i) patient.inner->answers.emplace_back(Response{.status = 503});
  EXPECT_EQ(patient.transport->send({}, {})->status, 503);
  EXPECT_EQ(patient.waits, (std::vector<std::chrono::milliseconds>{50ms, 100ms, 150ms}));
}

TEST(Retry, connection_failures_are_repeated_and_bad_requests_are_not) {
  Patient patient;
  patient.inner->answers = {fail(ErrorKind::unavailable, "lost"), Response{.status = 400}};
  EXPECT_EQ(patient.transport->send({}, {})->status, 400);
  EXPECT_EQ(patient.inner->calls, 2);
  patient.inner->answers = {fail(ErrorKind::untrusted, "no")};
  EXPECT_EQ(patient.transport->send({}, {}).error().kind, ErrorKind::untrusted);
}

TEST(Retry, a_wait_past_the_deadline_or_beyond_the_cap_is_not_begun) {
  Patient patient;
  patient.inner->answers = {Response{.status = 429, .headers = {{"retry-after", "30"}}}};
  EXPECT_EQ(patient.transport->send({}, {.deadline = Deadline::after(5s)})->status, 429);
  patient.inner->answers = {Response{.status = 429, .headers = {{"retry-after", "3600"}}}};
  EXPECT_EQ(patient.transport->send({}, {})->status, 429);
  EXPECT_TRUE(patient.waits.empty());
}

TEST(Retry, a_stop_ends_the_real_wait) {
  auto inner = std::make_shared<Scripted>();
  inner->answers = {Response{.status = 429, .headers = {{"retry-after", "30"}}}};
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(with_retries(inner)->send({}, {.stop = source.get_token()}).error().kind, ErrorKind::cancelled);
}

TEST(RetryAfter, reads_milliseconds_seconds_and_dates) {
  const auto now = std::chrono::system_clock::from_time_t(784111777);  // Sun, 06 Nov 1994 08:49:37 GMT
  EXPECT_EQ(retry_after({{"retry-after-ms", "1500.2"}, {"retry-after", "9"}}, now), 1501ms);
  EXPECT_EQ(retry_after({{"retry-after", "0.25"}}, now), 250ms);
  EXPECT_EQ(retry_after({{"retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"}}, now), 10s);
  EXPECT_EQ(retry_after({{"retry-after", "Sun, 06 Nov 1994 08:49:07 GMT"}}, now), 0ms);
  for (const char* junk : {"soon", "-1", "", "nan", "1e300"})
    EXPECT_EQ(retry_after({{"retry-after", junk}}, now), std::nullopt) << junk;
}

}  // namespace
}  // namespace sloop::http
