// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/dialects/openai_chat.hpp"

#include <gtest/gtest.h>

namespace sloop::dialects::openai_chat {
namespace {

std::string body_of(const ModelRequest& request, std::string_view model = "gpt-4o", bool stream = false) {
  const auto encoded = encode(request, model, stream);
  return encoded ? write_json(encoded->body) : "error: " + encoded.error().message;
}

TEST(OpenAiChatEncode, a_conversation_with_sampling) {
  const ModelRequest request{
      .messages = {Message::system("Be brief."), Message::user("Hi"), Message::assistant("Hello")},
      .sampling = {.temperature = 0.5, .max_tokens = 10, .stop = {"END"}}};
  EXPECT_EQ(body_of(request),
            R"({"model":"gpt-4o","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},)"
            R"({"role":"assistant","content":"Hello"}],"temperature":0.5,"max_tokens":10,"stop":["END"]})");
}

TEST(OpenAiChatEncode, streams_ask_for_usage_and_new_models_get_their_own_limit) {
  const ModelRequest request{.messages = {Message::user("Hi")}, .sampling = {.max_tokens = 5}};
  EXPECT_EQ(body_of(request, "o3-mini", true),
            R"({"model":"o3-mini","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":5,)"
            R"("stream":true,"stream_options":{"include_usage":true}})");
  EXPECT_TRUE(body_of(request, "gpt-5.1").contains("max_completion_tokens"));
  EXPECT_FALSE(body_of(request, "gpt-4.1").contains("max_completion_tokens"));
}

TEST(OpenAiChatEncode, tool_calls_and_their_results) {
  const Message call{Role::assistant, {ToolCallPart{.id = "c1", .name = "add", .arguments = R"({"x":1})"}}};
  const Message result{Role::tool, {ToolResultPart{.id = "c1", .name = "add", .text = "1"}}};
  EXPECT_EQ(
      body_of({.messages = {call, result}}),
      R"({"model":"gpt-4o","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",)"
      R"("function":{"name":"add","arguments":"{\"x\":1}"}}]},{"role":"tool","tool_call_id":"c1","content":"1"}]})");
}

TEST(OpenAiChatEncode, images_are_urls_and_what_cannot_be_said_is_refused) {
  const Message image{Role::user,
                      {TextPart{.text = "What?"}, MediaPart{.source = {.base64 = "QUJD"}, .media_type = "image/png"}}};
  EXPECT_EQ(body_of({.messages = {image}}),
            R"({"model":"gpt-4o","messages":[{"role":"user","content":[{"type":"text","text":"What?"},)"
            R"({"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]}]})");
  const Message film{Role::user, {MediaPart{.kind = MediaKind::video, .source = {.url = "https://x"}}}};
  EXPECT_EQ(body_of({.messages = {film}}), "error: messages[0]: OpenAI chat takes no video");
}

TEST(OpenAiChatEncode, left_out_settings_are_told) {
  const ModelRequest request{.messages = {Message::user("Hi")}, .sampling = {.top_k = 3}};
  EXPECT_EQ(encode(request, "m", false)->warnings,
            std::vector<std::string>{"top_k is not sent: OpenAI chat does not have it"});
}

TEST(OpenAiChatEncode, settings_beside_the_sampling) {
  const ModelRequest request{.messages = {Message::user("Hi")},
                             .tool_choice = ToolChoice{.mode = ToolChoiceMode::named, .name = "add"},
                             .parallel_tool_calls = false,
                             .reasoning_effort = ReasoningEffort::low,
                             .output_schema = OutputSchema{.schema = JsonObject{{"type", "object"}}, .strict = false},
                             .user = "u"};
  EXPECT_EQ(body_of(request),
            R"({"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],)"
            R"("tool_choice":{"type":"function","function":{"name":"add"}},"parallel_tool_calls":false,)"
            R"("reasoning_effort":"low","response_format":{"type":"json_schema","json_schema":{"name":"reply",)"
            R"("schema":{"type":"object"},"strict":false}},"user":"u"})");
}

TEST(OpenAiChatEncode, reasoning_goes_back_under_the_name_it_came_by) {
  const auto events = decode_whole(
      200, {}, R"({"choices":[{"message":{"reasoning_content":"Hm","content":"Hi"},"finish_reason":"stop"}]})");
  ASSERT_TRUE(events);
  ReplyFold fold;
  for (const auto& event : *events) fold.add(event);
  EXPECT_EQ(body_of({.messages = {fold.take().message}}),
            R"({"model":"gpt-4o","messages":[{"role":"assistant","reasoning_content":"Hm","content":"Hi"}]})");
}

TEST(OpenAiChatDecode, an_html_page_and_an_empty_answer_are_never_a_reply) {
  for (const auto body : {"<html>hello</html>", "{}", R"({"choices":[]})", "", "null", "[1]"}) {
    const auto events = decode_whole(200, {}, body);
    ASSERT_FALSE(events) << body;
    EXPECT_EQ(events.error().kind, ErrorKind::bad_reply) << body;
  }
}

TEST(OpenAiChatDecode, an_error_inside_a_stream_comes_after_what_was_said) {
  const auto decoder = event_decoder();
  std::vector<StreamEvent> events;
  const auto fed = decoder->feed(
      "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: "
      "{\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n",
      events);
  ASSERT_FALSE(fed);
  EXPECT_EQ(fed.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(fed.error().status, 503);
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  EXPECT_EQ(fold.take().text(), "Hi");
}

}  // namespace
}  // namespace sloop::dialects::openai_chat
