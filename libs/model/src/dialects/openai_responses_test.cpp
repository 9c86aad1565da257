// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/dialects/openai_responses.hpp"

#include <gtest/gtest.h>

namespace sloop::dialects::openai_responses {
namespace {

std::string body_of(const ModelRequest& request, std::string_view model = "gpt-4o", bool stream = false) {
  const auto encoded = encode(request, model, stream);
  return encoded ? write_json(encoded->body) : "error: " + encoded.error().message;
}

ModelReply reply_of(std::string_view body) {
  const auto events = decode_whole(200, {}, body);
  EXPECT_TRUE(events) << events.error().message;
  ReplyFold fold;
  if (events)
    for (const auto& event : *events) fold.add(event);
  return fold.take();
}

TEST(OpenAiResponsesEncode, a_conversation_with_sampling) {
  const ModelRequest request{
      .messages = {Message::system("Be brief."), Message::user("Hi"), Message::assistant("Hello")},
      .sampling = {.temperature = 0.5, .max_tokens = 20, .stop = {"END"}}};
  EXPECT_EQ(body_of(request, "gpt-4o", true),
            R"({"model":"gpt-4o","input":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},)"
            R"({"role":"assistant","content":"Hello"}],)"
            R"("temperature":0.5,"max_output_tokens":20,"stream":true})");
  EXPECT_EQ(encode(request, "gpt-4o", false)->warnings,
            std::vector<std::string>{"stop is not sent: OpenAI Responses does not have it"});
}

TEST(OpenAiResponsesEncode, reasoning_models_give_their_thoughts_encrypted) {
  EXPECT_EQ(body_of({.messages = {Message::user("Hi")}, .reasoning_effort = ReasoningEffort::high}, "gpt-5.2"),
            R"({"model":"gpt-5.2","input":[{"role":"user","content":"Hi"}],)"
            R"("reasoning":{"effort":"high","summary":"auto"},"include":["reasoning.encrypted_content"]})");
}

TEST(OpenAiResponses, every_item_of_an_answer_goes_back_as_it_came) {
  const auto reply = reply_of(
      R"({"id":"r1","model":"gpt-5","status":"completed","output":[)"
      R"({"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],"encrypted_content":"gAAA"},)"
      R"({"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"q"}},)"
      R"({"id":"msg_1","type":"message","role":"assistant","status":"completed","phase":"commentary",)"
      R"("content":[{"type":"output_text","text":"Look","annotations":[{"type":"url_citation","url":"http://a","title":"A"}]}]},)"
      R"({"id":"fc_1","type":"function_call","call_id":"c1","name":"add","arguments":"{\"x\":1}","status":"completed"}]})");
  EXPECT_EQ(reply.reasoning(), "Hm");
  EXPECT_EQ(reply.text(), "Look");
  EXPECT_EQ(reply.finish, FinishReason::tool_calls);
  EXPECT_EQ(reply.sources, (std::vector<Source>{{.url = "http://a", .title = "A"}}));
  const Message result{.role = Role::tool, .content = {ToolResultPart{.id = "c1", .name = "add", .text = "1"}}};
  EXPECT_EQ(
      body_of({.messages = {reply.message, result}}),
      R"({"model":"gpt-4o","input":[)"
      R"({"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],"encrypted_content":"gAAA"},)"
      R"({"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"q"}},)"
      R"({"type":"message","role":"assistant","id":"msg_1","status":"completed","phase":"commentary",)"
      R"("content":[{"type":"output_text","text":"Look","annotations":[{"type":"url_citation","url":"http://a","title":"A"}]}]},)"
      R"({"type":"function_call","id":"fc_1","call_id":"c1","name":"add","arguments":"{\"x\":1}"},)"
      R"({"type":"function_call_output","call_id":"c1","output":"1"}]})");
}

TEST(OpenAiResponses, a_stream_without_its_last_event_is_cut_off_and_what_was_said_is_kept) {
  const auto decoder = event_decoder();
  std::vector<StreamEvent> events;
  ASSERT_TRUE(
      decoder->feed("data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,"
                    "\"delta\":\"Hi\"}\n\n",
                    events));
  const auto end = decoder->finish(events);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::bad_reply);
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  EXPECT_EQ(fold.take().text(), "Hi");
}

TEST(OpenAiResponses, an_event_that_is_no_json_is_told_and_the_rest_is_read) {
  const auto decoder = event_decoder();
  std::vector<StreamEvent> events;
  ASSERT_TRUE(
      decoder->feed("data: {\"type\"\n\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":"
                    "\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                    "\"text\":\"Hi\"}]}]}}\n\n",
                    events));
  ASSERT_TRUE(decoder->finish(events));
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  const auto reply = fold.take();
  EXPECT_EQ(reply.text(), "Hi");
  EXPECT_EQ(reply.warnings.size(), 1u);
}

}  // namespace
}  // namespace sloop::dialects::openai_responses
