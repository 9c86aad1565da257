// SPDX-License-Identifier: Apache-2.0
//
// SnapStart, Managed Instances, freezing, attaching, JSON logs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <future>

#include "local_emulator.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

SandboxOptions snap_start(std::map<std::string, std::string> environment = {}) {
  auto options = test_runtime(std::move(environment));
  options.snap_start = true;
  return options;
}

TEST(SnapStart, a_function_is_restored_before_its_first_event) {
  LocalEmulator local(snap_start());
  const auto outcome = local.invoke({{"act", "echo"}, {"value", 1}});
  EXPECT_EQ(outcome.body, "1");
  EXPECT_FALSE(outcome.report.init_duration);
  EXPECT_TRUE(outcome.report.restore_duration);
  EXPECT_THAT(outcome.log_tail, HasSubstr("restored 200"));
  EXPECT_THAT(outcome.log_tail, HasSubstr("Billed Restore Duration: "));
  EXPECT_FALSE(local.invoke({{"act", "echo"}}).report.restore_duration);
}

TEST(SnapStart, failures_before_and_after_the_snapshot_reach_the_caller) {
  LocalEmulator before(snap_start({{"AT_START", "snapshot_error"}}));
  EXPECT_EQ(before.invoke({}).error_type, "Runtime.BeforeSnapshotError");
  LocalEmulator after(snap_start({{"AT_START", "restore_error"}}));
  const auto outcome = after.invoke({});
  EXPECT_EQ(outcome.error_type, "Runtime.AfterRestoreError");
  EXPECT_THAT(outcome.body, HasSubstr("no restore"));
}

EmulatorOptions managed(int concurrency, std::chrono::seconds timeout = 30s) {
  EmulatorOptions options{.sandbox = test_runtime(), .fleet = {.max_environments = 1}};
  options.sandbox.max_concurrency = concurrency;
  options.sandbox.timeout = timeout;
  return options;
}

TEST(ManagedInstances, many_events_at_once_are_served_by_one_process) {
  constexpr int kEvents = 16;
  LocalEmulator local(managed(kEvents));
  const FileSignal go;
  std::vector<std::future<SandboxOutcome>> outcomes;
  for (int i = 0; i < kEvents; ++i)
    outcomes.push_back(
        std::async(std::launch::async, [&] { return local.invoke({{"act", "wait"}, {"after", go.path()}}); }));
  ASSERT_TRUE(local.logs("waiting", kEvents)) << "all at the same time";
  go.give();
  const std::string pid = outcomes.front().get().body;
  for (std::size_t i = 1; i < outcomes.size(); ++i) EXPECT_EQ(outcomes[i].get().body, pid);
  EXPECT_EQ(local->fleet().started(), 1);
  EXPECT_THAT(local.log(), HasSubstr("\"initializationType\":\"lambda-managed-instances\""));
  EXPECT_THAT(local.log(), Not(HasSubstr("START RequestId")));
}

TEST(ManagedInstances, a_late_event_fails_alone_and_its_result_is_refused) {
  LocalEmulator local(managed(2, 1s));
  const FileSignal go;
  const auto pid = local.invoke({{"act", "pid"}}).body;
  const auto outcome = local.invoke({{"act", "late"}, {"after", go.path()}});
  EXPECT_THAT(outcome.body, HasSubstr("Task timed out after 1.00 seconds"));
  EXPECT_EQ(local.invoke({{"act", "pid"}}).body, pid) << "the process was not killed";
  go.give();
  EXPECT_TRUE(local.logs("response 410"));
}

TEST(ManagedInstances, a_process_that_exits_is_started_anew) {
  LocalEmulator local(managed(2));
  EXPECT_EQ(local.invoke({{"act", "leave"}}).error_type, "Runtime.ExitError");
  EXPECT_EQ(local.invoke({{"act", "echo"}, {"value", 1}}).body, "1");
}

/// The state of a process: `T` is stopped, `S` sleeps.
char state_of(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string number;
  std::string name;
  char state = '?';
  file >> number >> name >> state;
  return state;
}

TEST(Freezing, a_process_rests_between_events) {
  auto options = test_runtime();
  options.freeze = true;
  options.limits = false;
  LocalEmulator local(options);
  const auto pid = local.invoke({{"act", "pid"}}).body;
  EXPECT_TRUE(eventually([&] { return state_of(pid) == 'T'; })) << state_of(pid);
  EXPECT_EQ(local.invoke({{"act", "pid"}}).body, pid);
  EXPECT_EQ(local.invoke({{"act", "leave"}}).error_type, "Runtime.ExitError");
}

TEST(Attaching, a_program_that_comes_by_itself_serves_the_events) {
  LocalEmulator local(SandboxOptions{.attach = true});
  const std::string address = local->runtime_address();
  ASSERT_THAT(address, HasSubstr("127.0.0.1:"));
  auto outcome = std::async(std::launch::async, [&] { return local.invoke({{"act", "echo"}, {"value", 5}}); });
  const auto process = FunctionProcess::start(
      {.command = {"python3", TEST_RUNTIME},
       .environment = {{"AWS_LAMBDA_RUNTIME_API", address}, {"AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"}}});
  ASSERT_TRUE(process);
  EXPECT_EQ(outcome.get().body, "5");
}

TEST(JsonLogs, the_platforms_lines_are_records) {
  LocalEmulator local(test_runtime({{"AWS_LAMBDA_LOG_FORMAT", "JSON"}}));
  const auto outcome = local.invoke({{"act", "error"}, {"type", "Function.Broken"}});
  std::vector<std::string> types;
  std::istringstream lines(outcome.log_tail);
  Json report;
  for (std::string line; std::getline(lines, line);) {
    const auto json = parse_json(line);
    if (!json) continue;
    types.emplace_back(find_string(*json, "type"));
    if (types.back() == "platform.report") report = *find(*json, "record");
  }
  EXPECT_THAT(types, testing::IsSupersetOf({"platform.initStart", "platform.initReport", "platform.start",
                                            "platform.runtimeDone", "platform.report"}));
  EXPECT_EQ(find_string(report, "status"), "error");
  EXPECT_EQ(find_string(report, "errorType"), "Function.Broken");
  EXPECT_GT(find(report, {"metrics", "initDurationMs"})->to_number<double>(), 0);
}

}  // namespace
}  // namespace sloop::emulator
