// SPDX-License-Identifier: Apache-2.0
//
// The whole way of a deadline: from the Runtime API's header to the model's socket and back to the error report.
#include <gtest/gtest.h>

#include <thread>

#include "sloop/agent/agent.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/lambda/run.hpp"
#include "sloop/testing/fake_runtime_api.hpp"
#include "sloop/testing/mock_provider.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;

TEST(FunctionDeadline, a_model_call_ends_before_the_functions_timeout_with_an_error_that_says_so) {
  const auto provider =
      MockProvider::start({.replies = {"ha"}, .faults = {{FaultKind::hang}, {FaultKind::stall}}}).value();
  Agent agent{{.instance = open_model("openai/any", {.api_key = "k",
                                                     .base_url = provider->base_url(),
                                                     .transport = http::make_curl_transport({.proxies = false})})
                               .value()}};
  const auto api = FakeRuntimeApi::start().value();
  const lambda::RunOptions options{.warm_up = false,
                                   .environment = api->environment(),
                                   .log = std::make_shared<Log>(LogOptions{.write = [](std::string_view) {}})};
  const std::jthread function([&] {
    EXPECT_EQ(lambda::run(
                  [&](const std::string& prompt, const lambda::Context& context) -> Result<std::string> {
                    auto answer = agent.prompt(prompt, context.call_options());
                    if (!answer) return fail(answer.error());
                    return answer->text;
                  },
                  options),
              1);
  });
  for (const char* silence : {"no answer at all", "half of an answer"}) {
    const auto late = api->invoke(R"("joke")", {.time = 400ms});
    ASSERT_TRUE(late) << silence;
    EXPECT_EQ(late->headers.get("lambda-runtime-function-error-type"), "Function.TimedOut") << silence;
    EXPECT_TRUE(late->body.contains("the function's own timeout is near")) << late->body;
  }
  EXPECT_EQ(api->invoke(R"("joke")")->body, R"("ha")");
  api->stop();
}

}  // namespace
}  // namespace sloop::testing
