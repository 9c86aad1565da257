// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/run.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "function_under_test.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/lambda/runtime_client.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::lambda {
namespace {

using namespace std::chrono_literals;

struct Event {
  std::string name;
};
struct Greeting {
  std::string text;
};

Result<Greeting> greet(const Event& event) {
  return Greeting{"Hello, " + event.name};
}

TEST(Run, a_typed_handler_answers_events_in_turn) {
  Function function(&greet);
  for (const std::string name : {"Ada", "Bob"}) {
    const auto outcome = function.invoke(R"({"name":")" + name + R"("})");
    EXPECT_FALSE(outcome.is_error);
    EXPECT_EQ(outcome.body, R"({"text":"Hello, )" + name + R"("})");
  }
  EXPECT_EQ(function.end(), 1) << "the loop ends when the Runtime API fails";
}

TEST(Run, handlers_may_take_json_return_nothing_or_a_plain_value) {
  Function nothing([](const Json&) {});
  EXPECT_EQ(nothing.invoke("[1]").body, "null");
  Function plain([](const std::string& text) { return text + "!"; });
  EXPECT_EQ(plain.invoke(R"("a")").body, R"("a!")");
}

TEST(Run, the_context_tells_of_the_invocation) {
  Context seen;
  std::string variable;
  Function function([&](const Json&, const Context& context) {
    seen = context;
    const char* trace = std::getenv("_X_AMZN_TRACE_ID");
    variable = trace != nullptr ? trace : "unset";
  });
  function.invoke(
      "{}",
      {.headers = {{"lambda-runtime-trace-id", "Root=1"},
                   {"lambda-runtime-cognito-identity", R"({"cognitoIdentityId":"c","cognitoIdentityPoolId":"p"})"},
                   {"lambda-runtime-client-context", R"({"custom":{"a":1}})"},
                   {"lambda-runtime-aws-tenant-id", "t"}}});
  EXPECT_EQ(seen.request_id, "request-1");
  EXPECT_EQ(seen.invoked_function_arn, "arn:aws:lambda:us-east-1:000000000000:function:test");
  EXPECT_EQ(seen.cognito_identity.identity_pool_id, "p");
  EXPECT_EQ(find(seen.client_context, {"custom", "a"})->as_int64(), 1);
  EXPECT_EQ(seen.tenant_id, "t");
  EXPECT_EQ(seen.function->memory_mb, 128);
  EXPECT_EQ(variable, "Root=1");
  EXPECT_GT(seen.remaining_time(), 50s);
  EXPECT_LT(seen.call_options().deadline, seen.deadline);
  function.invoke("{}");
  EXPECT_EQ(variable, "unset");
}

TEST(Run, a_deadline_of_1970_is_no_deadline) {
  bool never = false;
  Function function([&](const Json&, const Context& context) { never = context.deadline.is_never(); });
  function.invoke("{}", {.headers = {{"lambda-runtime-deadline-ms", "600000"}}});
  EXPECT_TRUE(never);
}

TEST(Run, an_error_is_reported_by_kind_or_by_the_handlers_own_type) {
  Function function([](const Json& event) -> Result<Json> {
    if (event.is_null()) return fail(ErrorKind::rate_limited, "slow down");
    return fail(Error{.kind = ErrorKind::internal, .message = "no", .code = "Function.OutOfJokes"});
  });
  const auto by_kind = function.invoke("null");
  EXPECT_TRUE(by_kind.is_error);
  EXPECT_EQ(by_kind.headers.get("lambda-runtime-function-error-type"), "Function.RateLimited");
  EXPECT_EQ(by_kind.body, R"({"errorMessage":"slow down","errorType":"Function.RateLimited","stackTrace":[]})");
  EXPECT_EQ(function.invoke("1").headers.get("lambda-runtime-function-error-type"), "Function.OutOfJokes");
}

TEST(Run, a_throwing_handler_is_reported_and_survived) {
  Function function([](const Json& event) -> Json {
    if (event.is_null()) throw std::runtime_error("oh");
    if (event.is_bool()) throw 7;
    return event;
  });
  EXPECT_TRUE(
      function.invoke("null").body.contains(R"("errorMessage":"oh","errorType":"Function.UnhandledException")"));
  EXPECT_TRUE(function.invoke("true").is_error);
  EXPECT_EQ(function.invoke("5").body, "5");
}

TEST(Run, a_bad_event_is_reported_with_its_path) {
  Function function(&greet);
  const auto wrong = function.invoke(R"({"name":7})");
  EXPECT_EQ(wrong.headers.get("lambda-runtime-function-error-type"), "Runtime.UnmarshalError");
  EXPECT_TRUE(wrong.body.contains("event.name: expected string, got number")) << wrong.body;
  const auto broken = function.invoke("{oops");
  EXPECT_TRUE(broken.body.contains("event: ") && broken.body.contains("line 1")) << broken.body;
  EXPECT_FALSE(function.invoke(R"({"name":"Ada"})").is_error);
}

TEST(Run, the_invocation_id_is_sent_back_only_when_present) {
  Function function(&greet);
  const auto with = function.invoke(R"({"name":"a"})", {.headers = {{"lambda-runtime-invocation-id", "i-1"}}});
  EXPECT_EQ(with.headers.get("lambda-runtime-invocation-id"), "i-1");
  EXPECT_FALSE(function.invoke(R"({"name":"a"})").headers.contains("lambda-runtime-invocation-id"));
}

TEST(Run, a_refused_result_is_logged_and_survived) {
  Function function(&greet);
  function.invoke(R"({"name":"a"})", {.answer_status = 413});
  function.invoke(R"({"name":"a"})", {.answer_status = 410});
  EXPECT_FALSE(function.invoke(R"({"name":"a"})").is_error);
  function.end();
  EXPECT_TRUE(function.log().contains("413") && function.log().contains("410")) << function.log();
}

TEST(Run, a_broken_environment_ends_the_process) {
  Function function(&greet);
  function.invoke(R"({"name":"a"})", {.answer_status = 500});
  EXPECT_TRUE(eventually([&] { return function.status == 1; }));
}

TEST(Run, an_event_that_is_not_utf8_or_holds_nul_is_an_error_or_kept_and_the_next_works) {
  using namespace std::string_literals;
  Function function([](const Json& event) { return event; });
  EXPECT_EQ(function.invoke(R"("a\u0000b")").body, R"("a\u0000b")");
  EXPECT_EQ(function.invoke("\"\xff\"").headers.get("lambda-runtime-function-error-type"), "Runtime.UnmarshalError");
  EXPECT_EQ(function.invoke("{}\0"s).headers.get("lambda-runtime-function-error-type"), "Runtime.UnmarshalError");
  EXPECT_EQ(function.invoke("").headers.get("lambda-runtime-function-error-type"), "Runtime.UnmarshalError");
  EXPECT_EQ(function.invoke("1").body, "1");
}

TEST(Run, a_failure_may_bring_its_stack_trace_and_text_that_is_not_utf8) {
  Function function([](const Json& event) -> Json {
    throw Failure(
        {.type = event.is_null() ? "Function.Lost" : "nonsense", .message = "a\xff", .stack_trace = {"f", "g"}});
  });
  const auto outcome = function.invoke("null", {.headers = {{"lambda-runtime-trace-id", "Root=1;Sampled=1"}}});
  EXPECT_EQ(outcome.headers.get("lambda-runtime-function-error-type"), "Function.Lost");
  EXPECT_EQ(outcome.body,
            "{\"errorMessage\":\"a\xEF\xBF\xBD\",\"errorType\":\"Function.Lost\",\"stackTrace\":[\"f\",\"g\"]}");
  const auto cause = parse_json(outcome.headers.get_or("lambda-runtime-function-xray-error-cause", ""));
  ASSERT_TRUE(cause);
  const Json& exception = cause->at("exceptions").at(0);
  EXPECT_EQ(find_string(exception, "type"), "Function.Lost");
  EXPECT_EQ(exception.at("stack").at(1).at("label"), "g");
  const auto other = function.invoke("1");
  EXPECT_EQ(other.headers.get("lambda-runtime-function-error-type"), "Function.UnhandledException");
  EXPECT_FALSE(other.headers.contains("lambda-runtime-function-xray-error-cause")) << "nobody traces this one";
}

TEST(Run, the_w3c_trace_context_is_taken_out_of_the_client_context) {
  Context seen;
  Function function([&](const Json&, const Context& context) { seen = context; });
  function.invoke("{}", {.headers = {{"lambda-runtime-client-context",
                                      R"({"custom":1,"w3c":{"traceparent":"00-a","tracestate":7,"other":"x"}})"},
                                     {"lambda-runtime-cognito-identity", ""}}});
  EXPECT_EQ(seen.w3c.traceparent, "00-a");
  EXPECT_EQ(seen.w3c.tracestate, "") << "only texts count";
  EXPECT_EQ(write_json(seen.client_context), R"({"custom":1})");
  EXPECT_EQ(seen.cognito_identity.identity_id, "");
  function.invoke("{}", {.headers = {{"lambda-runtime-client-context", "[broken"}}});
  EXPECT_TRUE(seen.client_context.is_null());
}

TEST(Run, a_call_in_a_handler_ends_before_the_functions_timeout_and_says_so) {
  const auto silent = serve::Server::start({}, [&](const serve::Request&, serve::Exchange& exchange) {
                        while (!exchange.client_gone()) std::this_thread::sleep_for(5ms);
                      }).value();
  const auto transport = http::make_curl_transport({.proxies = false});
  Function function([&](const Json&, const Context& context) -> Result<Json> {
    auto response = transport->send({.url = silent->url()}, context.call_options());
    if (!response) return fail(response.error().within("the model"));
    return Json(response->body);
  });
  const auto outcome = function.invoke("{}", {.time = 300ms});
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(outcome.headers.get("lambda-runtime-function-error-type"), "Function.TimedOut");
  EXPECT_TRUE(outcome.body.contains("the deadline passed (the function's own timeout is near: raise it"))
      << outcome.body;
}

TEST(Run, every_line_of_a_log_has_the_request_id_and_the_tenant) {
  Function function([](const Json&, const Context& context) { context.log->info("hello"); });
  function.invoke("{}", {.headers = {{"lambda-runtime-aws-tenant-id", "blue"}}});
  function.end();
  EXPECT_TRUE(function.log().starts_with("INFO RequestId: request-1 TenantId: blue hello\n")) << function.log();
}

TEST(Run, an_idle_answer_is_asked_again) {
  Function function(&greet);
  function.api->answer_idle(3);
  EXPECT_FALSE(function.invoke(R"({"name":"a"})").is_error);
}

TEST(Run, a_failing_initialisation_is_reported_and_ends_the_process) {
  Function function(&greet, {.init = [] { return Result<void>(fail(ErrorKind::unauthenticated, "no key")); }});
  ASSERT_TRUE(eventually([&] { return function.api->init_error().has_value(); }));
  EXPECT_TRUE(function.api->init_error()->body.contains(R"("errorType":"Function.Unauthenticated")"));
  EXPECT_EQ(function.end(), 1);
}

TEST(Run, connections_are_opened_during_initialisation_and_an_unreachable_peer_fails_nothing) {
  const auto peer = serve::Server::start({}, [](const serve::Request&, serve::Exchange& exchange) {
                      exchange.respond(404, {}, "");
                    }).value();
  const auto transport = http::make_curl_transport({.proxies = false});
  transport->expect(peer->url());
  transport->expect("http://127.0.0.1:1/");
  Function function(&greet, {.transport = transport});
  EXPECT_FALSE(function.invoke(R"({"name":"a"})").is_error);
  EXPECT_EQ(peer->connections(), 1u);
}

TEST(Run, outside_lambda_says_how_to_start) {
  std::string log;
  EXPECT_EQ(
      run(&greet, {.environment = std::make_shared<const Environment>(),
                   .log = std::make_shared<Log>(LogOptions{.write = [&](std::string_view line) { log += line; }})}),
      1);
  EXPECT_TRUE(log.contains("sloop watch")) << log;
}

TEST(RuntimeClient, an_address_may_carry_a_scheme_and_a_path) {
  std::string path;
  const auto server = serve::Server::start({}, [&](const serve::Request& request, serve::Exchange& exchange) {
                        path = request.target;
                        exchange.respond(204, {}, "");
                      }).value();
  RuntimeClient client(http::make_curl_transport({.proxies = false}), server->url() + "/.rt/fn/");
  EXPECT_FALSE(client.next().value());
  EXPECT_EQ(path, "/.rt/fn/2018-06-01/runtime/invocation/next");
}

}  // namespace
}  // namespace sloop::lambda
