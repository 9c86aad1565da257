// SPDX-License-Identifier: Apache-2.0
//
// Models that stand in for each other, limits and caches, with mock providers over real sockets and clocks that stand
// still.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sloop/agent/agent.hpp"
#include "sloop/agent/collect.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/model/fallback.hpp"
#include "sloop/model/rate_limit.hpp"
#include "sloop/model/response_cache.hpp"
#include "sloop/model/spread.hpp"
#include "sloop/testing/mock_provider.hpp"
#include "sloop/testing/scripted_model.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;

std::unique_ptr<MockProvider> provider(std::string reply, std::optional<Fault> always = {}) {
  return MockProvider::start({.replies = {std::move(reply)}, .always = always}).value();
}

std::shared_ptr<Model> open(const MockProvider& from, std::string_view name = "openai-chat/m",
                            std::shared_ptr<http::Transport> transport = {}) {
  return open_model(name,
                    {.api_key = "k",
                     .base_url = from.base_url(),
                     .retry = {.max_attempts = 1},
                     .transport = transport ? std::move(transport) : http::make_curl_transport({.proxies = false})})
      .value();
}

const ModelRequest kHi{.messages = {Message::user("Hi")}};

struct Streamed {
  std::string text;
  std::vector<std::string> warnings;
  std::optional<Error> error;
};

Streamed streamed(Model& model) {
  Streamed out;
  const auto stream = model.stream(kHi, {.deadline = Deadline::after(30s)});
  if (!stream) return {.error = stream.error()};
  while (true) {
    const auto event = (*stream)->next();
    if (!event) out.error = event.error();
    if (!event || !*event) break;
    if (const auto* delta = (*event)->text_delta()) out.text += *delta;
  }
  out.warnings = (*stream)->reply().warnings;
  return out;
}

// ---- fallback

TEST(Fallback, the_next_model_answers_where_one_fails_and_the_reply_says_so) {
  const auto busy = provider("never", Fault{.status = 429});
  const auto good = provider("Ha!");
  FallbackModel model({open(*busy), open(*good, "anthropic/m")});
  const auto reply = model.complete(kHi, {});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->text(), "Ha!");
  ASSERT_EQ(reply->warnings.size(), 1u);
  EXPECT_TRUE(reply->warnings.front().starts_with("model 1 of 2 failed (rate_limited: ")) << reply->warnings.front();
  const auto stream = streamed(model);
  EXPECT_EQ(stream.text, "Ha!");
  EXPECT_EQ(stream.warnings.size(), 1u);
  EXPECT_EQ(busy->requests().size(), 2u);
}

TEST(Fallback, a_wrong_request_is_wrong_everywhere) {
  const auto refusing = provider("never", Fault{.status = 400});
  const auto good = provider("Ha!");
  FallbackModel model({open(*refusing), open(*good)});
  EXPECT_EQ(model.complete(kHi, {}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(streamed(model).error->kind, ErrorKind::invalid_input);
  EXPECT_TRUE(good->requests().empty());
}

TEST(Fallback, nothing_is_said_twice_after_text_was_told) {
  const auto cut = provider("one two three four five six", Fault{.kind = FaultKind::cut});
  const auto good = provider("Ha!");
  FallbackModel model({open(*cut), open(*good)});
  const auto stream = streamed(model);
  EXPECT_TRUE(stream.text.starts_with("one")) << stream.text;
  ASSERT_TRUE(stream.error);
  EXPECT_EQ(stream.error->kind, ErrorKind::bad_reply);
  EXPECT_TRUE(good->requests().empty());
}

TEST(Fallback, a_stream_that_fails_before_its_first_content_leaves_no_trace_but_a_warning) {
  const auto scripted = std::make_shared<ScriptedModel>();
  scripted->fail({.kind = ErrorKind::unavailable, .message = "overloaded"});
  const auto good = provider("Ha!");
  FallbackModel model({scripted, open(*good)});
  auto stream = model.start(kHi, {}).value();
  const auto first = stream->next();
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_TRUE(std::holds_alternative<Warning>((*first)->value));
  EXPECT_EQ(std::get<Warning>((*first)->value).text,
            "model 1 of 2 failed (unavailable: overloaded); the next was asked");
}

TEST(Fallback, the_last_failure_is_the_answer_when_all_fail) {
  const auto first = provider("never", Fault{.status = 429});
  const auto last = provider("never", Fault{.status = 503});
  FallbackModel model({open(*first), open(*last)});
  EXPECT_EQ(model.complete(kHi, {}).error().status, 503);
  EXPECT_EQ(streamed(model).error->status, 503);
  EXPECT_EQ(FallbackModel({}).complete(kHi, {}).error().kind, ErrorKind::invalid_input);
}

TEST(Fallback, no_model_is_asked_after_the_deadline) {
  const auto hanging = provider("never", Fault{.kind = FaultKind::hang});
  const auto good = provider("Ha!");
  FallbackModel model({open(*hanging), open(*good)});
  EXPECT_EQ(model.complete(kHi, {.deadline = Deadline::after(50ms)}).error().kind, ErrorKind::timed_out);
  EXPECT_TRUE(good->requests().empty());
}

TEST(Fallback, a_model_that_is_silent_for_too_long_is_given_up_for_the_next) {
  const auto hanging = provider("never", Fault{.kind = FaultKind::hang});
  const auto good = provider("Ha!");
  const auto silent = open_model("openai-chat/m", {.api_key = "k",
                                                   .base_url = hanging->base_url(),
                                                   .retry = {.max_attempts = 1},
                                                   .timeouts = {.first_content = 50ms},
                                                   .transport = http::make_curl_transport({.proxies = false})});
  FallbackModel model({*silent, open(*good)});
  EXPECT_EQ(streamed(model).text, "Ha!");
}

TEST(Fallback, an_agent_and_many_streams_on_one_thread_use_it_as_any_model) {
  const auto busy = provider("never", Fault{.status = 503});
  const auto good = provider("Ha ha!");
  const Agent agent{{.instance = std::make_shared<FallbackModel>(std::vector{open(*busy), open(*good)})}};
  std::vector<AnswerStream> streams;
  for (int i = 0; i < 3; ++i) streams.push_back(agent.stream("Hi"));
  for (const auto& answer : collect(streams)) {
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->text, "Ha ha!");
  }
}

// ---- spreading

TEST(Spread, calls_go_round) {
  const auto one = provider("one");
  const auto two = provider("two");
  SpreadModel model({open(*one), open(*two)});
  EXPECT_EQ(model.complete(kHi, {})->text(), "one");
  EXPECT_EQ(streamed(model).text, "two");
  EXPECT_EQ(model.complete(kHi, {})->text(), "one");
}

TEST(Spread, a_member_that_fails_rests_for_as_long_as_it_asked) {
  const auto busy =
      MockProvider::start({.replies = {"busy"}, .faults = {Fault{.status = 429, .retry_after = 20}}}).value();
  const auto good = provider("good");
  Time now{};
  SpreadModel model({open(*busy), open(*good)}, {.rest = 5s, .now = [&] { return now; }});
  EXPECT_EQ(model.complete(kHi, {})->text(), "good");
  now += 19s;
  EXPECT_EQ(model.complete(kHi, {})->text(), "good");
  EXPECT_EQ(model.complete(kHi, {})->text(), "good");
  EXPECT_EQ(busy->requests().size(), 1u);
  now += 1s;
  EXPECT_EQ(model.complete(kHi, {})->text(), "busy");
}

TEST(Spread, when_all_rest_the_one_that_is_back_first_is_asked) {
  const auto first = std::make_shared<ScriptedModel>();
  const auto second = std::make_shared<ScriptedModel>();
  first->fail({.kind = ErrorKind::rate_limited, .message = "busy", .retry_after = 60s});
  second->fail({.kind = ErrorKind::rate_limited, .message = "busy", .retry_after = 30s});
  second->reply("second");
  SpreadModel model({first, second}, {.now = [] { return Time{}; }});
  EXPECT_EQ(model.complete(kHi, {}).error().kind, ErrorKind::rate_limited);
  EXPECT_EQ(model.complete(kHi, {})->text(), "second");
}

TEST(Spread, keys_are_spread_over_and_a_refused_one_is_left_out) {
  const auto from = MockProvider::start({.replies = {"Ha!"}, .faults = {Fault{.status = 401}}}).value();
  const std::vector<std::string> keys{"key-one", "key-two"};
  const auto model = spread_over_keys("openai-chat/m", keys,
                                      {.base_url = from->base_url(),
                                       .retry = {.max_attempts = 1},
                                       .transport = http::make_curl_transport({.proxies = false})})
                         .value();
  EXPECT_EQ(model->complete(kHi, {})->text(), "Ha!");
  EXPECT_EQ(model->complete(kHi, {})->text(), "Ha!");
  const auto requests = from->requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].headers.get("authorization"), "Bearer key-one");
  EXPECT_EQ(requests[1].headers.get("authorization"), "Bearer key-two");
  EXPECT_EQ(requests[2].headers.get("authorization"), "Bearer key-two");
  EXPECT_EQ(spread_over_keys("openai-chat/m", {}).error().kind, ErrorKind::invalid_input);
}

// ---- rate limits

/// Time that passes only by being waited for.
struct StandingClock {
  Time time{};
  std::vector<std::chrono::milliseconds> waits;

  RateClock clock() {
    return {.now = [this] { return time; },
            .wait =
                [this](std::chrono::milliseconds wait, const CallOptions&) {
                  waits.push_back(wait);
                  time += wait;
                  return true;
                }};
  }
};

TEST(RateLimit, a_minutes_worth_goes_at_once_and_then_evenly) {
  StandingClock clock;
  RateLimiter limiter({.requests_per_minute = 60}, clock.clock());
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(limiter.acquire(0, {}));
  EXPECT_TRUE(clock.waits.empty());
  ASSERT_TRUE(limiter.acquire(0, {}));
  ASSERT_TRUE(limiter.acquire(0, {}));
  EXPECT_EQ(clock.waits, (std::vector<std::chrono::milliseconds>{1s, 1s}));
}

TEST(RateLimit, tokens_are_waited_for_and_estimates_are_corrected_by_what_was_used) {
  StandingClock clock;
  RateLimiter limiter({.tokens_per_minute = 6000}, clock.clock());
  ASSERT_TRUE(limiter.acquire(6000, {}));
  limiter.settle(6000, 3000);
  ASSERT_TRUE(limiter.acquire(3000, {}));
  EXPECT_TRUE(clock.waits.empty());
  ASSERT_TRUE(limiter.acquire(100, {}));
  EXPECT_EQ(clock.waits, std::vector<std::chrono::milliseconds>{1s});
}

TEST(RateLimit, a_wait_beyond_the_deadline_is_refused_at_once_and_takes_nothing) {
  StandingClock clock;
  RateLimiter limiter({.requests_per_minute = 1}, clock.clock());
  ASSERT_TRUE(limiter.acquire(0, {}));
  const auto refused = limiter.acquire(0, {.deadline = Deadline(clock.time + 59s)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
  EXPECT_EQ(refused.error().retry_after, std::chrono::milliseconds(60s));
  ASSERT_TRUE(limiter.acquire(0, {.deadline = Deadline(clock.time + 60s)}));
}

TEST(RateLimit, a_cancelled_wait_ends_and_gives_its_turn_back) {
  RateLimiter limiter({.requests_per_minute = 1});
  ASSERT_TRUE(limiter.acquire(0, {}));
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(limiter.acquire(0, {.stop = source.get_token()}).error().kind, ErrorKind::cancelled);
}

TEST(RateLimit, a_limited_model_pays_what_its_replies_used) {
  const auto from = provider("Ha!");
  StandingClock clock;
  const auto limiter = std::make_shared<RateLimiter>(RateLimits{.tokens_per_minute = 6000}, clock.clock());
  RateLimitedModel model(open(*from), limiter);
  const ModelRequest request{.messages = {Message::user("Hi")}, .sampling = {.max_tokens = 5000}};
  ASSERT_TRUE(model.complete(request, {}));
  ASSERT_TRUE(model.complete(request, {}));
  EXPECT_EQ(streamed(model).text, "Ha!");
  EXPECT_TRUE(clock.waits.empty()) << "the replies were short";
}

// ---- cache

std::shared_ptr<http::Transport> cached(std::shared_ptr<ResponseStore> store, Dialect dialect = Dialect::openai_chat) {
  return caching_transport(dialect, std::move(store), http::make_curl_transport({.proxies = false}));
}

class CachedDialects : public ::testing::TestWithParam<Dialect> {};

TEST_P(CachedDialects, the_same_request_is_sent_once_whole_and_streamed) {
  const auto from = provider("one two three");
  const auto model = open_model(GetParam(), "m",
                                {.api_key = "k",
                                 .base_url = from->base_url(),
                                 .transport = cached(std::make_shared<MemoryResponses>(), GetParam())})
                         .value();
  const auto first = model->complete(kHi, {});
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(model->complete(kHi, {})->text(), "one two three");
  EXPECT_EQ(model->complete(kHi, {})->usage, first->usage);
  EXPECT_EQ(from->requests().size(), 1u);
  EXPECT_EQ(streamed(*model).text, "one two three");
  EXPECT_EQ(streamed(*model).text, "one two three");
  EXPECT_EQ(from->requests().size(), 2u);
  ASSERT_TRUE(model->complete({.messages = {Message::user("Other")}}, {}));
  EXPECT_EQ(from->requests().size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(, CachedDialects,
                         ::testing::Values(Dialect::openai_chat, Dialect::openai_responses, Dialect::anthropic,
                                           Dialect::gemini, Dialect::cohere, Dialect::mistral, Dialect::ollama,
                                           Dialect::bedrock_converse),
                         [](const auto& dialect) {
                           std::string name(to_string(dialect.param));
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(ResponseCache, failures_of_every_kind_are_not_kept) {
  for (const Fault fault :
       {Fault{.status = 429}, Fault{.status = 500}, Fault{.kind = FaultKind::html}, Fault{.kind = FaultKind::cut},
        Fault{.kind = FaultKind::unfinished}, Fault{.kind = FaultKind::error_event}}) {
    const auto from = MockProvider::start({.replies = {"one two three"}, .faults = {fault}}).value();
    const auto again = open_model(Dialect::openai_responses, "m",
                                  {.api_key = "k",
                                   .base_url = from->base_url(),
                                   .retry = {.max_attempts = 1},
                                   .transport = cached(std::make_shared<MemoryResponses>(), Dialect::openai_responses)})
                           .value();
    EXPECT_TRUE(streamed(*again).error) << static_cast<int>(fault.kind);
    EXPECT_EQ(streamed(*again).text, "one two three") << static_cast<int>(fault.kind);
  }
}

TEST(ResponseCache, a_stream_that_is_ended_early_is_not_kept) {
  const auto from = provider("one two three");
  const auto model = open(*from, "openai-chat/m", cached(std::make_shared<MemoryResponses>()));
  ASSERT_TRUE((*model->stream(kHi, {}))->next());
  EXPECT_EQ(streamed(*model).text, "one two three");
  EXPECT_EQ(from->requests().size(), 2u);
}

TEST(ResponseCache, a_folder_keeps_answers_for_other_processes_and_damaged_files_do_no_harm) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "sloop_response_cache_test";
  std::filesystem::remove_all(folder);
  const auto from = provider("Ha!");
  const auto ask = [&] {
    return open(*from, "openai-chat/m", cached(std::make_shared<DirectoryResponses>(folder)))->complete(kHi, {});
  };
  EXPECT_EQ(ask()->text(), "Ha!");
  EXPECT_EQ(ask()->text(), "Ha!");
  EXPECT_EQ(from->requests().size(), 1u);
  const auto file = *std::filesystem::directory_iterator(folder);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  std::ofstream(file.path()) << "application/json\n{\"cut";
  EXPECT_EQ(ask()->text(), "Ha!");
  EXPECT_EQ(from->requests().size(), 2u);
  std::filesystem::remove_all(folder);
}

TEST(ResponseCache, memory_keeps_to_its_limits_and_drops_what_was_not_used) {
  MemoryResponses store({.entries = 2, .bytes = 10});
  store.put("a", "1");
  store.put("b", "2");
  EXPECT_EQ(store.get("a"), "1");
  store.put("c", "3");
  EXPECT_EQ(store.get("b"), std::nullopt);
  EXPECT_EQ(store.get("a"), "1");
  store.put("d", "12345678901");
  EXPECT_EQ(store.get("d"), std::nullopt);
  store.put("a", "123456789");
  EXPECT_EQ(store.get("a"), "123456789");
  store.put("e", "12");
  EXPECT_EQ(store.get("a"), std::nullopt);
  EXPECT_EQ(store.get("e"), "12");
}

TEST(ResponseCache, the_key_is_made_of_address_and_body_but_not_of_who_asks) {
  const http::Request request{.method = "POST", .url = "http://a/b", .body = "{}"};
  http::Request other = request;
  other.headers.add("authorization", "Bearer k");
  EXPECT_EQ(response_key(request), response_key(other));
  EXPECT_EQ(response_key(request).size(), 64u);
  other.body = "{ }";
  EXPECT_NE(response_key(request), response_key(other));
}

}  // namespace
}  // namespace sloop::testing
