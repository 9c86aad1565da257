// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/run.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "sloop/testing/fake_runtime_api.hpp"

namespace sloop::web {
namespace {

constexpr std::string_view kUrlEvent =
    R"({"version":"2.0","rawPath":"/PATH","headers":{},"requestContext":{"domainName":"a.lambda-url.x.on.aws",)"
    R"("http":{"method":"GET"}}})";

std::string url_event(std::string_view path) {
  std::string event(kUrlEvent);
  return event.replace(event.find("PATH"), 4, path);
}

Router routes() {
  Router router;
  router.get("/text", [](const lambda::Context& context) { return context.request_id.empty() ? "none" : "hello"; });
  router.get("/stream", [] { return Stream{"text/plain", [](BodyWriter& out) { return out.write("piece"); }}; });
  router.get("/broken", [] {
    return Stream{"text/plain", [](BodyWriter& out) -> Result<void> {
                    if (auto sent = out.write("half"); !sent) return sent;
                    return fail(ErrorKind::unavailable, "gone");
                  }};
  });
  return router;
}

class Function {
 public:
  using Run = int (*)(const Router&, const RunOptions&);
  Function(Run run, Router router)
      : router_(std::move(router)), thread_([this, run] {
          status_ = run(router_, {.lambda = {.warm_up = false, .environment = api->environment()}});
        }) {}
  ~Function() { end(); }
  int end() {
    api->stop();
    if (thread_.joinable()) thread_.join();
    return status_;
  }
  testing::InvocationOutcome invoke(std::string event) const { return api->invoke(std::move(event)).value(); }

  std::unique_ptr<testing::FakeRuntimeApi> api = testing::FakeRuntimeApi::start().value();

 private:
  Router router_;
  int status_ = -1;
  std::thread thread_;
};

TEST(Run, a_function_url_is_answered_whole) {
  const Function function(&run, routes());
  const auto outcome = function.invoke(url_event("text"));
  EXPECT_FALSE(outcome.is_error);
  EXPECT_EQ(find_string(*parse_json(outcome.body), "body"), "hello");
  EXPECT_EQ(find_string(*parse_json(function.invoke(url_event("stream")).body), "body"), "piece");
}

TEST(Run, a_stream_that_breaks_before_anything_was_sent_is_a_problem) {
  const Function function(&run, routes());
  EXPECT_EQ(parse_json(function.invoke(url_event("broken")).body)->at("statusCode"), 503);
}

TEST(Run, what_is_no_http_event_fails_and_the_next_is_answered) {
  const Function function(&run, routes());
  for (const auto event : {R"({"Records":[]})", "{", "[]"}) {
    const auto outcome = function.invoke(event);
    EXPECT_TRUE(outcome.is_error) << event;
    EXPECT_EQ(outcome.headers.get("lambda-runtime-function-error-type"), "Runtime.UnmarshalError");
  }
  EXPECT_FALSE(function.invoke(url_event("text")).is_error);
}

TEST(Run, an_odd_http_event_is_answered_400) {
  const Function function(&run, routes());
  const auto outcome = function.invoke(R"({"httpMethod":"GET","path":"/text","headers":{"a":"b\r\nc: d"}})");
  EXPECT_EQ(parse_json(outcome.body)->at("statusCode"), 400);
}

TEST(Run, a_streaming_function_sends_prelude_and_body) {
  const Function function(&run_streaming, routes());
  for (const auto path : {"stream", "text"}) {
    const auto outcome = function.invoke(url_event(path));
    EXPECT_EQ(outcome.headers.get("content-type"), lambda::kHttpIntegrationResponse);
    const auto nul = outcome.body.find(std::string(8, '\0'));
    ASSERT_NE(nul, std::string::npos);
    EXPECT_EQ(parse_json(outcome.body.substr(0, nul))->at("statusCode"), 200);
    EXPECT_EQ(outcome.body.substr(nul + 8), std::string_view(path) == "text" ? "hello" : "piece");
  }
}

TEST(Run, a_stream_that_breaks_is_told_in_trailers) {
  const Function function(&run_streaming, routes());
  const auto outcome = function.invoke(url_event("broken"));
  EXPECT_TRUE(outcome.body.ends_with("half"));
  EXPECT_EQ(outcome.trailers.get("lambda-runtime-function-error-type"), "Function.Unavailable");
}

TEST(Run, a_load_balancer_is_answered_whole_by_a_streaming_function_too) {
  const Function function(&run_streaming, routes());
  const auto outcome = function.invoke(R"({"httpMethod":"GET","path":"/stream","requestContext":{"elb":{}}})");
  EXPECT_EQ(find_string(*parse_json(outcome.body), "body"), "piece");
}

TEST(Run, errors_of_the_router_fail_initialisation) {
  Router router;
  router.get("wrong", [] {});
  Function function(&run, std::move(router));
  EXPECT_EQ(function.end(), 1);
  ASSERT_TRUE(function.api->init_error());
  EXPECT_TRUE(function.api->init_error()->body.contains("route 'wrong'"));
}

}  // namespace
}  // namespace sloop::web
