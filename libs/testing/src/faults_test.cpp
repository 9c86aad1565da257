// SPDX-License-Identifier: Apache-2.0
//
// What models do when providers misbehave: in every wire format, every fault ends in the right kind of error within the
// deadline, and nothing that was received is lost.
#include <gtest/gtest.h>

#include "sloop/http/curl_transport.hpp"
#include "sloop/model/model.hpp"
#include "sloop/testing/mock_provider.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kReply = "one two three four five six seven eight";

class Faults : public ::testing::TestWithParam<Dialect> {
 protected:
  void start(std::optional<Fault> always, std::vector<Fault> first = {}) {
    provider_ =
        MockProvider::start({.replies = {std::string(kReply)}, .faults = std::move(first), .always = always}).value();
    model_ = open_model(GetParam(), "any",
                        {.api_key = "k",
                         .base_url = provider_->base_url(),
                         .retry = {.max_attempts = 3, .first_delay = 1ms},
                         .transport = http::make_curl_transport({.proxies = false})})
                 .value();
  }

  Result<ModelReply> complete(std::chrono::milliseconds time = 10s) {
    return model_->complete(request_, {.deadline = Deadline::after(time)});
  }

  struct Streamed {
    ModelReply reply;
    std::optional<Error> error;
  };
  Streamed stream(std::chrono::milliseconds time = 10s) {
    auto opened = model_->stream(request_, {.deadline = Deadline::after(time)});
    if (!opened) return {.error = opened.error()};
    while (true) {
      const auto event = (*opened)->next();
      if (!event) return {(*opened)->reply(), event.error()};
      if (!*event) return {(*opened)->reply(), std::nullopt};
    }
  }

  /// That both ways end in an error of this kind.
  void expect_both(ErrorKind kind, std::chrono::milliseconds time = 10s) {
    const auto whole = complete(time);
    ASSERT_FALSE(whole);
    EXPECT_EQ(to_string(whole.error().kind), to_string(kind)) << whole.error().message;
    const auto streamed = stream(time);
    ASSERT_TRUE(streamed.error);
    EXPECT_EQ(to_string(streamed.error->kind), to_string(kind)) << streamed.error->message;
  }

  /// That a stream ends in an error of this kind after a part of the reply.
  void expect_part(ErrorKind kind, std::chrono::milliseconds time = 10s) {
    const auto streamed = stream(time);
    ASSERT_TRUE(streamed.error);
    EXPECT_EQ(to_string(streamed.error->kind), to_string(kind)) << streamed.error->message;
    const std::string text = streamed.reply.text();
    EXPECT_TRUE(text.starts_with("one") && kReply.starts_with(text)) << text;
  }

  std::unique_ptr<MockProvider> provider_;
  std::shared_ptr<Model> model_;
  const ModelRequest request_{.messages = {Message::user("Count")}};
};

TEST_P(Faults, a_good_answer_is_understood_whole_and_streamed) {
  start(std::nullopt);
  const auto whole = complete();
  ASSERT_TRUE(whole) << whole.error().message;
  const auto streamed = stream();
  ASSERT_FALSE(streamed.error) << streamed.error->message;
  for (const ModelReply* reply : {&*whole, &streamed.reply}) {
    EXPECT_EQ(reply->text(), kReply);
    EXPECT_EQ(reply->finish, FinishReason::stop);
    EXPECT_EQ(reply->usage.input, 1);
    EXPECT_TRUE(reply->warnings.empty());
  }
  EXPECT_EQ(whole->finish_raw, streamed.reply.finish_raw);
}

TEST_P(Faults, a_429_and_a_500_are_repeated) {
  start(std::nullopt, {Fault{.status = 429, .retry_after = 0}, Fault{.status = 500}});
  EXPECT_TRUE(complete());
  EXPECT_EQ(provider_->requests().size(), 3u);
}

TEST_P(Faults, statuses_have_their_kinds) {
  start(Fault{.status = 429});
  expect_both(ErrorKind::rate_limited);
  start(Fault{.status = 500});
  expect_both(ErrorKind::unavailable);
  start(Fault{.status = 529});
  expect_both(ErrorKind::unavailable);
}

TEST_P(Faults, a_long_wait_that_was_asked_for_is_told) {
  start(Fault{.status = 429, .retry_after = 3600});
  const auto whole = complete();
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().retry_after, std::chrono::hours(1));
}

TEST_P(Faults, what_is_no_answer_is_a_bad_reply) {
  start(Fault{.kind = FaultKind::html});
  expect_both(ErrorKind::bad_reply);
  start(Fault{.kind = FaultKind::garbage});
  expect_both(ErrorKind::bad_reply);
}

TEST_P(Faults, a_connection_reset_before_the_answer_is_unavailable) {
  start(Fault{.kind = FaultKind::reset});
  expect_both(ErrorKind::unavailable);
}

TEST_P(Faults, a_stream_that_breaks_keeps_what_was_said) {
  start(Fault{.kind = FaultKind::cut});
  expect_part(ErrorKind::bad_reply);
  const auto whole = complete();
  ASSERT_FALSE(whole);
  EXPECT_EQ(to_string(whole.error().kind), to_string(ErrorKind::bad_reply));
}

TEST_P(Faults, a_stream_that_stalls_ends_at_the_deadline) {
  start(Fault{.kind = FaultKind::stall});
  const auto begin = std::chrono::steady_clock::now();
  expect_part(ErrorKind::timed_out, 300ms);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 300ms);
}

TEST_P(Faults, a_provider_that_never_answers_ends_at_the_deadline) {
  start(Fault{.kind = FaultKind::hang});
  expect_both(ErrorKind::timed_out, 200ms);
}

TEST_P(Faults, a_stream_without_its_last_event_is_no_answer) {
  start(Fault{.kind = FaultKind::unfinished});
  expect_part(ErrorKind::bad_reply);
}

TEST_P(Faults, an_error_in_a_stream_is_the_error_and_what_was_said_is_kept) {
  start(Fault{.kind = FaultKind::error_event});
  const auto streamed = stream();
  ASSERT_TRUE(streamed.error);
  EXPECT_EQ(streamed.error->message, "A fault on purpose.");
  EXPECT_TRUE(streamed.reply.text().starts_with("one")) << streamed.reply.text();
}

TEST_P(Faults, bytes_that_are_not_utf8_are_mended_and_told) {
  start(Fault{.kind = FaultKind::invalid_utf8});
  const auto streamed = stream();
  ASSERT_FALSE(streamed.error) << streamed.error->message;
  EXPECT_TRUE(streamed.reply.text().starts_with("\uFFFDne two")) << streamed.reply.text();
  EXPECT_FALSE(streamed.reply.warnings.empty());
  const auto whole = complete();
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_TRUE(whole->text().starts_with("\uFFFDne two"));
}

TEST_P(Faults, a_huge_answer_is_refused_without_filling_the_memory) {
  start(Fault{.kind = FaultKind::huge});
  expect_both(ErrorKind::too_large, 60s);
}

INSTANTIATE_TEST_SUITE_P(dialects, Faults,
                         ::testing::Values(Dialect::openai_chat, Dialect::openai_responses, Dialect::anthropic,
                                           Dialect::mistral, Dialect::gemini, Dialect::cohere, Dialect::ollama,
                                           Dialect::bedrock_converse),
                         [](const auto& row) {
                           std::string name(to_string(row.param));
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

}  // namespace
}  // namespace sloop::testing
