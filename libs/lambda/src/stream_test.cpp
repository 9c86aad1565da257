// SPDX-License-Identifier: Apache-2.0
#include <latch>

#include "function_under_test.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/lambda/error_report.hpp"
#include "sloop/lambda/responder.hpp"

namespace sloop::lambda {
namespace {

using namespace std::chrono_literals;

/// What the function sent over its n-th connection.
std::string sent(const Function& function, std::size_t connection) {
  const auto all = function.tap->connections();
  return connection < all.size() ? all[connection].sent : "";
}

TEST(Stream, bytes_reach_the_runtime_api_while_the_handler_works) {
  std::latch seen(1);
  Function function([&](const Json&, StreamWriter& out) -> Result<void> {
    if (auto written = out.write("first"); !written) return written;
    seen.wait();
    return out.write("second");
  });
  std::jthread watcher([&] {
    EXPECT_TRUE(eventually([&] { return sent(function, 1).ends_with("5\r\nfirst\r\n"); }));
    seen.count_down();
  });
  const auto outcome = function.invoke("{}");
  EXPECT_FALSE(outcome.is_error);
  EXPECT_EQ(outcome.body, "firstsecond");
  EXPECT_EQ(outcome.headers.get("lambda-runtime-function-response-mode"), "streaming");
  EXPECT_EQ(outcome.headers.get("content-type"), "application/octet-stream");
  EXPECT_TRUE(outcome.trailers.empty());
}

TEST(Stream, an_error_in_the_middle_is_told_in_trailers_and_the_connection_is_closed) {
  Function function([](const Json& event, Responder& responder) -> Result<void> {
    auto& out = responder.stream("text/plain");
    if (auto written = out.write("half a"); !written) return written;
    if (event.is_null()) throw Failure({.type = "Function.Torn", .message = "torn", .stack_trace = {"a.cpp:1"}});
    return fail(Error{.kind = ErrorKind::internal, .message = "no more", .code = "Function.Spent"});
  });
  const auto outcome = function.invoke("1");
  EXPECT_FALSE(outcome.is_error) << "a stream that ends with an error counts as a reply";
  EXPECT_EQ(outcome.body, "half a");
  EXPECT_EQ(outcome.trailers.get("lambda-runtime-function-error-type"), "Function.Spent");
  EXPECT_EQ(decode_base64(outcome.trailers.get_or("lambda-runtime-function-error-body", "")),
            R"({"errorMessage":"no more","errorType":"Function.Spent","stackTrace":[]})");
  const std::string wire = sent(function, 1);
  EXPECT_TRUE(wire.contains("\r\nTransfer-Encoding: chunked\r\n")) << wire;
  EXPECT_TRUE(wire.contains("\r\nTrailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n"))
      << wire;
  EXPECT_TRUE(
      wire.ends_with("\r\n\r\n6\r\nhalf a\r\n0\r\nLambda-Runtime-Function-Error-Type: Function.Spent\r\n"
                     "Lambda-Runtime-Function-Error-Body: "
                     "eyJlcnJvck1lc3NhZ2UiOiJubyBtb3JlIiwiZXJyb3JUeXBlIjoiRnVuY3Rpb24uU3BlbnQiLCJzdGFja1RyYWNlIjpbXX0="
                     "\r\n\r\n"))
      << wire;
  EXPECT_TRUE(eventually([&] { return function.tap->connections().at(1).closed_by_client; }));
  EXPECT_TRUE(decode_base64(function.invoke("null").trailers.get_or("lambda-runtime-function-error-body", ""))
                  ->contains(R"("stackTrace":["a.cpp:1"])"))
      << "and the loop goes on";
}

TEST(Stream, an_error_before_the_first_byte_is_an_ordinary_error) {
  Function function([](const Json&, Responder& responder) -> Result<void> {
    responder.http_stream({.status = 200});
    return fail(ErrorKind::not_found, "no such thing");
  });
  const auto outcome = function.invoke("{}");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(outcome.headers.get("lambda-runtime-function-error-type"), "Function.NotFound");
}

TEST(Stream, an_http_reply_begins_with_its_prelude_and_eight_nuls) {
  Function function([](const Json&, Responder& responder) -> Result<void> {
    auto& out = responder.http_stream(
        {.status = 201, .headers = {{"content-type", "text/html"}, {"x-a", "1"}, {"x-a", "2"}}, .cookies = {"c=1"}});
    return out.write("<p>");
  });
  const auto outcome = function.invoke("{}");
  using namespace std::string_literals;
  EXPECT_EQ(outcome.headers.get("content-type"), "application/vnd.awslambda.http-integration-response");
  EXPECT_EQ(outcome.body,
            R"({"statusCode":201,"headers":{"content-type":"text/html","x-a":"1, 2"},"cookies":["c=1"]})"s +
                "\0\0\0\0\0\0\0\0<p>"s);
}

TEST(Stream, an_empty_stream_and_a_whole_reply_of_a_raw_handler_are_replies_too) {
  const auto main = [](const RunOptions& options) {
    return run_raw(
        [](std::string_view event, const Context&, Responder& responder) -> Result<std::string> {
          if (event == "stream") responder.stream();
          if (event == "text") responder.set_content_type("text/plain");
          return event == "text" ? "whole" : "";
        },
        options);
  };
  const auto function = Function::with(main);
  const auto empty = function->invoke("stream");
  EXPECT_EQ(empty.headers.get("lambda-runtime-function-response-mode"), "streaming");
  EXPECT_EQ(empty.body, "");
  const auto whole = function->invoke("text");
  EXPECT_EQ(whole.headers.get("content-type"), "text/plain");
  EXPECT_FALSE(whole.headers.contains("lambda-runtime-function-response-mode"));
  EXPECT_EQ(whole.body, "whole");
}

TEST(Stream, a_caller_that_goes_away_fails_the_write_and_the_next_invocation_works) {
  std::optional<Error> seen;
  Function function([&](const Json& event, StreamWriter& out) -> Result<void> {
    Result<void> written = out.write("x");
    if (event.is_null()) {
      EXPECT_TRUE(eventually([&] { return sent(function, 1).ends_with("1\r\nx\r\n"); }));
      function.tap->cut();
      while (written) written = out.write("more");
      seen = written.error();
    }
    return written;
  });
  EXPECT_FALSE(function.api->invoke("null", {.patience = 0ms}));
  EXPECT_EQ(function.invoke("1").body, "x");
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->kind, ErrorKind::unavailable) << seen->message;
  EXPECT_TRUE(function.log().contains("the streamed reply: ")) << function.log();
}

TEST(Stream, bytes_go_in_and_out_as_they_are) {
  Function function([](const Bytes& event) -> Result<Bytes> {
    return Bytes{.data = event.data + '\0', .content_type = "image/png"};
  });
  using namespace std::string_literals;
  const auto outcome = function.invoke("\xff\0{"s);
  EXPECT_EQ(outcome.body, "\xff\0{\0"s);
  EXPECT_EQ(outcome.headers.get("content-type"), "image/png");
}

}  // namespace
}  // namespace sloop::lambda
