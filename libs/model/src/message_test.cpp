// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/message.hpp"

#include <gtest/gtest.h>

#include "sloop/model/request.hpp"

namespace sloop {
namespace {

std::string error_of(std::string_view text) {
  const auto request = request_from_neutral_json(parse_json(text).value());
  return request ? "none" : request.error().message;
}

TEST(NeutralJson, a_request_survives_the_way_there_and_back) {
  constexpr std::string_view kText =
      R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"What?"},)"
      R"({"type":"media","kind":"image","source":{"url":"https://x/y.png"},"detail":"low"}]},)"
      R"({"role":"assistant","content":[{"type":"reasoning","text":"hm","signature":"sig"},)"
      R"({"type":"tool_call","id":"1","name":"add","arguments":"{\"x\":1}"}]},)"
      R"({"role":"tool","content":[{"type":"tool_result","id":"1","name":"add","text":"no","is_error":true}]}],)"
      R"("tools":[{"name":"add","description":"adds","schema":{"type":"object"}}],"temperature":0.5,"stop":["a"],"extra":{"k":1}})";
  const auto request = request_from_neutral_json(parse_json(kText).value());
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(write_json(to_neutral_json(*request)), kText);
}

TEST(NeutralJson, errors_name_the_path) {
  EXPECT_EQ(error_of(R"({"messages":[{"role":"user","content":"a"},{"role":"robot","content":"a"}]})"),
            "messages[1].role: is none of system, user, assistant, tool");
  EXPECT_EQ(error_of(R"({"messages":[{"role":"user","content":[{"type":"text","text":3}]}]})"),
            "messages[0].content[0].text: expected string, got number");
  EXPECT_EQ(
      error_of(R"({"messages":[{"role":"user","content":[{"type":"smell"}]}]})"),
      "messages[0].content[0].type: is none of text, reasoning, image, audio, video, document, tool_call, tool_result, "
      "refusal, opaque");
  EXPECT_TRUE(error_of(R"({"messages":[],"temprature":1})").starts_with("temprature: is unknown"));
  EXPECT_EQ(error_of(R"({"messages":[]})"), "messages: is empty; give at least one");
  EXPECT_EQ(error_of(R"([])"), "expected object, got array");
}

TEST(Message, media_have_a_short_form) {
  const auto json = parse_json(
      R"({"role":"user","content":[{"type":"document","url":"https://x/a.pdf","name":"a"},{"type":"image","base64":"AA==","media_type":"image/png"}]})");
  const auto message = message_from_neutral_json(*json).value();
  EXPECT_EQ(std::get<MediaPart>(message.content[0]),
            (MediaPart{.kind = MediaKind::document, .source = {.url = "https://x/a.pdf"}, .name = "a"}));
  EXPECT_EQ(std::get<MediaPart>(message.content[1]),
            (MediaPart{.source = {.base64 = "AA=="}, .media_type = "image/png"}));
}

}  // namespace
}  // namespace sloop
