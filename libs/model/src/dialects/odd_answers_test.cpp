// SPDX-License-Identifier: Apache-2.0
//
// Answers that are not what a specification says, or what few servers give: understood all the same.
#include <gtest/gtest.h>

#include "sloop/aws/event_stream.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace sloop::dialects {
namespace {

struct Understood {
  ModelReply reply;
  Error error;
};

Understood understood(const std::vector<StreamEvent>& events, const Result<void>& result) {
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  return {fold.take(), result ? Error{} : result.error()};
}

Understood read_bytes(Dialect dialect, std::string_view bytes) {
  const auto decoder = find_wire(dialect)->event_decoder();
  std::vector<StreamEvent> events;
  auto result = decoder->feed(bytes, events);
  if (result) result = decoder->finish(events);
  return understood(events, result);
}

Understood read_stream(Dialect dialect, std::initializer_list<std::string_view> events) {
  std::string bytes;
  for (const auto event : events) bytes.append("data: ").append(event).append("\n\n");
  return read_bytes(dialect, bytes);
}

Understood read_whole(Dialect dialect, std::string_view body) {
  auto events = find_wire(dialect)->decode_whole(200, {}, body);
  return events ? understood(*events, {}) : understood({}, fail(events.error()));
}

Understood chat(std::string_view message) {
  return read_whole(Dialect::openai_chat,
                    R"({"choices":[{"finish_reason":"stop","message":)" + std::string(message) + "}]}");
}

TEST(OddChat, content_that_was_parsed_is_text_again) {
  EXPECT_EQ(chat(R"({"content":{"name":"Ann","age":3}})").reply.text(), R"({"name":"Ann","age":3})");
}

TEST(OddChat, reasoning_stands_in_many_places) {
  EXPECT_EQ(chat(R"({"reasoning_text":"a"})").reply.reasoning(), "a");
  EXPECT_EQ(
      chat(R"({"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"b"}]}]})").reply.reasoning(),
      "b");
  EXPECT_EQ(chat(R"({"content":[{"type":"thinking","thinking":"c"}]})").reply.reasoning(), "c");
}

TEST(OddChat, speech_and_images_are_kept_and_speech_is_named_again) {
  const auto got = read_stream(
      Dialect::openai_chat,
      {R"({"choices":[{"delta":{"audio":{"id":"a1","transcript":"Hel"}}}]})",
       R"({"choices":[{"delta":{"audio":{"transcript":"lo","data":"QUJD"},"images":[{"type":"image_url"}]}}]})",
       R"({"choices":[{"delta":{},"finish_reason":"stop"}]})"});
  ASSERT_EQ(got.reply.message.content.size(), 1u);
  const auto& own = std::get<OpaquePart>(got.reply.message.content[0]).provider_data;
  EXPECT_EQ(write_json(*find(own, "openai_chat")),
            R"({"audio":{"id":"a1","transcript":"Hello","data":"QUJD"},"images":[{"type":"image_url"}]})");
  const auto body = find_wire(Dialect::openai_chat)->encode({.messages = {got.reply.message}}, "m", false)->body;
  EXPECT_EQ(*find(body.at("messages").at(0), "audio"), Json(JsonObject{{"id", "a1"}}));
}

TEST(OddChat, usage_may_stand_in_the_choice_and_the_last_finish_counts) {
  const auto got = read_stream(Dialect::openai_chat,
                               {R"({"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]})",
                                R"({"choices":[{"delta":{},"finish_reason":"length","usage":{"prompt_tokens":7}}]})"});
  EXPECT_EQ(got.reply.usage.input, 7);
  EXPECT_EQ(got.reply.finish, FinishReason::length);
}

TEST(OddChat, details_of_two_thoughts_go_back_together) {
  const auto thought = [](std::string_view text) {
    return Part(ReasoningPart{.provider_data = JsonObject{{"reasoning_details", JsonArray{text}}}});
  };
  const Message message{Role::assistant, {thought("a"), TextPart{.text = "x"}, thought("b")}};
  const auto body = find_wire(Dialect::openai_chat)->encode({.messages = {message}}, "m", false)->body;
  EXPECT_EQ(*find(body.at("messages").at(0), "reasoning_details"), Json({"a", "b"}));
}

TEST(OddErrors, an_error_in_a_good_answer_has_the_kind_that_its_name_says) {
  const auto kind = [](std::string_view event) {
    const auto got = read_stream(Dialect::openai_responses, {event});
    EXPECT_EQ(got.error.status, 200) << event;
    return got.error.kind;
  };
  EXPECT_EQ(kind(R"({"type":"error","code":"rate_limit_exceeded","message":"m"})"), ErrorKind::rate_limited);
  EXPECT_EQ(kind(R"({"type":"error","error":{"code":"insufficient_quota","message":"m"}})"), ErrorKind::rate_limited);
  EXPECT_EQ(kind(R"({"type":"error","code":"invalid_prompt","message":"m"})"), ErrorKind::invalid_input);
  EXPECT_EQ(kind(R"({"object":"error","message":"m"})"), ErrorKind::unavailable);
  EXPECT_EQ(kind(R"({"type":"response.failed","response":{"status":"failed","error":{"code":"server_error"}}})"),
            ErrorKind::unavailable);
}

TEST(OddErrors, an_error_that_says_nothing_is_none) {
  for (const auto* error : {"null", "{}", "false", "\"\""}) {
    const auto got = read_whole(Dialect::openai_chat,
                                R"({"choices":[{"message":{"content":"a"}}],"error":)" + std::string(error) + "}");
    EXPECT_EQ(got.reply.text(), "a") << got.error.message;
  }
}

TEST(OddResponses, what_is_told_only_at_the_end_is_not_lost) {
  const auto got =
      read_stream(Dialect::openai_responses,
                  {R"({"type":"response.output_text.done","output_index":0,"content_index":0,"text":"Hello"})",
                   R"({"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"x\""})",
                   R"({"type":"response.output_item.done","output_index":1,)"
                   R"("item":{"type":"function_call","call_id":"c1","name":"add","arguments":"{\"x\":1}"}})",
                   R"({"type":"response.completed","response":{"status":"completed","output":[]}})"});
  EXPECT_EQ(got.reply.text(), "Hello");
  ASSERT_EQ(got.reply.tool_calls().size(), 1u);
  EXPECT_EQ(got.reply.tool_calls()[0].name, "add");
  EXPECT_EQ(got.reply.tool_calls()[0].arguments, R"({"x":1})");
}

TEST(OddResponses, events_without_their_item_are_passed_over) {
  const auto got = read_stream(Dialect::openai_responses, {R"({"type":"response.output_item.added","output_index":0})",
                                                           R"({"type":"response.output_item.done","output_index":0})"});
  EXPECT_EQ(got.error.kind, ErrorKind::bad_reply);
}

TEST(OddAnthropic, inputs_that_are_no_objects_are_kept) {
  const auto input = [](std::string_view json) {
    return read_whole(Dialect::anthropic, R"({"content":[{"type":"tool_use","id":"t","name":"n","input":)" +
                                              std::string(json) + R"(}],"stop_reason":"tool_use"})")
        .reply.tool_calls()
        .at(0)
        .arguments;
  };
  EXPECT_EQ(input("[1]"), "[1]");
  EXPECT_EQ(input(R"("cut {")"), "cut {");
  EXPECT_EQ(input("{}"), "");
}

std::string frame(std::string_view type, const Json& payload) {
  return aws::encode_event(
      {.headers = {{":message-type", "event"}, {":event-type", std::string(type)}}, .payload = write_json(payload)});
}

TEST(OddAnthropic, frames_of_bedrock_are_read) {
  std::string bytes;
  for (const std::string_view event :
       {R"({"type":"message_start","message":{"content":[]}})",
        R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hi"}})",
        R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})", R"({"type":"message_stop"})"})
    bytes += frame("chunk", JsonObject{{"bytes", encode_base64(event)}});
  EXPECT_EQ(read_bytes(Dialect::anthropic, bytes).reply.text(), "Hi");
  EXPECT_EQ(read_bytes(Dialect::anthropic, bytes.substr(0, bytes.size() / 2)).error.kind, ErrorKind::bad_reply);
}

TEST(OddBedrock, hidden_thoughts_in_pieces_are_one_and_own_blocks_are_whole) {
  const auto piece = [](int index, std::string_view json) {
    return frame("contentBlockDelta", JsonObject{{"contentBlockIndex", index}, {"delta", parse_json(json).value()}});
  };
  const std::string bytes =
      piece(0, R"({"reasoningContent":{"redactedContent":"QQ=="}})") +
      piece(0, R"({"reasoningContent":{"redactedContent":"Qg=="}})") +
      frame("contentBlockStart", parse_json(R"({"contentBlockIndex":1,"start":{"toolUse":)"
                                            R"({"toolUseId":"t","name":"search","type":"server_tool_use"}}})")
                                     .value()) +
      piece(1, R"({"toolUse":{"input":"{\"q\":"}})") + piece(1, R"({"toolUse":{"input":"1}"}})") +
      frame("contentBlockStart",
            parse_json(R"({"contentBlockIndex":2,"start":{"toolResult":{"toolUseId":"t"}}})").value()) +
      piece(2, R"({"toolResult":[{"text":"found"}]})") + frame("messageStop", JsonObject{{"stopReason", "end_turn"}});
  const auto got = read_bytes(Dialect::bedrock_converse, bytes);
  ASSERT_EQ(got.reply.message.content.size(), 3u);
  EXPECT_EQ(std::get<ReasoningPart>(got.reply.message.content[0]).encrypted, "QUI=");
  EXPECT_EQ(write_json(std::get<OpaquePart>(got.reply.message.content[1]).provider_data),
            R"({"bedrock":{"toolUse":{"toolUseId":"t","name":"search","type":"server_tool_use","input":{"q":1}}}})");
  EXPECT_EQ(write_json(std::get<OpaquePart>(got.reply.message.content[2]).provider_data),
            R"({"bedrock":{"toolResult":{"toolUseId":"t","content":[{"text":"found"}]}}})");
  EXPECT_TRUE(got.reply.tool_calls().empty());
}

}  // namespace
}  // namespace sloop::dialects
