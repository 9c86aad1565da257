// SPDX-License-Identifier: Apache-2.0
#include "openai_chat_delta.hpp"

#include <gtest/gtest.h>

namespace sloop::dialects::openai_chat {
namespace {

/// What is read, as text; `-` when it is left to the parser.
std::string read(std::string_view event) {
  std::string unescaped;
  const auto delta = read_delta(event, unescaped);
  if (!delta) return "-";
  std::string out;
  for (const auto part : {delta->id, delta->model, delta->content, delta->reasoning, delta->reasoning_field})
    out.append(out.empty() ? "" : "|").append(part);
  return out;
}

/// An event whose choice holds `delta`.
std::string event_of(const std::string& delta) {
  return R"({"id":"i","choices":[{"index":0,"delta":)" + delta + R"(,"finish_reason":null}],"model":"m"})";
}

TEST(OpenAiChatDelta, a_piece_of_text_is_read_from_the_event) {
  EXPECT_EQ(read(event_of(R"({"content":" word"})")), "i|m| word||");
  EXPECT_EQ(read(event_of(R"({"role":"assistant","content":"","refusal":null})")), "i|m|||");
  EXPECT_EQ(read(event_of(R"({"reasoning_content":"so","content":null,"tool_calls":[]})")),
            "i|m||so|reasoning_content");
  EXPECT_EQ(read(event_of(R"({ "reasoning" : null , "reasoning_text":"x", "content":"y"})")), "i|m|y|x|reasoning_text");
  EXPECT_EQ(read(event_of("{\"content\":\"\u00FC\u20AC\"}")), "i|m|\u00FC\u20AC||");
  EXPECT_EQ(read(event_of(R"({"content":"a\n\"b\\"})")), "i|m|a\n\"b\\||");
}

TEST(OpenAiChatDelta, what_says_more_is_left_to_the_parser) {
  for (const auto delta :
       {R"({"tool_calls":[{"index":0}]})", R"({"refusal":"no"})", R"({"content":["a"]})", R"({"content":{}})",
        R"({"content":"a","audio":{}})", R"({"content":"a","content":"b"})", R"({"content":"a","content":null})",
        R"({"reasoning":"a","reasoning":null})", R"({"reasoning":"a","reasoning_content":"b"})", "null", "[]"})
    EXPECT_EQ(read(event_of(delta)), "-") << delta;
  for (const auto event :
       {R"({"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]})", R"({"choices":[],"usage":{}})",
        R"({"choices":[{"index":1,"delta":{"content":"a"}}]})", R"({"error":{},"choices":[{"delta":{}}]})",
        R"({"choices":[{"delta":{}},{"delta":{}}]})", R"({"choices":[{"message":{"content":"a"}}]})", "[DONE]"})
    EXPECT_EQ(read(event), "-") << event;
}

TEST(OpenAiChatDelta, what_is_no_json_is_left_to_the_parser) {
  const std::string good = event_of(R"({"content":"word"})");
  ASSERT_NE(read(good), "-");
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_EQ(read(good.substr(0, size)), "-") << size;
  for (const auto delta : {"{\"content\":\"\xFF\"}", "{\"content\":\"\xE2\\n\"}", "{\"content\":\"\t\"}",
                           R"({"content":"\u00e9"})", R"({"content":"\x"})", R"({"content":"a",})", R"({"role":01})",
                           "{\"role\":\"\xFF\"5}", R"({"content":nullx})", R"({"content" "a"})"})
    EXPECT_EQ(read(event_of(delta)), "-") << delta;
  EXPECT_EQ(read(good + "x"), "-");
  EXPECT_EQ(read(good + " \n"), "i|m|word||");
  EXPECT_EQ(read(" " + good), "-");
}

}  // namespace
}  // namespace sloop::dialects::openai_chat
