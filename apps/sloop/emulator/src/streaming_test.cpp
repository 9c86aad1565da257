// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "local_emulator.hpp"
#include "sloop/aws/event_stream.hpp"
#include "sloop/core/base64.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

/// What came, piece by piece.
struct Received {
  std::string content_type;
  std::string body;

  ResponseReceiver receiver() {
    return {.on_begin = [this](std::string_view type) { content_type = type; },
            .on_chunk =
                [this](std::string_view bytes) {
                  body += bytes;
                  return true;
                }};
  }
};

TEST(Streaming, pieces_reach_the_caller_while_the_function_goes_on) {
  LocalEmulator local(test_runtime());
  const FileSignal go;
  Received got;
  auto receiver = got.receiver();
  receiver.on_chunk = [&](std::string_view bytes) {
    got.body += bytes;
    go.give();  // the function sends the second piece only now
    return true;
  };
  const auto outcome = local.invoke(
      {{"act", "stream"}, {"pieces", {"one ", "two"}}, {"after", go.path()}, {"content_type", "text/html"}},
      {.receiver = receiver});
  EXPECT_EQ(got.content_type, "text/html");
  EXPECT_EQ(got.body, "one two");
  EXPECT_TRUE(outcome.streamed);
  EXPECT_FALSE(outcome.is_error);
  EXPECT_EQ(outcome.body, "");
}

TEST(Streaming, a_buffered_call_collects_the_stream) {
  LocalEmulator local(test_runtime());
  const auto outcome = local.invoke({{"act", "stream"}, {"pieces", {"one ", "two"}}});
  EXPECT_EQ(outcome.body, "one two");
  EXPECT_EQ(outcome.content_type, "text/plain");
}

TEST(Streaming, a_buffered_result_comes_as_one_piece) {
  LocalEmulator local(test_runtime());
  Received got;
  const auto outcome = local.invoke({{"act", "echo"}, {"value", 7}}, {.receiver = got.receiver()});
  EXPECT_EQ(got.body, "7");
  EXPECT_FALSE(outcome.streamed);
}

TEST(Streaming, an_error_in_the_middle_comes_behind_the_stream) {
  LocalEmulator local(test_runtime());
  Received got;
  const auto outcome =
      local.invoke({{"act", "stream"}, {"pieces", {"one"}}, {"fail", true}}, {.receiver = got.receiver()});
  EXPECT_EQ(got.body, "one");
  EXPECT_TRUE(outcome.is_error);
  EXPECT_EQ(outcome.error_type, "Function.Broken");
  EXPECT_THAT(outcome.body, HasSubstr("in the middle"));
}

TEST(Streaming, a_result_with_announced_error_trailers_is_a_stream_without_its_mode) {
  LocalEmulator local(test_runtime());
  Received got;
  const auto outcome = local.invoke({{"act", "stream"}, {"pieces", {"one"}}, {"fail", true}, {"mode", false}},
                                    {.receiver = got.receiver()});
  EXPECT_EQ(got.body, "one");
  EXPECT_TRUE(outcome.streamed);
  EXPECT_EQ(outcome.error_type, "Function.Broken");
}

TEST(Streaming, a_stream_without_an_end_is_truncated) {
  LocalEmulator local(test_runtime());
  Received got;
  const auto outcome =
      local.invoke({{"act", "stream"}, {"pieces", {"one"}}, {"cut", true}}, {.receiver = got.receiver()});
  EXPECT_EQ(got.body, "one");
  EXPECT_EQ(outcome.error_type, "Runtime.TruncatedResponse");
  const auto ended =
      local.invoke({{"act", "stream"}, {"pieces", {"one"}}, {"exit", true}}, {.receiver = got.receiver()});
  EXPECT_EQ(ended.error_type, "Runtime.ExitError");
  EXPECT_EQ(local.invoke({{"act", "truncated"}}).error_type, "Runtime.TruncatedResponse");
}

TEST(Streaming, a_caller_that_leaves_ends_the_functions_post_and_nothing_else) {
  LocalEmulator local(test_runtime());
  const auto outcome = local.invoke({{"act", "stream"}, {"blocks", 64}},
                                    {.receiver = {.on_chunk = [](std::string_view) { return false; }}});
  // The runtime of the test does not expect it and ends; the next event starts it anew.
  EXPECT_TRUE(outcome.streamed || outcome.is_error);
  EXPECT_EQ(local.invoke({{"act", "echo"}, {"value", 1}}).body, "1");
}

TEST(Streaming, a_stream_beyond_its_limit_is_ended) {
  auto options = test_runtime();
  options.stream = {.bytes_per_second = 0, .max_bytes = 1'000'000};
  LocalEmulator local(options);
  Received got;
  const auto outcome = local.invoke({{"act", "stream"}, {"blocks", 32}}, {.receiver = got.receiver()});
  EXPECT_TRUE(outcome.is_error);
  EXPECT_LE(got.body.size(), 1'000'000u);
}

TEST(Streaming, the_services_framing_carries_chunks_error_and_log) {
  LocalEmulator local(test_runtime());
  auto request = local.request(R"({"act":"stream","pieces":["one"],"fail":true})", {{"x-amz-log-type", "Tail"}});
  request.url = local->url() + "/2021-11-15/functions/function/response-streaming-invocations";
  const auto response = local.send(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("content-type"), "application/vnd.amazon.eventstream");
  aws::EventStreamDecoder decoder;
  decoder.feed(response.body);
  std::vector<std::string> types;
  std::string chunks;
  Json complete;
  for (auto message = decoder.next(); message.value(); message = decoder.next()) {
    types.emplace_back((*message)->header(":event-type"));
    if (types.back() == "PayloadChunk") chunks += (*message)->payload;
    if (types.back() == "InvokeComplete") complete = parse_json((*message)->payload).value();
  }
  EXPECT_THAT(types, ElementsAre("PayloadChunk", "InvokeComplete"));
  EXPECT_EQ(chunks, "one");
  EXPECT_EQ(find_string(complete, "ErrorCode"), "Function.Broken");
  EXPECT_THAT(std::string(find_string(complete, "ErrorDetails")), HasSubstr("in the middle"));
  EXPECT_THAT(decode_base64(find_string(complete, "LogResult")).value(), HasSubstr("REPORT"));
}

TEST(Pace, the_burst_passes_at_once_and_the_rest_at_the_rate) {
  const auto start = Pace::Clock::time_point();
  Pace pace({.burst_bytes = 100, .bytes_per_second = 10}, start);
  EXPECT_EQ(pace.pass(100, start), start);
  EXPECT_EQ(pace.pass(20, start), start + 2s);
  EXPECT_EQ(pace.pass(10, start + 2s), start + 3s);
  // What was not used comes back, up to the burst.
  EXPECT_EQ(pace.pass(100, start + 1h), start + 1h);
  Pace unlimited({.bytes_per_second = 0}, start);
  EXPECT_EQ(unlimited.pass(1'000'000'000, start), start);
}

}  // namespace
}  // namespace sloop::emulator
