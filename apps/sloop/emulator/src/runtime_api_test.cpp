// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "local_emulator.hpp"

namespace sloop::emulator {
namespace {

using testing::HasSubstr;

TEST(RuntimeApi, calls_out_of_order_are_answered_in_the_services_words) {
  LocalEmulator local(test_runtime());
  const auto outcome = local.invoke({{"act", "wrong_order"}});
  EXPECT_EQ(outcome.body, R"("first")");
  const std::string log = local.log();
  EXPECT_THAT(log, HasSubstr(R"(response 400 {"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"})"));
  EXPECT_THAT(log,
              HasSubstr("init/error 403 {\"errorMessage\":\"Transition from Running to InitError is not allowed.\""));
  EXPECT_THAT(log, HasSubstr("restore/next 403 "));
  EXPECT_THAT(log, HasSubstr(R"(response 202 {"status":"OK"})"));
  EXPECT_THAT(log, HasSubstr("response 403 {\"errorMessage\":\"Transition from ResponseSent to InvocationResponse"));
  EXPECT_THAT(log, HasSubstr("error 403 {\"errorMessage\":\"Transition from ResponseSent to InvocationErrorResponse"));
}

TEST(RuntimeApi, a_wrong_response_mode_is_refused_and_fails_the_invocation) {
  LocalEmulator local(test_runtime());
  EXPECT_EQ(local.invoke({{"act", "wrong_mode"}}).error_type, "Runtime.InvalidResponseModeHeader");
  EXPECT_THAT(local.log(), HasSubstr("response 400 {\"errorMessage\":\"Invalid function response mode: buffered\""));
  EXPECT_FALSE(local.invoke({{"act", "echo"}}).is_error);
}

TEST(RuntimeApi, a_result_that_is_too_large_is_answered_413) {
  LocalEmulator local(test_runtime());
  EXPECT_THAT(
      local.invoke({{"act", "large"}}).body,
      HasSubstr("Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes)."));
  EXPECT_THAT(local.log(),
              HasSubstr(R"(response 413 {"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).")"));
}

TEST(RuntimeApi, an_error_type_of_another_form_is_made_unknown) {
  LocalEmulator local(test_runtime());
  const auto type = [&](const char* stated) { return local.invoke({{"act", "error"}, {"type", stated}}).error_type; };
  EXPECT_EQ(type("Function.TooHot"), "Function.TooHot");
  EXPECT_EQ(type("Runtime.NoSuchHandler"), "Runtime.NoSuchHandler");
  EXPECT_EQ(type("Function.too hot"), "Function.Unknown");
  EXPECT_EQ(type("Runtime.1"), "Runtime.Unknown");
  EXPECT_EQ(type("ValueError"), "Function.Unknown");
}

TEST(RuntimeApi, what_a_caller_says_reaches_the_function_as_headers) {
  LocalEmulator local(test_runtime());
  const auto outcome = local->invoke({.request_id = "my-id",
                                      .event = R"({"act":"headers"})",
                                      .trace_id = "Root=1-2-3",
                                      .client_context = R"({"custom":{}})",
                                      .cognito_identity = R"({"cognitoIdentityId":"me"})",
                                      .tenant_id = "blue"});
  const auto headers = parse_json(outcome.value().body).value();
  EXPECT_EQ(find_string(headers, "lambda-runtime-aws-request-id"), "my-id");
  EXPECT_EQ(find_string(headers, "lambda-runtime-trace-id"), "Root=1-2-3");
  EXPECT_EQ(find_string(headers, "lambda-runtime-client-context"), R"({"custom":{}})");
  EXPECT_EQ(find_string(headers, "lambda-runtime-cognito-identity"), R"({"cognitoIdentityId":"me"})");
  EXPECT_EQ(find_string(headers, "lambda-runtime-aws-tenant-id"), "blue");
}

}  // namespace
}  // namespace sloop::emulator
