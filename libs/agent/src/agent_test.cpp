// SPDX-License-Identifier: Apache-2.0
#include "sloop/agent/agent.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

/// Answers with the events it is given, and remembers what it was asked.
class EchoModel final : public Model {
 public:
  std::vector<ModelRequest> asked;
  std::optional<Error> error;
  std::vector<StreamEvent> events{{BlockStart{.block = "0"}},
                                  {BlockDelta{.block = "0", .text = "Ha"}},
                                  {BlockDelta{.block = "0", .text = "!"}},
                                  {BlockEnd{.block = "0"}},
                                  {Finish{.reason = FinishReason::stop, .raw = "stop"}},
                                  {UsageUpdate{.usage = {.input = 3, .output = 2}}}};

  Result<ModelReply> complete(const ModelRequest& request, const CallOptions&) override {
    asked.push_back(request);
    if (error) return fail(*error);
    ReplyFold fold;
    for (const auto& event : events) fold.add(event);
    return fold.take();
  }

  Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request, const CallOptions&) override {
    asked.push_back(request);
    return std::make_unique<Stream>(events, error);
  }

 private:
  class Stream final : public ReplyStream {
   public:
    Stream(std::vector<StreamEvent> events, std::optional<Error> error)
        : events_(std::move(events)), error_(std::move(error)) {}
    Result<std::optional<StreamEvent>> next() override {
      if (error_ && at_ == 2) return fail(*error_);
      if (at_ == events_.size()) return std::optional<StreamEvent>();
      fold_.add(events_[at_]);
      return std::optional(events_[at_++]);
    }
    [[nodiscard]] const ModelReply& reply() const override { return fold_.reply(); }

   private:
    std::vector<StreamEvent> events_;
    std::optional<Error> error_;
    std::size_t at_ = 0;
    ReplyFold fold_;
  };
};

struct Comedian {
  std::shared_ptr<EchoModel> model = std::make_shared<EchoModel>();
  Agent agent{{.preamble = "Be funny.", .sampling = {.temperature = 0.5}, .instance = model}};
};

TEST(Agent, a_prompt_puts_the_preamble_first) {
  Comedian comedian;
  const auto answer = comedian.agent.prompt("Joke");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->text, "Ha!");
  EXPECT_EQ(answer->usage.output, 2);
  const auto& asked = comedian.model->asked.front();
  EXPECT_EQ(asked.messages, (std::vector<Message>{Message::system("Be funny."), Message::user("Joke")}));
  EXPECT_EQ(asked.sampling.temperature, 0.5);
}

TEST(Agent, a_chat_grows_its_history_only_when_it_succeeds) {
  Comedian comedian;
  std::vector<Message> history;
  ASSERT_TRUE(comedian.agent.chat(history, "One"));
  ASSERT_TRUE(comedian.agent.chat(history, "Two"));
  EXPECT_EQ(history.size(), 4u);
  EXPECT_EQ(comedian.model->asked.back().messages.size(), 4u);
  comedian.model->error = Error{.kind = ErrorKind::unavailable, .message = "down"};
  EXPECT_FALSE(comedian.agent.chat(history, "Three"));
  EXPECT_EQ(history.size(), 4u);
}

TEST(Agent, a_stream_is_a_range_of_events_and_ends_in_an_answer) {
  Comedian comedian;
  auto stream = comedian.agent.stream("Joke");
  std::string text;
  for (const auto& event : stream)
    if (const auto* delta = event.text_delta()) text += *delta;
  EXPECT_EQ(text, "Ha!");
  const auto answer = stream.answer();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->text, "Ha!");
  EXPECT_EQ(answer->usage.input, 3);
}

TEST(Agent, an_error_ends_the_range_and_what_was_said_is_kept) {
  Comedian comedian;
  comedian.model->error = Error{.kind = ErrorKind::bad_reply, .message = "cut"};
  auto stream = comedian.agent.stream("Joke");
  int events = 0;
  for ([[maybe_unused]] const auto& event : stream) ++events;
  EXPECT_EQ(events, 2);
  EXPECT_EQ(stream.answer().error().message, "cut");
  EXPECT_EQ(stream.partial().text(), "Ha");
}

TEST(Agent, a_bad_model_is_the_error_of_the_first_call) {
  const Agent agent{{.model = "nonsense"}};
  EXPECT_EQ(agent.ready().error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(agent.prompt("Joke").error().kind, ErrorKind::invalid_input);
  auto stream = agent.stream("Joke");
  EXPECT_EQ(stream.begin(), AnswerStream::end());
  EXPECT_EQ(stream.answer().error().kind, ErrorKind::invalid_input);
}

TEST(AgentRun, can_be_saved_and_taken_up_at_any_step) {
  AgentRun run({.messages = {Message::user("Joke")}, .sampling = {.max_tokens = 5}});
  auto resumed = AgentRun::from_json(run.to_json());
  ASSERT_TRUE(resumed) << resumed.error().message;
  ASSERT_NE(resumed->next_request(), nullptr);
  EXPECT_EQ(resumed->next_request()->sampling.max_tokens, 5);
  EXPECT_TRUE(
      resumed->take({.message = Message::assistant("Ha!"), .finish = FinishReason::stop, .usage = {.output = 1}}));
  const auto finished = AgentRun::from_json(resumed->to_json());
  ASSERT_TRUE(finished) << finished.error().message;
  EXPECT_TRUE(finished->over());
  EXPECT_EQ(finished->answer().text, "Ha!");
  EXPECT_EQ(finished->messages().size(), 2u);
  EXPECT_EQ(finished->to_json(), resumed->to_json());
  EXPECT_TRUE(AgentRun::from_json(JsonObject{{"state", "odd"}}).error().message.starts_with("run.state"));
}

TEST(AgentRun, a_tool_nobody_has_is_an_error_not_an_empty_answer) {
  AgentRun run({.messages = {Message::user("Joke")}});
  const auto taken = run.take(
      {.message = {Role::assistant, {ToolCallPart{.id = "1", .name = "fly"}}}, .finish = FinishReason::tool_calls});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::unsupported);
  EXPECT_TRUE(taken.error().message.contains("'fly'"));
  EXPECT_TRUE(run.over());
}

}  // namespace
}  // namespace sloop
