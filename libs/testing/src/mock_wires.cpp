// SPDX-License-Identifier: Apache-2.0
#include "mock_wires.hpp"

#include <algorithm>

#include "sloop/aws/event_stream.hpp"

namespace sloop::testing {
namespace {

std::int64_t count(std::string_view text) {
  return static_cast<std::int64_t>(words_of(text).size());
}
std::int64_t prompt_count(const Question& question) {
  return static_cast<std::int64_t>(question.prompt_words);
}

/// A server-sent event, named by the `type` of its data.
std::string named_event(const JsonObject& data) {
  return "event: " + std::string(find_string(data, "type")) + "\ndata: " + write_json(data) + "\n\n";
}
std::string event(const JsonObject& data) {
  return "data: " + write_json(data) + "\n\n";
}

// ---- OpenAI Chat Completions, Mistral

Json chat_usage(const Question& question, std::string_view reply) {
  return {{"prompt_tokens", prompt_count(question)},
          {"completion_tokens", count(reply)},
          {"total_tokens", prompt_count(question) + count(reply)}};
}

Json chat_whole(const Question& question, std::string_view reply) {
  const JsonObject message{{"role", "assistant"}, {"content", reply}, {"refusal", nullptr}};
  return {{"id", "chatcmpl-mock"},
          {"object", "chat.completion"},
          {"created", 0},
          {"model", question.model},
          {"choices",
           JsonArray{JsonObject{{"index", 0}, {"message", message}, {"logprobs", nullptr}, {"finish_reason", "stop"}}}},
          {"usage", chat_usage(question, reply)}};
}

std::vector<std::string> chat_frames(const Question& question, std::string_view reply) {
  const auto chunk = [&](JsonArray choices, Json usage) {
    return event({{"id", "chatcmpl-mock"},
                  {"object", "chat.completion.chunk"},
                  {"created", 0},
                  {"model", question.model},
                  {"choices", std::move(choices)},
                  {"usage", std::move(usage)}});
  };
  const auto delta = [&](JsonObject content, Json finish) {
    return chunk({JsonObject{{"index", 0}, {"delta", std::move(content)}, {"finish_reason", std::move(finish)}}},
                 nullptr);
  };
  std::vector<std::string> frames{delta({{"role", "assistant"}, {"content", ""}}, nullptr)};
  for (const auto word : words_of(reply)) frames.push_back(delta({{"content", word}}, nullptr));
  frames.push_back(delta({}, "stop"));
  frames.push_back(chunk({}, chat_usage(question, reply)));
  frames.emplace_back("data: [DONE]\n\n");
  return frames;
}

Json openai_error(std::string_view message, std::string_view type, int /*status*/) {
  return {{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", nullptr}}}};
}

std::string chat_error_frame() {
  return event(openai_error("A fault on purpose.", "server_error", 500).as_object());
}

// ---- OpenAI Responses

Json responses_item(std::string_view text, std::string_view status) {
  JsonArray content;
  if (!text.empty())
    content.push_back(JsonObject{{"type", "output_text"}, {"annotations", JsonArray()}, {"text", text}});
  return {{"id", "msg_mock"},
          {"type", "message"},
          {"status", status},
          {"content", std::move(content)},
          {"role", "assistant"}};
}

JsonObject responses_body(const Question& question, std::string_view status, JsonArray output, Json usage) {
  return {{"id", "resp_mock"},        {"object", "response"},
          {"created_at", 0},          {"status", status},
          {"error", nullptr},         {"incomplete_details", nullptr},
          {"model", question.model},  {"output", std::move(output)},
          {"usage", std::move(usage)}};
}

Json responses_whole(const Question& question, std::string_view reply) {
  const Json usage{{"input_tokens", prompt_count(question)},
                   {"input_tokens_details", {{"cached_tokens", 0}}},
                   {"output_tokens", count(reply)},
                   {"output_tokens_details", {{"reasoning_tokens", 0}}},
                   {"total_tokens", prompt_count(question) + count(reply)}};
  return responses_body(question, "completed", {responses_item(reply, "completed")}, usage);
}

std::vector<std::string> responses_frames(const Question& question, std::string_view reply) {
  std::vector<std::string> frames;
  std::int64_t number = 0;
  const auto add = [&](std::string_view type, JsonObject data) {
    JsonObject out{{"type", type}, {"sequence_number", number++}};
    for (auto& member : data) out[member.key()] = std::move(member.value());
    frames.push_back(named_event(out));
  };
  const JsonObject part{{"type", "output_text"}, {"annotations", JsonArray()}, {"text", ""}};
  const JsonObject place{{"item_id", "msg_mock"}, {"output_index", 0}, {"content_index", 0}};
  const auto at_place = [&](std::string_view key, Json value) {
    JsonObject data = place;
    data[key] = std::move(value);
    return data;
  };
  add("response.created", {{"response", responses_body(question, "in_progress", {}, nullptr)}});
  add("response.output_item.added", {{"output_index", 0}, {"item", responses_item("", "in_progress")}});
  add("response.content_part.added", at_place("part", part));
  for (const auto word : words_of(reply)) add("response.output_text.delta", at_place("delta", Json(word)));
  add("response.output_text.done", at_place("text", Json(reply)));
  add("response.output_item.done", {{"output_index", 0}, {"item", responses_item(reply, "completed")}});
  add("response.completed", {{"response", responses_whole(question, reply)}});
  return frames;
}

std::string responses_error_frame() {
  return named_event(
      {{"type", "error"}, {"code", "server_error"}, {"message", "A fault on purpose."}, {"param", nullptr}});
}

// ---- Anthropic Messages

JsonObject anthropic_message(const Question& question, JsonArray content, Json stop, std::int64_t output) {
  return {{"id", "msg_mock"},
          {"type", "message"},
          {"role", "assistant"},
          {"model", question.model},
          {"content", std::move(content)},
          {"stop_reason", std::move(stop)},
          {"stop_sequence", nullptr},
          {"usage",
           {{"input_tokens", prompt_count(question)},
            {"cache_creation_input_tokens", 0},
            {"cache_read_input_tokens", 0},
            {"output_tokens", output}}}};
}

Json anthropic_whole(const Question& question, std::string_view reply) {
  return anthropic_message(question, {JsonObject{{"type", "text"}, {"text", reply}}}, "end_turn", count(reply));
}

std::vector<std::string> anthropic_frames(const Question& question, std::string_view reply) {
  std::vector<std::string> frames{
      named_event({{"type", "message_start"}, {"message", anthropic_message(question, {}, nullptr, 1)}}),
      named_event({{"type", "content_block_start"}, {"index", 0}, {"content_block", {{"type", "text"}, {"text", ""}}}}),
      named_event({{"type", "ping"}})};
  for (const auto word : words_of(reply))
    frames.push_back(named_event(
        {{"type", "content_block_delta"}, {"index", 0}, {"delta", {{"type", "text_delta"}, {"text", word}}}}));
  frames.push_back(named_event({{"type", "content_block_stop"}, {"index", 0}}));
  frames.push_back(named_event({{"type", "message_delta"},
                                {"delta", {{"stop_reason", "end_turn"}, {"stop_sequence", nullptr}}},
                                {"usage", {{"output_tokens", count(reply)}}}}));
  frames.push_back(named_event({{"type", "message_stop"}}));
  return frames;
}

Json anthropic_error(std::string_view message, std::string_view type, int status) {
  const std::string_view name = status == 529 ? "overloaded_error" : status == 429 ? "rate_limit_error" : type;
  return {{"type", "error"}, {"error", {{"type", name}, {"message", message}}}};
}

std::string anthropic_error_frame() {
  return named_event(anthropic_error("A fault on purpose.", "api_error", 500).as_object());
}

// ---- Gemini

JsonObject gemini_chunk(const Question& question, std::string_view text, Json finish, std::int64_t output) {
  JsonObject candidate{{"content", {{"parts", JsonArray{JsonObject{{"text", text}}}}, {"role", "model"}}},
                       {"index", 0}};
  if (!finish.is_null()) candidate["finishReason"] = std::move(finish);
  return {{"candidates", JsonArray{std::move(candidate)}},
          {"usageMetadata",
           {{"promptTokenCount", prompt_count(question)},
            {"candidatesTokenCount", output},
            {"totalTokenCount", prompt_count(question) + output}}},
          {"modelVersion", question.model},
          {"responseId", "mock"}};
}

Json gemini_whole(const Question& question, std::string_view reply) {
  return gemini_chunk(question, reply, "STOP", count(reply));
}

std::vector<std::string> gemini_frames(const Question& question, std::string_view reply) {
  std::vector<std::string> frames;
  std::int64_t told = 0;
  const auto words = words_of(reply);
  for (const auto word : words) {
    const bool last = ++told == static_cast<std::int64_t>(words.size());
    frames.push_back("data: " + write_json(gemini_chunk(question, word, last ? Json("STOP") : Json(), told)) +
                     "\r\n\r\n");
  }
  return frames;
}

Json gemini_error(std::string_view message, std::string_view /*type*/, int status) {
  const std::string_view name = status == 429   ? "RESOURCE_EXHAUSTED"
                                : status == 401 ? "UNAUTHENTICATED"
                                : status >= 500 ? "UNAVAILABLE"
                                                : "INVALID_ARGUMENT";
  return {{"error", {{"code", status}, {"message", message}, {"status", name}}}};
}

std::string gemini_error_frame() {
  return "data: " + write_json(gemini_error("A fault on purpose.", "", 503)) + "\r\n\r\n";
}

// ---- Cohere

JsonObject cohere_usage(const Question& question, std::string_view reply) {
  return {{"billed_units", {{"input_tokens", prompt_count(question)}, {"output_tokens", count(reply)}}},
          {"tokens", {{"input_tokens", prompt_count(question)}, {"output_tokens", count(reply)}}}};
}

Json cohere_whole(const Question& question, std::string_view reply) {
  return {{"id", "mock"},
          {"message", {{"role", "assistant"}, {"content", JsonArray{JsonObject{{"type", "text"}, {"text", reply}}}}}},
          {"finish_reason", "COMPLETE"},
          {"usage", cohere_usage(question, reply)}};
}

std::vector<std::string> cohere_frames(const Question& question, std::string_view reply) {
  std::vector<std::string> frames{
      named_event({{"type", "message-start"}, {"id", "mock"}, {"delta", {{"message", {{"role", "assistant"}}}}}}),
      named_event({{"type", "content-start"},
                   {"index", 0},
                   {"delta", {{"message", {{"content", {{"type", "text"}, {"text", ""}}}}}}}})};
  for (const auto word : words_of(reply))
    frames.push_back(named_event(
        {{"type", "content-delta"}, {"index", 0}, {"delta", {{"message", {{"content", {{"text", word}}}}}}}}));
  frames.push_back(named_event({{"type", "content-end"}, {"index", 0}}));
  frames.push_back(named_event(
      {{"type", "message-end"}, {"delta", {{"finish_reason", "COMPLETE"}, {"usage", cohere_usage(question, reply)}}}}));
  return frames;
}

Json cohere_error(std::string_view message, std::string_view /*type*/, int /*status*/) {
  return {{"id", "mock"}, {"message", message}};
}

std::string cohere_error_frame() {
  return named_event(
      {{"type", "message-end"}, {"delta", {{"finish_reason", "ERROR"}, {"error", "A fault on purpose."}}}});
}

// ---- Ollama

JsonObject ollama_chunk(const Question& question, std::string_view text) {
  return {{"model", question.model},
          {"created_at", "2026-01-01T00:00:00Z"},
          {"message", {{"role", "assistant"}, {"content", text}}},
          {"done", false}};
}

JsonObject ollama_last(const Question& question, std::string_view text, std::string_view reply) {
  JsonObject last = ollama_chunk(question, text);
  last["done"] = true;
  last["done_reason"] = "stop";
  last["prompt_eval_count"] = prompt_count(question);
  last["eval_count"] = count(reply);
  return last;
}

Json ollama_whole(const Question& question, std::string_view reply) {
  return ollama_last(question, reply, reply);
}

std::vector<std::string> ollama_frames(const Question& question, std::string_view reply) {
  std::vector<std::string> frames;
  for (const auto word : words_of(reply)) frames.push_back(write_json(ollama_chunk(question, word)) + "\n");
  frames.push_back(write_json(ollama_last(question, "", reply)) + "\n");
  return frames;
}

Json ollama_error(std::string_view message, std::string_view /*type*/, int /*status*/) {
  return {{"error", message}};
}

std::string ollama_error_frame() {
  return write_json(ollama_error("A fault on purpose.", "", 500)) + "\n";
}

// ---- Bedrock Converse

std::string bedrock_frame(std::string_view kind, std::string_view type, const JsonObject& data) {
  return aws::encode_event({.headers = {{":" + std::string(kind) + "-type", std::string(type)},
                                        {":content-type", "application/json"},
                                        {":message-type", std::string(kind)}},
                            .payload = write_json(data)});
}

JsonObject bedrock_usage(const Question& question, std::string_view reply) {
  return {{"inputTokens", prompt_count(question)},
          {"outputTokens", count(reply)},
          {"totalTokens", prompt_count(question) + count(reply)}};
}

Json bedrock_whole(const Question& question, std::string_view reply) {
  return {{"output", {{"message", {{"role", "assistant"}, {"content", JsonArray{JsonObject{{"text", reply}}}}}}}},
          {"stopReason", "end_turn"},
          {"usage", bedrock_usage(question, reply)},
          {"metrics", {{"latencyMs", 1}}}};
}

std::vector<std::string> bedrock_frames(const Question& question, std::string_view reply) {
  std::vector<std::string> frames{bedrock_frame("event", "messageStart", {{"role", "assistant"}})};
  for (const auto word : words_of(reply))
    frames.push_back(
        bedrock_frame("event", "contentBlockDelta", {{"contentBlockIndex", 0}, {"delta", {{"text", word}}}}));
  frames.push_back(bedrock_frame("event", "contentBlockStop", {{"contentBlockIndex", 0}}));
  frames.push_back(bedrock_frame("event", "messageStop", {{"stopReason", "end_turn"}}));
  frames.push_back(bedrock_frame("event", "metadata", {{"usage", bedrock_usage(question, reply)}}));
  return frames;
}

Json bedrock_error(std::string_view message, std::string_view /*type*/, int /*status*/) {
  return {{"message", message}};
}

std::string bedrock_error_frame() {
  return bedrock_frame("exception", "modelStreamErrorException", {{"message", "A fault on purpose."}});
}

constexpr MockWire kWires[] = {
    {.serves = [](std::string_view path) { return path.ends_with("/chat/completions"); },
     .messages = "messages",
     .stream_type = "text/event-stream",
     .whole = chat_whole,
     .frames = chat_frames,
     .error_frame = chat_error_frame,
     .error = openai_error,
     // The finish reason, the usage and the mark.
     .last_frames = 3},
    {.serves = [](std::string_view path) { return path.ends_with("/responses"); },
     .messages = "input",
     .stream_type = "text/event-stream",
     .whole = responses_whole,
     .frames = responses_frames,
     .error_frame = responses_error_frame,
     .error = openai_error},
    {.serves = [](std::string_view path) { return path.ends_with("/messages"); },
     .messages = "messages",
     .stream_type = "text/event-stream",
     .whole = anthropic_whole,
     .frames = anthropic_frames,
     .error_frame = anthropic_error_frame,
     .error = anthropic_error},
    {.serves = [](std::string_view path) { return path.ends_with("enerateContent") && path.contains("/models/"); },
     .messages = "contents",
     .stream_type = "text/event-stream",
     .whole = gemini_whole,
     .frames = gemini_frames,
     .error_frame = gemini_error_frame,
     .error = gemini_error},
    {.serves = [](std::string_view path) { return path.ends_with("/v2/chat") || path.ends_with("/v1/chat"); },
     .messages = "messages",
     .stream_type = "text/event-stream",
     .whole = cohere_whole,
     .frames = cohere_frames,
     .error_frame = cohere_error_frame,
     .error = cohere_error},
    {.serves = [](std::string_view path) { return path.ends_with("/api/chat"); },
     .messages = "messages",
     .stream_type = "application/x-ndjson",
     .whole = ollama_whole,
     .frames = ollama_frames,
     .error_frame = ollama_error_frame,
     .error = ollama_error},
    {.serves = [](std::string_view path) { return path.contains("/model/") && path.contains("/converse"); },
     .messages = "messages",
     .stream_type = "application/vnd.amazon.eventstream",
     .whole = bedrock_whole,
     .frames = bedrock_frames,
     .error_frame = bedrock_error_frame,
     .error = bedrock_error,
     // The stop, and the usage behind it.
     .last_frames = 2},
};

/// The model where the path names it: `/v1beta/models/NAME:generateContent`, `/model/NAME/converse`.
std::string_view model_in(std::string_view path) {
  for (const std::string_view folder : {"/models/", "/model/"}) {
    const std::size_t begin = path.find(folder);
    if (begin == std::string_view::npos) continue;
    path.remove_prefix(begin + folder.size());
    return path.substr(0, path.find_first_of(":/"));
  }
  return {};
}

/// Words of a text, or of all texts inside.
std::size_t words_in(const Json& value) {
  if (value.is_string()) return words_of(value.get_string()).size();
  std::size_t words = 0;
  if (value.is_array())
    for (const Json& item : value.get_array()) words += words_in(item);
  if (value.is_object())
    for (const auto key : {"content", "parts", "text"})
      if (const Json* member = find(value, key)) words += words_in(*member);
  return words;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ', 1);
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end, text.size()));
  }
  return words;
}

const MockWire* mock_wire(std::string_view path) {
  const auto* wire = std::ranges::find_if(kWires, [&](const MockWire& one) { return one.serves(path); });
  return wire == std::end(kWires) ? nullptr : wire;
}

Result<Question> question_of(const MockWire& wire, const serve::Request& request) {
  const auto json = parse_json(request.body);
  if (!json) return fail(ErrorKind::invalid_input, "We could not parse the JSON body of your request.");
  const Json* messages = find(*json, wire.messages);
  const bool none = messages == nullptr || (messages->is_array() && messages->get_array().empty());
  if (none) return fail(ErrorKind::invalid_input, "Missing required parameter: '" + std::string(wire.messages) + "'.");
  const auto path = request.path();
  Question question{.model = std::string(find_string(*json, "model"))};
  if (question.model.empty()) question.model = model_in(path);
  if (question.model.empty()) return fail(ErrorKind::invalid_input, "You must provide a model parameter.");
  const Json* stream = find(*json, "stream");
  question.stream = path.ends_with(":streamGenerateContent") || path.ends_with("/converse-stream") ||
                    (stream != nullptr && stream->is_bool() && stream->get_bool());
  question.prompt_words = words_in(*messages);
  return question;
}

}  // namespace sloop::testing
