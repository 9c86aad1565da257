// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/dialects/mistral.hpp"

#include <gtest/gtest.h>

#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects::mistral {
namespace {

std::string body_of(const ModelRequest& request, bool stream = false) {
  const auto encoded = encode(request, "mistral-large", stream);
  return encoded ? write_json(encoded->body) : "error: " + encoded.error().message;
}

TEST(Mistral, settings_have_its_own_names) {
  const ModelRequest request{.messages = {Message::user("Hi")},
                             .sampling = {.max_tokens = 5, .seed = 7},
                             .tool_choice = ToolChoice{.mode = ToolChoiceMode::required},
                             .reasoning_effort = ReasoningEffort::medium,
                             .user = "u"};
  EXPECT_EQ(body_of(request, true),
            R"({"model":"mistral-large","messages":[{"role":"user","content":"Hi"}],"tool_choice":"any",)"
            R"("reasoning_effort":"high","max_tokens":5,"random_seed":7,"stream":true})");
  EXPECT_EQ(encode(request, "m", false)->warnings,
            std::vector<std::string>{"user is not sent: Mistral does not have it"});
}

TEST(Mistral, ids_of_other_providers_become_nine_letters_the_same_for_call_and_result) {
  const auto body = [](const char* id) {
    const Message call{.role = Role::assistant, .content = {ToolCallPart{.id = id, .name = "f"}}};
    const Message result{.role = Role::tool, .content = {ToolResultPart{.id = id, .name = "f", .text = "1"}}};
    return encode({.messages = {call, result}}, "m", false)->body;
  };
  EXPECT_EQ(find_string(body("abcDEF123").at("messages").at(1), "tool_call_id"), "abcDEF123");
  const auto made = body("call_0123456789");
  const std::string id(find_string(made.at("messages").at(1), "tool_call_id"));
  EXPECT_EQ(id.size(), 9u);
  EXPECT_EQ(made.at("messages").at(0).at("tool_calls").at(0).at("id"), Json(id));
}

TEST(Mistral, thoughts_go_back_as_parts_of_the_content) {
  const auto events = openai_chat::decode_whole(
      200, {},
      R"({"choices":[{"finish_reason":"stop","message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},{"type":"text","text":"Hi"}]}}]})");
  ASSERT_TRUE(events);
  ReplyFold fold;
  for (const auto& event : *events) fold.add(event);
  EXPECT_EQ(body_of({.messages = {fold.take().message}}),
            R"({"model":"mistral-large","messages":[{"role":"assistant","content":[)"
            R"({"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},{"type":"text","text":"Hi"}]}]})");
}

}  // namespace
}  // namespace sloop::dialects::mistral
