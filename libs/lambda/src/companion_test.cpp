// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <latch>

#include "function_under_test.hpp"
#include "sloop/lambda/after_reply.hpp"
#include "sloop/lambda/shutdown.hpp"

namespace sloop::lambda {
namespace {

using namespace std::chrono_literals;

TEST(OnShutdown, registers_without_events_and_runs_the_callback_on_sigterm) {
  std::atomic<int> calls = 0;
  std::atomic<bool> stopped = false;
  Function function(
      [&](const Json&, const Context& context) {
        ::raise(SIGTERM);
        stopped =
            eventually([&] { return context.stop.stop_requested() && context.call_options().stop.stop_requested(); });
        return "last words";
      },
      {.companions = {on_shutdown([&] { ++calls; })}});
  ASSERT_TRUE(eventually([&] { return !function.api->extensions().empty() && function.api->extensions()[0].waits; }));
  EXPECT_TRUE(function.api->extensions()[0].events.empty());
  EXPECT_EQ(function.invoke("{}").body, R"("last words")");
  EXPECT_TRUE(eventually([&] { return function.status == 0; })) << "run ends without being asked again";
  EXPECT_EQ(calls, 1);
  EXPECT_TRUE(stopped);
}

TEST(OnShutdown, there_is_one_in_a_process) {
  Function function([](const Json&) {}, {.companions = {on_shutdown([] {}), on_shutdown([] {})}});
  ASSERT_TRUE(eventually([&] { return function.api->init_error().has_value(); }));
  EXPECT_TRUE(function.api->init_error()->body.contains("there is one already")) << function.api->init_error()->body;
}

TEST(AfterReply, the_caller_does_not_wait_and_the_environment_does) {
  std::latch go(1);
  std::atomic<int> done = 0;
  Function function([](const Json& event) { return event; }, {.companions = {after_reply([&](const Context& context) {
                                                                go.wait();
                                                                context.log->info("flushed");
                                                                ++done;
                                                              })}});
  ASSERT_TRUE(eventually([&] { return function.api->extensions().size() == 1; }));
  EXPECT_EQ(function.api->extensions()[0].events, std::vector<std::string>{"INVOKE"});
  EXPECT_EQ(function.invoke("1").body, "1");
  EXPECT_EQ(done, 0);
  EXPECT_EQ(function.api->extensions()[0].calls, 1) << "Lambda may not freeze the process yet";
  EXPECT_EQ(function.invoke("2").body, "2") << "nor does the next event wait";
  go.count_down();
  EXPECT_TRUE(eventually([&] { return done == 2 && function.api->extensions()[0].calls == 3; }));
  EXPECT_TRUE(function.log().contains("INFO RequestId: request-1 flushed\n")) << function.log();
}

TEST(AfterReply, what_is_left_is_done_before_run_returns_and_a_throw_is_logged) {
  std::atomic<int> done = 0;
  Function function([](const Json& event) { return event; }, {.companions = {after_reply([&](const Context&) {
                                                                ++done;
                                                                throw 7;
                                                              })}});
  function.invoke("1");
  function.end();
  EXPECT_EQ(done, 1);
  EXPECT_TRUE(function.log().contains("after_reply: the work threw")) << function.log();
}

TEST(AfterReply, managed_instances_need_no_extension) {
  std::atomic<int> done = 0;
  const auto function = Function::with(
      [&](const RunOptions& options) { return run_concurrent([](const Json& event) { return event; }, options); },
      {.companions = {after_reply([&](const Context&) { ++done; })}},
      {.initialization_type = "lambda-managed-instances", .max_concurrency = 2});
  function->invoke("1");
  EXPECT_TRUE(eventually([&] { return done == 1; }));
  EXPECT_TRUE(function->api->extensions().empty());
}

}  // namespace
}  // namespace sloop::lambda
