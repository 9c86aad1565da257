// SPDX-License-Identifier: Apache-2.0
#include "sloop/testing/mock_provider.hpp"

#include <gtest/gtest.h>

#include "sloop/agent.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/testing/scripted_model.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;

/// An agent that asks a mock provider of these options.
struct Scene {
  explicit Scene(MockProviderOptions options) : provider(MockProvider::start(std::move(options)).value()) {}

  std::unique_ptr<MockProvider> provider;
  Agent agent{{.instance = open_model("openai/any", {.api_key = "k",
                                                     .base_url = provider->base_url(),
                                                     .retry = {.first_delay = 1ms},
                                                     .transport = http::make_curl_transport({.proxies = false})})
                               .value()}};
};

TEST(MockProvider, answers_in_turn_whole_and_streamed) {
  Scene scene({.replies = {"one reply", "another one"}});
  EXPECT_EQ(scene.agent.prompt("Hi")->text, "one reply");
  const auto streamed = scene.agent.stream("Hi").answer();
  ASSERT_TRUE(streamed) << streamed.error().message;
  EXPECT_EQ(streamed->text, "another one");
  EXPECT_EQ(streamed->usage.output, 2);
  EXPECT_EQ(streamed->finish, FinishReason::stop);
  EXPECT_EQ(scene.provider->requests().size(), 2u);
}

TEST(MockProvider, a_slow_body_is_understood_whole_and_streamed) {
  Scene scene({.replies = {"Ha!"}, .always = Fault{.kind = FaultKind::slow}});
  EXPECT_EQ(scene.agent.prompt("Hi")->text, "Ha!");
  EXPECT_EQ(scene.agent.stream("Hi").answer()->text, "Ha!");
}

TEST(MockProvider, a_passing_fault_is_survived_by_repetition) {
  Scene scene({.replies = {"Ha!"}, .faults = {Fault{.status = 500}, Fault{.status = 429, .retry_after = 0}}});
  const auto answer = scene.agent.prompt("Hi");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(scene.provider->requests().size(), 3u);
}

TEST(MockProvider, lasting_faults_are_errors_of_the_right_kind) {
  const auto kinds = [](Fault fault) {
    Scene scene({.always = fault});
    const CallOptions options{.deadline = Deadline::after(300ms)};
    return std::pair(scene.agent.prompt("Hi", options).error().kind,
                     scene.agent.stream("Hi", options).answer().error().kind);
  };
  EXPECT_EQ(kinds({.kind = FaultKind::cut}), std::pair(ErrorKind::bad_reply, ErrorKind::bad_reply));
  EXPECT_EQ(kinds({.kind = FaultKind::html}), std::pair(ErrorKind::bad_reply, ErrorKind::bad_reply));
  EXPECT_EQ(kinds({.kind = FaultKind::garbage}), std::pair(ErrorKind::bad_reply, ErrorKind::bad_reply));
  EXPECT_EQ(kinds({.kind = FaultKind::hang}), std::pair(ErrorKind::timed_out, ErrorKind::timed_out));
  EXPECT_EQ(kinds({.status = 429}), std::pair(ErrorKind::rate_limited, ErrorKind::rate_limited));
  EXPECT_EQ(kinds({.status = 401}), std::pair(ErrorKind::unauthenticated, ErrorKind::unauthenticated));
}

TEST(Fault, is_read_from_text) {
  EXPECT_EQ(Fault::parse("429:2")->retry_after, 2);
  EXPECT_EQ(Fault::parse("503")->status, 503);
  EXPECT_EQ(Fault::parse("cut")->kind, FaultKind::cut);
  for (const char* junk : {"", "99", "200", "429:", "429:x", "429:2x", "burn"})
    EXPECT_FALSE(Fault::parse(junk)) << junk;
}

TEST(ScriptedModel, says_what_it_was_told_and_no_more) {
  const auto model = std::make_shared<ScriptedModel>();
  model->reply("Ha!");
  model->fail({.kind = ErrorKind::rate_limited, .message = "slow"});
  const Agent agent{{.instance = model}};
  EXPECT_EQ(agent.prompt("Hi")->text, "Ha!");
  EXPECT_EQ(agent.prompt("Hi").error().kind, ErrorKind::rate_limited);
  EXPECT_EQ(agent.prompt("Hi").error().kind, ErrorKind::internal);
  EXPECT_EQ(model->requests().size(), 3u);
}

}  // namespace
}  // namespace sloop::testing
