// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/dialects/anthropic.hpp"

#include <gtest/gtest.h>

namespace sloop::dialects::anthropic {
namespace {

constexpr std::string_view kOld = "claude-sonnet-4-5";
constexpr std::string_view kNew = "claude-opus-4-8";

Encoded encoded(const ModelRequest& request, std::string_view model = kOld) {
  auto out = encode(request, model, false);
  EXPECT_TRUE(out) << out.error().message;
  return out ? std::move(*out) : Encoded{};
}

std::string member(const ModelRequest& request, std::string_view name, std::string_view model = kOld) {
  const auto out = encoded(request, model);
  const Json* value = out.body.if_contains(name);
  return value == nullptr ? "" : write_json(*value);
}

std::string messages(std::vector<Message> history) {
  return member({.messages = std::move(history)}, "messages");
}

std::string failure(std::vector<Message> history) {
  const auto out = encode({.messages = std::move(history)}, kOld, false);
  return out ? "" : out.error().message;
}

ModelRequest asking(Sampling sampling = {}) {
  return {.messages = {Message::user("Hi")}, .sampling = std::move(sampling)};
}

ModelReply folded(const std::vector<StreamEvent>& events) {
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  return fold.take();
}

/// A stream of these events' data.
struct Streamed {
  ModelReply reply;
  std::optional<Error> error;
  std::vector<StreamEvent> events;
};
Streamed streamed(std::initializer_list<std::string_view> data) {
  Streamed out;
  const auto decoder = event_decoder();
  Result<void> result;
  for (const auto event : data)
    if (result) result = decoder->feed("data: " + std::string(event) + "\n\n", out.events);
  if (result) result = decoder->finish(out.events);
  if (!result) out.error = result.error();
  out.reply = folded(out.events);
  return out;
}

constexpr std::string_view kStop = R"({"type":"message_stop"})";

TEST(AnthropicEncode, a_conversation_with_sampling) {
  const ModelRequest request{.messages = {Message::system("Be brief."), Message::user("Hi")},
                             .sampling = {.temperature = 0.5, .top_k = 3, .max_tokens = 10, .stop = {"END"}},
                             .user = "u"};
  EXPECT_EQ(write_json(encode(request, kOld, true)->body),
            R"({"model":"claude-sonnet-4-5","max_tokens":10,"system":"Be brief.",)"
            R"("messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"stop_sequences":["END"],)"
            R"("temperature":0.5,"top_k":3,"metadata":{"user_id":"u"},"stream":true})");
}

TEST(AnthropicEncode, the_required_limit_is_what_the_model_can_write) {
  const auto limit = [](std::string_view model) { return member(asking(), "max_tokens", model); };
  EXPECT_EQ(limit("claude-3-haiku-20240307"), "4096");
  EXPECT_EQ(limit("claude-3-5-sonnet-20241022"), "8192");
  EXPECT_EQ(limit("claude-opus-4-20250514"), "32000");
  EXPECT_EQ(limit("claude-3-7-sonnet@20250219"), "64000");
  EXPECT_EQ(limit("anthropic/claude-haiku-4.5"), "64000");
  EXPECT_EQ(limit("us.anthropic.claude-opus-4-6-v1:0"), "128000");
  EXPECT_EQ(limit("kimi-k2"), "8192");
}

TEST(AnthropicEncode, messages_of_users_and_tools_are_one_turn_with_results_first) {
  const Message call{Role::assistant, {ToolCallPart{.id = "c1", .name = "add", .arguments = R"({"x":1})"}}};
  const Message result{Role::tool, {ToolResultPart{.id = "c1", .text = "no", .is_error = true}}};
  const std::string turn =
      R"({"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"add","input":{"x":1}}]},)"
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"no","is_error":true},)"
      R"({"type":"text","text":"Go"}]}])";
  EXPECT_EQ(messages({call, result, Message::user("Go")}), "[" + turn);
  EXPECT_EQ(messages({call, Message::user("Go"), result}), "[" + turn);
}

TEST(AnthropicEncode, ids_that_another_provider_gave_are_made_to_fit_on_both_sides) {
  const Message call{Role::assistant, {ToolCallPart{.id = "functions.add:0", .name = "add"}}};
  const Message result{Role::tool, {ToolResultPart{.id = "functions.add:0", .text = "1"}}};
  const std::string sent = messages({call, result});
  EXPECT_TRUE(sent.contains(R"("id":"functions_add_0")")) << sent;
  EXPECT_TRUE(sent.contains(R"("tool_use_id":"functions_add_0")")) << sent;
}

TEST(AnthropicEncode, a_conversation_that_grows_extends_its_bytes) {
  const Message call{Role::assistant, {ToolCallPart{.id = "c1", .name = "add"}}};
  const Message result{Role::tool, {ToolResultPart{.id = "c1", .text = "1"}}};
  const std::vector<Message> all{Message::user("a"), Message::user("b"), call, result, Message::assistant("c")};
  for (std::size_t size = 1; size < all.size(); ++size) {
    std::string shorter = messages({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size)});
    const std::string longer = messages({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size) + 1});
    shorter.resize(shorter.size() - std::string_view("]}]").size());
    EXPECT_TRUE(longer.starts_with(shorter)) << longer;
  }
}

TEST(AnthropicEncode, tool_results_hold_json_and_images) {
  const Message json{Role::tool, {ToolResultPart{.id = "a", .json = JsonObject{{"n", 1}}}}};
  EXPECT_TRUE(messages({json}).contains(R"("content":"{\"n\":1}")"));
  const Message image{
      Role::tool,
      {ToolResultPart{.id = "a", .text = "see", .media = {{.source = {.base64 = "QUJD"}, .media_type = "image/png"}}}}};
  EXPECT_TRUE(messages({image}).contains(
      R"("content":[{"type":"text","text":"see"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}}])"));
}

TEST(AnthropicEncode, media_by_bytes_url_and_file) {
  const auto source = [](MediaPart media) { return messages({Message{Role::user, {std::move(media)}}}); };
  EXPECT_TRUE(source({.source = {.url = "https://x/y.png"}})
                  .contains(R"({"type":"image","source":{"type":"url","url":"https://x/y.png"}})"));
  EXPECT_TRUE(source({.kind = MediaKind::document, .source = {.file_id = "f1"}, .name = "Plan"})
                  .contains(R"({"type":"document","source":{"type":"file","file_id":"f1"},"title":"Plan"})"));
  EXPECT_TRUE(source({.kind = MediaKind::document, .source = {.base64 = "YSxi"}, .media_type = "text/csv"})
                  .contains(R"("source":{"type":"text","media_type":"text/plain","data":"a,b"})"));
  EXPECT_EQ(failure({Message{Role::user, {MediaPart{.kind = MediaKind::video, .source = {.url = "https://x"}}}}}),
            "messages[0]: Anthropic takes no video");
}

TEST(AnthropicEncode, cache_points_mark_the_last_block_and_tools) {
  ModelRequest request = asking();
  request.messages = {Message::system("S"), Message::user("Hi")};
  request.messages[0].cache = CachePoint{};
  request.messages[1].content.emplace_back(TextPart{.text = "there"});
  request.messages[1].cache = CachePoint{.ttl_seconds = 3600};
  request.tools = {{.name = "t", .cache = CachePoint{}}};
  EXPECT_EQ(member(request, "system"),
            R"([{"type":"text","text":"S","cache_control":{"type":"ephemeral","ttl":"5m"}}])");
  EXPECT_EQ(member(request, "messages"),
            R"([{"role":"user","content":[{"type":"text","text":"Hi"},)"
            R"({"type":"text","text":"there","cache_control":{"type":"ephemeral","ttl":"1h"}}]}])");
  EXPECT_EQ(member(request, "tools"),
            R"([{"name":"t","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral","ttl":"5m"}}])");
}

TEST(AnthropicEncode, thoughts_go_back_as_they_came_and_those_of_others_do_not) {
  const ProviderData other = JsonObject{{"gemini", JsonObject()}};
  const Message thought{Role::assistant,
                        {ReasoningPart{.text = "Hm", .signature = "s"}, ReasoningPart{.encrypted = "e"},
                         ReasoningPart{.text = "unsigned"}, ReasoningPart{.signature = "g", .provider_data = other},
                         OpaquePart{.provider_data = other}, TextPart{.text = "Hi"}}};
  EXPECT_EQ(messages({thought}),
            R"([{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"s"},)"
            R"({"type":"redacted_thinking","data":"e"},{"type":"text","text":"Hi"}]}])");
}

TEST(AnthropicEncode, tool_choice_and_parallel_calls) {
  const auto choice = [](std::optional<ToolChoice> wanted, std::optional<bool> parallel) {
    ModelRequest request = asking();
    request.tools = {{.name = "add"}};
    request.tool_choice = std::move(wanted);
    request.parallel_tool_calls = parallel;
    return member(request, "tool_choice");
  };
  EXPECT_EQ(choice({}, {}), "");
  EXPECT_EQ(choice({}, false), R"({"type":"auto","disable_parallel_tool_use":true})");
  EXPECT_EQ(choice(ToolChoice{.mode = ToolChoiceMode::required}, {}), R"({"type":"any"})");
  EXPECT_EQ(choice(ToolChoice{.mode = ToolChoiceMode::none}, false), R"({"type":"none"})");
  EXPECT_EQ(choice(ToolChoice{.mode = ToolChoiceMode::named, .name = "add"}, true),
            R"({"type":"tool","name":"add","disable_parallel_tool_use":false})");
}

TEST(AnthropicEncode, effort_is_a_budget_for_older_models_and_a_word_for_newer_ones) {
  const auto thinking = [](ReasoningEffort effort, std::string_view model, std::optional<std::int64_t> limit = {}) {
    ModelRequest request = asking({.max_tokens = limit});
    request.reasoning_effort = effort;
    return member(request, "thinking", model) + member(request, "output_config", model);
  };
  using enum ReasoningEffort;
  EXPECT_EQ(thinking(high, kOld), R"({"type":"enabled","budget_tokens":16384})");
  EXPECT_EQ(thinking(high, kOld, 4096), R"({"type":"enabled","budget_tokens":2048})");
  EXPECT_EQ(thinking(high, kOld, 1025), R"({"type":"enabled","budget_tokens":1024})");
  EXPECT_EQ(thinking(high, kOld, 1024), "");
  EXPECT_EQ(thinking(high, "claude-3-5-haiku"), "");
  EXPECT_EQ(thinking(maximum, kNew), R"({"type":"adaptive"}{"effort":"max"})");
  EXPECT_EQ(thinking(none, kOld), R"({"type":"disabled"})");
  EXPECT_EQ(thinking(none, kNew), "");
  EXPECT_EQ(thinking(none, "claude-sonnet-5-5"), R"({"type":"between_tools"})");
  EXPECT_EQ(thinking(none, "claude-opus-5-5"), R"({"effort":"low"})");
}

TEST(AnthropicEncode, what_does_not_go_with_thinking_is_left_out_and_told) {
  ModelRequest request = asking({.temperature = 0.2, .top_p = 0.97, .top_k = 5});
  request.reasoning_effort = ReasoningEffort::low;
  const auto out = encoded(request);
  EXPECT_FALSE(out.body.contains("temperature") || out.body.contains("top_k"));
  EXPECT_TRUE(out.body.contains("top_p"));
  EXPECT_EQ(out.warnings, (std::vector<std::string>{"temperature is not sent: not while the model thinks",
                                                    "top_k is not sent: not while the model thinks"}));
  request.tools = {{.name = "t"}};
  request.tool_choice = ToolChoice{.mode = ToolChoiceMode::required};
  EXPECT_EQ(member(request, "thinking"), "");
}

TEST(AnthropicEncode, left_out_settings_are_told) {
  ModelRequest request =
      asking({.temperature = 1, .seed = 1, .presence_penalty = 1, .frequency_penalty = 1, .top_logprobs = 1});
  request.metadata = {{"a", "b"}};
  request.output_schema = OutputSchema{};
  EXPECT_EQ(
      encoded(request, kNew).warnings,
      (std::vector<std::string>{
          "the output schema is not sent: Anthropic has no JSON without a schema",
          "temperature is not sent: this model does not take it", "seed is not sent: Anthropic does not have it",
          "presence_penalty is not sent: Anthropic does not have it",
          "frequency_penalty is not sent: Anthropic does not have it",
          "top_logprobs is not sent: Anthropic does not have it", "metadata is not sent: Anthropic does not have it"}));
}

TEST(AnthropicEncode, output_schemas_are_closed) {
  ModelRequest request = asking();
  request.output_schema = OutputSchema{.schema = JsonObject{{"type", "object"}}};
  EXPECT_EQ(member(request, "output_config"),
            R"({"format":{"type":"json_schema","schema":{"type":"object","additionalProperties":false}}})");
}

TEST(AnthropicDecode, opaque_blocks_come_together_and_go_back_as_they_are) {
  const auto got = streamed(
      {R"({"type":"message_start","message":{"id":"m","model":"c","content":[],"stop_reason":null}})",
       R"({"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}})",
       R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\":"}})",
       R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"sky\"}"}})",
       R"({"type":"content_block_stop","index":0})",
       R"({"type":"content_block_start","index":1,"content_block":{"type":"compaction","content":null}})",
       R"({"type":"content_block_delta","index":1,"delta":{"type":"compaction_delta","content":"Sum"}})",
       R"({"type":"content_block_delta","index":1,"delta":{"type":"compaction_delta","content":"mary"}})",
       R"({"type":"content_block_stop","index":1})", R"({"type":"message_delta","delta":{"stop_reason":"pause_turn"}})",
       kStop});
  EXPECT_FALSE(got.error);
  EXPECT_EQ(got.reply.finish, FinishReason::other);
  EXPECT_EQ(messages({got.reply.message}),
            R"([{"role":"assistant","content":[{"type":"server_tool_use","id":"s","name":"web_search",)"
            R"("input":{"query":"sky"}},{"type":"compaction","content":"Summary"}]}])");
}

TEST(AnthropicDecode, a_tool_call_keeps_who_called_it_and_may_stand_in_the_start) {
  const std::string_view call =
      R"({"type":"tool_use","id":"t","name":"roll","input":{"p":1},"caller":{"type":"code_execution_20250825"}})";
  const auto got = streamed({R"({"type":"message_start","message":{"id":"m","content":[)" + std::string(call) +
                                 R"(],"stop_reason":"tool_use"}})",
                             kStop});
  EXPECT_EQ(got.reply.finish, FinishReason::tool_calls);
  EXPECT_EQ(got.reply.tool_calls().at(0).arguments, R"({"p":1})");
  EXPECT_EQ(messages({got.reply.message}), R"([{"role":"assistant","content":[)" + std::string(call) + "]}]");
}

TEST(AnthropicDecode, later_numbers_win_and_null_does_not) {
  const auto got = streamed({R"({"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1,)"
                             R"("cache_read_input_tokens":7,"service_tier":"standard"}}})",
                             R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},)"
                             R"("usage":{"output_tokens":9,"cache_read_input_tokens":null}})",
                             kStop});
  EXPECT_EQ(got.reply.usage, (Usage{.input = 5, .output = 9, .cached_input = 7}));
  EXPECT_EQ(split(got.reply.usage, got.reply.usage_convention).input_total, 12);
  EXPECT_EQ(find_string(got.reply.provider_usage, "service_tier"), "standard");
}

TEST(AnthropicDecode, an_error_inside_a_stream_has_the_kind_of_its_name) {
  const std::string_view start =
      R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hi"}})";
  const auto got = streamed({start, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})"});
  ASSERT_TRUE(got.error);
  EXPECT_EQ(
      *got.error,
      (Error{.kind = ErrorKind::unavailable, .message = "Overloaded", .status = 200, .code = "overloaded_error"}));
  EXPECT_EQ(got.reply.text(), "Hi");
  const auto limited = streamed({R"({"type":"error","error":{"type":"rate_limit_error","message":"Slow"}})"});
  EXPECT_EQ(limited.error->kind, ErrorKind::rate_limited);
  const auto wrong = streamed({R"({"type":"error","error":{"type":"invalid_request_error","message":"No"}})"});
  EXPECT_EQ(wrong.error->kind, ErrorKind::invalid_input);
}

TEST(AnthropicDecode, unfinished_and_mixed_streams_are_errors_and_unknown_events_pass) {
  const std::string_view start = R"({"type":"message_start","message":{"content":[]}})";
  const std::string_view stop = R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})";
  EXPECT_EQ(streamed({start, stop}).error.value_or(Error{}).kind, ErrorKind::bad_reply);
  const std::string_view text = R"({"type":"content_block_start","content_block":{"type":"text","text":"a"}})";
  EXPECT_EQ(streamed({start, text, start, kStop}).error.value_or(Error{}).kind, ErrorKind::bad_reply);
  EXPECT_FALSE(streamed({start, start, text, stop, kStop}).error);
  const auto got = streamed({start, R"({"type":"ping"})", R"({"type":"news","n":1})", stop, kStop});
  EXPECT_FALSE(got.error);
  const auto unknown = [](const StreamEvent& event) { return std::holds_alternative<UnknownEvent>(event.value); };
  EXPECT_EQ(std::ranges::count_if(got.events, unknown), 1);
}

TEST(AnthropicDecode, an_html_page_and_an_empty_answer_are_never_a_reply) {
  for (const auto body : {"<html>hello</html>", "{}", "", "null", "[1]", R"({"content":"x"})"}) {
    const auto events = decode_whole(200, {}, body);
    ASSERT_FALSE(events) << body;
    EXPECT_EQ(events.error().kind, ErrorKind::bad_reply) << body;
  }
}

TEST(AnthropicDecode, citations_are_sources_and_go_back) {
  const auto events = decode_whole(
      200, {},
      R"({"content":[{"type":"text","text":"Blue","citations":[{"type":"web_search_result_location","url":"https://u","title":"T"}]},)"
      R"({"type":"text","text":"Red","citations":null}],"stop_reason":"end_turn"})");
  ASSERT_TRUE(events);
  const ModelReply reply = folded(*events);
  EXPECT_EQ(reply.sources, (std::vector<Source>{{.url = "https://u", .title = "T"}}));
  EXPECT_EQ(
      messages({reply.message}),
      R"([{"role":"assistant","content":[{"type":"text","text":"Blue","citations":)"
      R"([{"type":"web_search_result_location","url":"https://u","title":"T"}]},{"type":"text","text":"Red"}]}])");
}

TEST(AnthropicDecode, a_conversation_that_is_too_long_is_told_from_other_bad_requests) {
  const auto events = decode_whole(
      400, {},
      R"({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}})");
  EXPECT_EQ(events.error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace sloop::dialects::anthropic
