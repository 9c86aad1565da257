// SPDX-License-Identifier: Apache-2.0
//
// Several invocations at once in one process.
#include <cstdlib>
#include <latch>
#include <map>

#include "function_under_test.hpp"

namespace sloop::lambda {
namespace {

using namespace std::chrono_literals;

constexpr int kMany = 64;

std::unique_ptr<Function> managed(std::function<Result<Json>(const Json&, const Context&)> handler, int count,
                                  RunOptions options = {}) {
  return Function::with(
      [handler = std::move(handler)](const RunOptions& with) {
        return run_concurrent([&handler](const Json& event, const Context& context) { return handler(event, context); },
                              with);
      },
      std::move(options), {.initialization_type = "lambda-managed-instances", .max_concurrency = count});
}

/// The line of each request, by its id; fails the test when a line names another request than it is written by.
std::map<std::string, std::string> lines_by_request(const std::string& log) {
  std::map<std::string, std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = log.find('\n'); end != std::string::npos; begin = end + 1, end = log.find('\n', begin)) {
    const auto line = parse_json(std::string_view(log).substr(begin, end - begin));
    EXPECT_TRUE(line);
    lines[std::string(find_string(*line, "requestId"))] = find_string(*line, "message");
  }
  return lines;
}

TEST(ManagedInstances, sixty_four_at_once_each_with_its_own_fate_and_log) {
  std::latch all_here(kMany);
  std::mutex log_mutex;
  std::string log;
  const auto function = managed(
      [&](const Json& event, const Context& context) -> Result<Json> {
        const auto number = event.as_int64();
        if (number < kMany) all_here.arrive_and_wait();  // goes on only when all are under way
        context.log->info("of " + context.request_id);
        if (number == 0) throw std::runtime_error("thrown");
        if (number == 1 && !eventually([&] { return context.deadline.passed(); }))
          return fail(ErrorKind::internal, "no deadline");
        if (number == 2) return Json(std::string(7'000'000, 'x'));
        return event;
      },
      kMany, {.log = std::make_shared<Log>(LogOptions{.format = LogFormat::json, .write = [&](std::string_view line) {
                                                        const std::lock_guard lock(log_mutex);
                                                        log += line;
                                                      }})});
  std::vector<testing::InvocationOutcome> outcomes(kMany);
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < kMany; ++i)
      callers.emplace_back([&, i] {
        // The second is late (410), the third too long (413).
        testing::FakeInvocation invocation{.answer_status = i == 1 ? 410 : i == 2 ? 413 : 202};
        if (i == 1) invocation.time = 50ms;
        outcomes[static_cast<std::size_t>(i)] = function->invoke(std::to_string(i), invocation);
      });
  }
  EXPECT_EQ(outcomes[0].headers.get("lambda-runtime-function-error-type"), "Function.UnhandledException");
  EXPECT_EQ(outcomes[2].body.size(), 7'000'002u);
  for (std::size_t i = 3; i < kMany; ++i) EXPECT_EQ(outcomes[i].body, std::to_string(i));
  EXPECT_EQ(function->invoke("99").body, "99") << "the workers go on";
  function->end();
  const std::lock_guard lock(log_mutex);
  std::map<std::string, std::string> lines = lines_by_request(log);
  int own = 0;
  for (const auto& [id, message] : lines) own += message == "of " + id ? 1 : 0;
  // Three end with another line: the thrown, the late, the long.
  EXPECT_GE(own, kMany - 3 + 1);
}

TEST(ManagedInstances, the_trace_id_is_in_the_context_and_not_in_the_environment) {
  ::unsetenv("_X_AMZN_TRACE_ID");
  const auto function = managed(
      [](const Json&, const Context& context) -> Result<Json> {
        return Json(context.trace_id + (std::getenv("_X_AMZN_TRACE_ID") != nullptr ? " set" : " unset"));
      },
      2);
  EXPECT_EQ(function->invoke("1", {.headers = {{"lambda-runtime-trace-id", "Root=1"}}}).body, R"("Root=1 unset")");
}

TEST(ManagedInstances, a_worker_that_fails_leaves_the_others_working_until_none_is_left) {
  const auto function = managed([](const Json& event, const Context&) -> Result<Json> { return event; }, 2);
  // The answer 500 to a result ends the worker that posted it.
  function->invoke("1", {.answer_status = 500});
  for (const char* event : {"2", "3", "4"}) EXPECT_EQ(function->invoke(event).body, event);
  EXPECT_EQ(function->status, -1);
  function->invoke("5", {.answer_status = 500});
  EXPECT_TRUE(eventually([&] { return function->status == 1; }));
}

TEST(ManagedInstances, a_function_for_one_at_a_time_says_what_it_misses) {
  const auto function =
      Function::with([](const RunOptions& options) { return run([](const Json& event) { return event; }, options); },
                     {}, {.max_concurrency = 8});
  EXPECT_EQ(function->invoke("1").body, "1");
  EXPECT_TRUE(function->log().contains("lambda::run_concurrent")) << function->log();
}

}  // namespace
}  // namespace sloop::lambda
