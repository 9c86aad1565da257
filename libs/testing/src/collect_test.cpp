// SPDX-License-Identifier: Apache-2.0
//
// Many runs at once on one thread, over real sockets.
#include <gtest/gtest.h>

#include "sloop/agent/collect.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/testing/mock_provider.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;

Agent agent_for(const MockProvider& provider, const http::RetryPolicy& retry = {.first_delay = 1ms}) {
  return Agent{{.instance = open_model("openai/any", {.api_key = "k",
                                                      .base_url = provider.base_url(),
                                                      .retry = retry,
                                                      .transport = http::make_curl_transport({.proxies = false})})
                                .value()}};
}

std::vector<AnswerStream> streams_of(const Agent& agent, int count, const CallOptions& options = {}) {
  std::vector<AnswerStream> streams;
  streams.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) streams.push_back(agent.stream("Hi", options));
  return streams;
}

TEST(Collect, many_answers_come_at_once_and_each_is_whole) {
  const auto provider = MockProvider::start({.replies = {"one two three"}, .latency = 50ms}).value();
  const Agent agent = agent_for(*provider);
  auto streams = streams_of(agent, 40);
  std::vector<std::string> texts(streams.size());
  std::size_t ended = 0;
  const auto answers = collect(streams, [&](std::size_t index, const StreamEvent& event) {
    if (const auto* delta = event.text_delta()) texts[index] += *delta;
    if (std::holds_alternative<Finish>(event.value)) ++ended;
  });
  ASSERT_EQ(answers.size(), 40u);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ASSERT_TRUE(answers[i]) << answers[i].error().message;
    EXPECT_EQ(answers[i]->text, "one two three");
    EXPECT_EQ(texts[i], "one two three");
  }
  EXPECT_EQ(provider->requests().size(), 40u);
  EXPECT_EQ(ended, 40u);
}

TEST(Collect, calls_that_are_to_be_repeated_are_and_hold_up_nobody) {
  const auto provider = MockProvider::start({.replies = {"Ha!"},
                                             .faults = {Fault{.status = 429, .retry_after = 0}, Fault{.status = 503}}})
                            .value();
  auto streams = streams_of(agent_for(*provider), 3);
  for (const auto& answer : collect(streams)) EXPECT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(provider->requests().size(), 5u);
}

TEST(Collect, a_stream_that_stalls_ends_at_its_own_deadline) {
  const auto provider =
      MockProvider::start({.replies = {"one two three four"}, .faults = {Fault{.kind = FaultKind::stall}}}).value();
  const Agent agent = agent_for(*provider);
  auto streams = streams_of(agent, 1, {.deadline = Deadline::after(300ms)});
  // The first call meets the fault: its first event is read before the others begin.
  (void)streams.front().begin();
  for (auto& stream : streams_of(agent, 2)) streams.push_back(std::move(stream));
  const auto answers = collect(streams);
  ASSERT_FALSE(answers[0]);
  EXPECT_EQ(answers[0].error().kind, ErrorKind::timed_out);
  EXPECT_TRUE(answers[1]);
  EXPECT_TRUE(answers[2]);
}

TEST(Collect, an_agent_that_cannot_be_called_is_the_error_of_its_own_stream) {
  const auto provider = MockProvider::start({.replies = {"Ha!"}}).value();
  std::vector<AnswerStream> streams;
  streams.push_back(Agent{{.model = "nobody/x"}}.stream("Hi"));
  streams.push_back(agent_for(*provider).stream("Hi"));
  const auto answers = collect(streams);
  EXPECT_EQ(answers[0].error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(answers[1]);
}

}  // namespace
}  // namespace sloop::testing
