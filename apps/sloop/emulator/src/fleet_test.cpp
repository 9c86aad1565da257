// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/fleet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "local_emulator.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

EmulatorOptions options(int environments) {
  return {.sandbox = test_runtime(), .fleet = {.max_environments = environments}, .async = {.retry_delay = 10ms}};
}

/// An invocation that lasts until it is told to end.
class Held {
 public:
  explicit Held(LocalEmulator& local, std::string tenant = "") {
    const std::string event = write_json(JsonObject{{"act", "wait"}, {"after", go_.path()}});
    outcome_ = std::async(std::launch::async, [&local, event, tenant = std::move(tenant)] {
      return local->invoke({.event = event, .tenant_id = tenant}).value();
    });
  }
  SandboxOutcome end() {
    go_.give();
    return outcome_.get();
  }

 private:
  FileSignal go_;
  std::future<SandboxOutcome> outcome_;
};

TEST(Fleet, events_at_once_get_environments_of_their_own_which_are_kept) {
  LocalEmulator local(options(3));
  Held first(local);
  Held second(local);
  ASSERT_TRUE(local.logs("waiting", 2));
  const auto one = first.end();
  const auto two = second.end();
  EXPECT_NE(one.body, two.body) << "two processes";
  EXPECT_EQ(local->fleet().started(), 2);
  const auto again = local.invoke({{"act", "pid"}});
  EXPECT_FALSE(again.report.init_duration);
  EXPECT_TRUE(again.body == one.body || again.body == two.body);
  EXPECT_EQ(local->fleet().started(), 2);
}

TEST(Fleet, an_event_too_many_is_throttled) {
  LocalEmulator local(options(1));
  Held held(local);
  ASSERT_TRUE(local.logs("waiting"));
  EXPECT_EQ(local->invoke({}).error().kind, ErrorKind::rate_limited);
  const auto response = local.post("{}");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.get("x-amzn-errortype"), "TooManyRequestsException");
  EXPECT_TRUE(response.headers.contains("retry-after"));
  EXPECT_THAT(response.body, HasSubstr("Reason"));
  held.end();
  EXPECT_EQ(local.post("{}").status, 200);
}

TEST(Fleet, callers_one_after_another_share_an_environment) {
  LocalEmulator local(options(3));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(local.post(R"({"value":1})").body, "1");
  EXPECT_EQ(local->fleet().started(), 1);
}

TEST(Fleet, tenants_never_share_an_environment) {
  LocalEmulator local(options(2));
  const auto pid = [&](const std::string& tenant) {
    return local->invoke({.event = R"({"act":"pid"})", .tenant_id = tenant}).value().body;
  };
  const auto blue = pid("blue");
  const auto green = pid("green");
  EXPECT_NE(blue, green);
  EXPECT_EQ(pid("blue"), blue);
  EXPECT_EQ(pid("green"), green);
  // A third has room where the one that was idle longest was.
  EXPECT_NE(pid("red"), blue);
  EXPECT_EQ(pid("green"), green);
}

TEST(Fleet, an_idle_environment_ends) {
  auto with = options(2);
  with.fleet.idle_lifetime = 50ms;
  LocalEmulator local(std::move(with));
  (void)local.invoke({{"act", "echo"}});
  EXPECT_TRUE(eventually([&] { return local->fleet().environments() == 0; }));
  EXPECT_TRUE(local.invoke({{"act", "echo"}}).report.init_duration);
}

TEST(Fleet, several_functions_are_told_apart_by_name) {
  auto with = options(1);
  with.sandbox.name = "one";
  with.more = {test_runtime()};
  with.more[0].name = "two";
  LocalEmulator local(std::move(with));
  EXPECT_EQ(local.post(R"({"value":1})", {}, "one").status, 200);
  EXPECT_THAT(local.post(R"({"act":"headers"})", {}, "two").body, HasSubstr(":function:two"));
  EXPECT_THAT(local.post("{}", {}, "three").body, HasSubstr("this local Lambda serves one, two"));
}

TEST(AsyncQueue, a_failing_event_is_tried_three_times_and_recorded) {
  const TemporaryPath failures;
  auto with = options(1);
  with.async.on_failure = failures.string();
  LocalEmulator local(std::move(with));
  const auto accepted = local.post(R"({"act":"error","type":"Function.Broken"})", {{"x-amz-invocation-type", "Event"}});
  EXPECT_EQ(accepted.status, 202);
  ASSERT_TRUE(local->wait_idle(Deadline::after(20s)));
  const auto record = parse_json(failures.text()).value();
  const std::string id(accepted.headers.get_or("x-amzn-requestid", ""));
  EXPECT_EQ(find_string(*find(record, "requestContext"), "requestId"), id);
  EXPECT_EQ(find_string(*find(record, "requestContext"), "condition"), "RetriesExhausted");
  EXPECT_EQ(*find(record, {"requestContext", "approximateInvokeCount"}), Json(3));
  EXPECT_EQ(find_string(*find(record, "responsePayload"), "errorMessage"), "on purpose");
  EXPECT_EQ(find_string(*find(record, "requestPayload"), "type"), "Function.Broken");
  EXPECT_TRUE(local.logs("START RequestId: " + id, 3));
}

TEST(AsyncQueue, an_event_waits_for_an_environment_and_is_no_attempt_meanwhile) {
  const TemporaryPath successes;
  auto with = options(1);
  with.async.on_success = successes.string();
  LocalEmulator local(std::move(with));
  Held held(local);
  ASSERT_TRUE(local.logs("waiting"));
  ASSERT_TRUE(local->enqueue({.event = R"({"value":7})"}));
  held.end();
  ASSERT_TRUE(local->wait_idle(Deadline::after(20s)));
  const auto record = parse_json(successes.text()).value();
  EXPECT_EQ(*find(record, {"requestContext", "approximateInvokeCount"}), Json(1));
  EXPECT_EQ(*find(record, "responsePayload"), Json(7));
}

TEST(AsyncQueue, an_event_that_is_too_old_is_given_up) {
  const TemporaryPath failures;
  auto with = options(1);
  with.async.on_failure = failures.string();
  with.async.max_age = 1ms;
  LocalEmulator local(std::move(with));
  Held held(local);
  ASSERT_TRUE(local.logs("waiting"));
  ASSERT_TRUE(local->enqueue({}));
  ASSERT_TRUE(local->wait_idle(Deadline::after(20s)));
  EXPECT_THAT(failures.text(), HasSubstr("EventAgeExceeded"));
  held.end();
}

}  // namespace
}  // namespace sloop::emulator
