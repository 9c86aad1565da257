// SPDX-License-Identifier: Apache-2.0
#include "sloop/extension/run.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "sloop/extension/receiver.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/testing/fake_runtime_api.hpp"

namespace sloop::extension {
namespace {

using namespace std::chrono_literals;

template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

/// An extension that runs beside a fake Runtime API, in a thread of this process.
class Running {
 public:
  explicit Running(Program program) : program_(std::move(program)) {
    program_.runtime_api = api->address();
    program_.telemetry.host = "127.0.0.1";
    program_.telemetry.address = "127.0.0.1";
    program_.log = std::make_shared<Log>(LogOptions{.write = [this](std::string_view line) { log += line; }});
    thread_ = std::jthread([this] { status = run(program_); });
  }
  ~Running() { api->stop(); }

  void join() { thread_.join(); }
  [[nodiscard]] testing::FakeExtension seen() const {
    const auto all = api->extensions();
    return all.empty() ? testing::FakeExtension{} : all[0];
  }
  /// Delivers telemetry as the platform does, to where the subscription says.
  [[nodiscard]] int deliver(const std::string& records) const {
    const std::string subscription = seen().subscriptions.at(0);
    const auto json = parse_json(subscription.substr(subscription.find(' ')));
    const std::string url(find_string(json->at("destination"), "URI"));
    const auto response =
        http::make_curl_transport({.proxies = false})->send({.method = "POST", .url = url, .body = records}, {});
    return response ? response->status : 0;
  }

  std::unique_ptr<testing::FakeRuntimeApi> api = testing::FakeRuntimeApi::start().value();
  std::string log;
  std::atomic<int> status = -1;

 private:
  Program program_;
  std::jthread thread_;
};

TEST(Extension, hears_of_invocations_and_of_the_end) {
  std::string heard;
  lambda::Registration registration;
  Running running({.on_invoke = [&](const lambda::ExtensionEvent& event) -> Result<void> {
                     heard += event.type + " " + event.request_id + " " + event.trace_id + "\n";
                     return {};
                   },
                   .on_shutdown = [&](const lambda::ExtensionEvent& event) -> Result<void> {
                     heard += event.type + " " + event.shutdown_reason + "\n";
                     return {};
                   },
                   .account_id = true,
                   .on_registered = [&](const lambda::Registration& told) { registration = told; },
                   .name = "watcher"});
  ASSERT_TRUE(eventually([&] { return running.seen().waits; }));
  EXPECT_EQ(running.seen().name, "watcher");
  EXPECT_EQ(running.seen().events, (std::vector<std::string>{"INVOKE", "SHUTDOWN"}));
  EXPECT_EQ(running.seen().headers.get("lambda-extension-accept-feature"), "accountId");
  EXPECT_EQ(registration.function_name + registration.account_id, "test0123");
  (void)running.api->invoke("{}", {.patience = 0ms});
  const auto next = http::make_curl_transport({.proxies = false})
                        ->send({.url = "http://" + running.api->address() + "/2018-06-01/runtime/invocation/next"}, {});
  ASSERT_TRUE(next);
  ASSERT_TRUE(eventually([&] { return running.seen().calls == 2; }));
  running.api->shut_down("TIMEOUT");
  running.join();
  EXPECT_EQ(running.status, 0);
  EXPECT_EQ(heard, "INVOKE request-1 Root=1\nSHUTDOWN TIMEOUT\n");
}

TEST(Extension, telemetry_is_subscribed_to_taken_at_once_and_given_again_after_a_failure) {
  std::mutex mutex;
  std::vector<std::size_t> sizes;
  std::string types;
  Running running({.on_telemetry = [&](const std::vector<TelemetryRecord>& records) -> Result<void> {
                     const std::lock_guard lock(mutex);
                     sizes.push_back(records.size());
                     if (sizes.size() == 1) return fail(ErrorKind::unavailable, "the far end is down");
                     for (const auto& record : records) types += record.type + " ";
                     return {};
                   },
                   .telemetry = {.types = {"platform"}, .timeout = 25ms}});
  ASSERT_TRUE(eventually([&] { return running.seen().waits; }));
  EXPECT_TRUE(running.seen().subscriptions.at(0).starts_with(
      R"(/2022-07-01/telemetry {"schemaVersion":"2022-12-13","types":["platform"],)"
      R"("buffering":{"maxItems":10000,"maxBytes":262144,"timeoutMs":25},"destination":{"protocol":"HTTP","URI":"http://127.0.0.1:)"))
      << running.seen().subscriptions.at(0);
  EXPECT_EQ(running.deliver(R"([{"time":"t","type":"a","record":{}},{"time":"t","type":"b","record":{}}])"), 200);
  EXPECT_TRUE(eventually([&] {
    const std::lock_guard lock(mutex);
    return sizes.size() == 1;
  }));
  EXPECT_EQ(running.deliver("not json"), 200) << "the platform would only send it again";
  EXPECT_EQ(running.deliver(R"([{"time":"t","type":"c","record":{}}])"), 200);
  running.api->shut_down();
  running.join();
  EXPECT_EQ(running.status, 0);
  EXPECT_EQ(types, "a b c ");
  EXPECT_TRUE(running.log.contains("the far end is down") && running.log.contains("telemetry: not JSON"))
      << running.log;
}

TEST(Extension, the_logs_api_is_the_older_way) {
  Running running({.on_telemetry = [](const std::vector<TelemetryRecord>&) { return Result<void>(); },
                   .telemetry = {.timeout = 25ms, .logs_api = true}});
  ASSERT_TRUE(eventually([&] { return running.seen().waits; }));
  EXPECT_TRUE(running.seen().subscriptions.at(0).starts_with(R"(/2020-08-15/logs {"schemaVersion":"2021-03-18")"));
}

TEST(Extension, a_failure_at_the_start_and_one_later_are_told_to_lambda) {
  Running early({.init = [] { return Result<void>(fail(ErrorKind::unauthenticated, "no key")); }});
  early.join();
  EXPECT_EQ(early.status, 1);
  EXPECT_EQ(early.seen().error_path, "init/error");
  EXPECT_EQ(early.seen().error_type, "Extension.Failed");
  EXPECT_TRUE(early.seen().error_body.contains("no key"));
  Running late({.on_shutdown = [](const lambda::ExtensionEvent&) -> Result<void> { throw std::runtime_error("oh"); }});
  ASSERT_TRUE(eventually([&] { return late.seen().waits; }));
  late.api->shut_down();
  late.join();
  EXPECT_EQ(late.status, 1);
  EXPECT_EQ(late.seen().error_path, "exit/error");
  EXPECT_EQ(late.seen().error_type, "Extension.UnhandledException");
}

TEST(Extension, a_port_that_is_taken_is_an_error_at_the_start) {
  const auto first = Receiver::start({.address = "127.0.0.1"}, [](const std::string&) {}).value();
  EXPECT_EQ(Receiver::start({.address = "127.0.0.1", .port = first->port()}, {}).error().kind, ErrorKind::unavailable);
  EXPECT_EQ(Receiver::start({.address = "nowhere"}, {}).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace sloop::extension
