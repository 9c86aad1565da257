// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/emulator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "local_emulator.hpp"
#include "sloop/core/base64.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

/// An emulator of the test function.
class Local : public LocalEmulator {
 public:
  explicit Local(SandboxOptions sandbox = {}) : LocalEmulator(with_program(std::move(sandbox))) {}

  SandboxOutcome invoke(std::string_view act, std::string_view text = "") {
    return LocalEmulator::invoke({{"act", act}, {"text", text}});
  }

 private:
  static SandboxOptions with_program(SandboxOptions sandbox) {
    if (sandbox.command.empty()) sandbox.command = {TEST_FUNCTION};
    return sandbox;
  }
};

TEST(Emulator, a_cold_start_is_reported_once) {
  Local local;
  const auto first = local.invoke("echo", "one");
  EXPECT_EQ(first.body, "\"one\"");
  EXPECT_TRUE(first.report.init_duration);
  EXPECT_GT(first.report.max_memory, 0u);
  const auto second = local.invoke("echo", "two");
  EXPECT_EQ(second.body, "\"two\"");
  EXPECT_FALSE(second.report.init_duration);
  EXPECT_THAT(second.log_tail, StartsWith("START RequestId: " + second.report.request_id + " Version: $LATEST\nEND "));
}

TEST(Emulator, the_function_finds_lambdas_environment_and_context) {
  Local local({.name = "entertainer", .memory_size = 256, .environment = {{"MINE", "yes"}}});
  EXPECT_EQ(local.invoke("environment", "AWS_LAMBDA_FUNCTION_NAME").body, "\"entertainer\"");
  EXPECT_EQ(local.invoke("environment", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE").body, "\"256\"");
  EXPECT_EQ(local.invoke("environment", "MINE").body, "\"yes\"");
  const auto context = parse_json(local.invoke("context").body).value();
  EXPECT_EQ(find_string(context, "arn"), "arn:aws:lambda:us-east-1:000000000000:function:entertainer");
  EXPECT_THAT(std::string(find_string(context, "trace")), StartsWith("Root=1-"));
  const auto remaining = std::stoi(local.invoke("remaining").body);
  EXPECT_GT(remaining, 2000);
  EXPECT_LE(remaining, 3000);
}

TEST(Emulator, a_late_function_is_killed_and_started_anew) {
  Local local({.timeout = 1s});
  const auto outcome = local.invoke("hang");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_THAT(outcome.body, HasSubstr("Task timed out after 1.00 seconds"));
  EXPECT_EQ(outcome.report.status, "timeout");
  EXPECT_THAT(outcome.log_tail, HasSubstr("Task timed out"));
  EXPECT_TRUE(local.invoke("echo").report.init_duration);
}

TEST(Emulator, a_function_that_exits_is_reported_and_started_anew) {
  Local local;
  const auto outcome = local.invoke("exit");
  EXPECT_THAT(outcome.body, HasSubstr("Runtime.ExitError"));
  EXPECT_THAT(outcome.body, HasSubstr("exit status 3"));
  EXPECT_EQ(local.invoke("echo", "again").body, "\"again\"");
}

TEST(Emulator, a_function_that_allocates_past_its_memory_is_ended) {
  Local local({.timeout = 60s});
  if (!(*local).limits_problem().empty()) GTEST_SKIP() << "no limits here: " << (*local).limits_problem();
  const auto outcome = local.invoke("allocate");
  EXPECT_EQ(outcome.report.error_type, "Runtime.OutOfMemory");
  EXPECT_THAT(outcome.body, HasSubstr("signal: killed"));
  EXPECT_EQ(local.invoke("echo", "again").body, "\"again\"");
}

TEST(Emulator, an_error_of_the_handler_reaches_the_caller) {
  Local local;
  const auto outcome = local.invoke("fail");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_THAT(outcome.body, HasSubstr("asked to fail"));
  EXPECT_EQ(outcome.report.error_type, "Function.RateLimited");
  EXPECT_FALSE(local.invoke("echo").report.init_duration) << "the process goes on";
}

TEST(Emulator, a_result_that_is_too_large_fails_the_invocation_only) {
  Local local({.memory_size = 1024, .timeout = 60s});  // room for a sanitizer, too
  const auto outcome = local.invoke("large");
  EXPECT_THAT(outcome.body, HasSubstr("Function.ResponseSizeTooLarge"));
  EXPECT_FALSE(local.invoke("echo").report.init_duration);
}

TEST(Emulator, a_failed_initialisation_is_tried_once_more_and_reported) {
  Local exits({.environment = {{"AT_START", "exit"}}});
  const auto outcome = exits.invoke("echo");
  EXPECT_THAT(outcome.body, HasSubstr("exit status 1"));
  EXPECT_THAT(exits.log(), HasSubstr("Phase: init\tStatus: error\tError Type: Runtime.ExitError"));
  EXPECT_THAT(exits.log(), HasSubstr("Phase: invoke\tStatus: error\tError Type: Runtime.ExitError"));
  Local fails({.environment = {{"AT_START", "fail"}}});
  EXPECT_THAT(fails.invoke("echo").body, HasSubstr("no key"));
  Local hangs({.timeout = 1s, .init_timeout = 300ms, .environment = {{"AT_START", "hang"}}});
  EXPECT_THAT(hangs.invoke("echo").body, HasSubstr("Task timed out"));
  EXPECT_THAT(hangs.log(), HasSubstr("Phase: init\tStatus: timeout"));
}

TEST(Emulator, a_program_that_does_not_exist_is_named) {
  Local local({.command = {"/nowhere/bootstrap"}});
  const auto outcome = local.invoke("echo");
  EXPECT_THAT(outcome.body, HasSubstr("Runtime.InvalidEntrypoint"));
  EXPECT_THAT(outcome.body, HasSubstr("/nowhere/bootstrap"));
}

TEST(Emulator, log_lines_stand_between_start_and_end) {
  Local local;
  const auto outcome = local.invoke("log", "hello log");
  const auto line = outcome.log_tail.find("hello log\n");
  ASSERT_NE(line, std::string::npos);
  EXPECT_LT(outcome.log_tail.find("START"), line);
  EXPECT_LT(line, outcome.log_tail.find("END"));
}

TEST(Emulator, a_changed_program_is_started_anew) {
  const auto copy = std::filesystem::temp_directory_path() / ("sloop-emulator-test-" + std::to_string(::getpid()));
  const auto install = [&] {
    std::filesystem::copy_file(TEST_FUNCTION, copy.string() + ".new",
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::rename(copy.string() + ".new", copy);
  };
  install();
  {
    Local local({.command = {copy.string()}});
    EXPECT_TRUE(local.invoke("echo").report.init_duration);
    install();
    EXPECT_TRUE(local.invoke("echo").report.init_duration);
  }
  std::filesystem::remove(copy);
}

TEST(Emulator, the_invoke_call_answers_as_the_service_does) {
  Local local({.name = "entertainer"});
  const auto good = local.post(R"({"act":"echo","text":"Hi"})", {{"x-amz-log-type", "Tail"}}, "entertainer");
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.body, "\"Hi\"");
  EXPECT_EQ(good.headers.get("x-amz-executed-version"), "$LATEST");
  EXPECT_FALSE(good.headers.contains("x-amz-function-error"));
  EXPECT_THAT(*decode_base64(good.headers.get_or("x-amz-log-result", "")), HasSubstr("REPORT RequestId: "));
  const auto failed = local.post(R"({"act":"fail"})", {}, "entertainer");
  EXPECT_EQ(failed.status, 200);
  EXPECT_EQ(failed.headers.get("x-amz-function-error"), "Unhandled");
  EXPECT_EQ(local.post("", {}, "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aentertainer").body, "\"\"");
  EXPECT_EQ(local.post("{}", {{"x-amz-invocation-type", "Event"}}, "entertainer").status, 202);
  EXPECT_EQ(local.post("{}", {{"x-amz-invocation-type", "DryRun"}}, "entertainer").status, 204);
  const auto client =
      local.post(R"({"act":"context"})", {{"x-amz-client-context", encode_base64(R"({"a":1})")}}, "entertainer");
  EXPECT_EQ(*find(parse_json(client.body).value(), {"client", "a"}), Json(1));
}

TEST(Emulator, wrong_calls_are_refused_as_the_service_does) {
  Local local;
  const auto type = [](const http::Response& response) {
    return std::pair(response.status, std::string(response.headers.get_or("x-amzn-errortype", "")));
  };
  EXPECT_EQ(type(local.post("{}", {}, "other")), std::pair(404, std::string("ResourceNotFoundException")));
  EXPECT_EQ(type(local.post("{")), std::pair(400, std::string("InvalidRequestContentException")));
  EXPECT_EQ(type(local.post("{}", {{"x-amz-invocation-type", "Later"}})),
            std::pair(400, std::string("InvalidParameterValueException")));
  EXPECT_EQ(type(local.post("{}", {{"x-amz-client-context", "***"}})),
            std::pair(400, std::string("InvalidRequestContentException")));
  EXPECT_EQ(type(local.post("\"" + std::string(kMaxPayload, 'x') + "\"")),
            std::pair(413, std::string("RequestTooLargeException")));
}

TEST(Emulator, a_version_is_stated_as_executed_and_a_contradiction_refused) {
  Local local;
  EXPECT_EQ(local.post("{}", {}, "function:3").headers.get("x-amz-executed-version"), "3");
  EXPECT_EQ(local.post("{}", {}, "function:live").headers.get("x-amz-executed-version"), "$LATEST");
  const auto context = local.post(R"({"act":"context"})", {}, "function:live");
  EXPECT_THAT(context.body, HasSubstr(":function:function:live\""));
  auto request = local.request("{}", {}, "function:live");
  request.url += "?Qualifier=3";
  EXPECT_EQ(local.send(request).headers.get("x-amzn-errortype"), "InvalidParameterValueException");
}

TEST(Emulator, ending_it_does_not_wait_for_the_function) {
  auto local = std::make_unique<Local>(SandboxOptions{.timeout = 900s});
  const auto before = std::chrono::steady_clock::now();
  std::jthread caller([&, emulator = &**local] { (void)emulator->invoke({.event = R"({"act":"hang"})"}); });
  while (local->log().find("START") == std::string::npos && std::chrono::steady_clock::now() < before + 10s)
    std::this_thread::sleep_for(1ms);
  (**local).interrupt();
  caller.join();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 100s);
}

}  // namespace
}  // namespace sloop::emulator
