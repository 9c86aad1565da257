// SPDX-License-Identifier: Apache-2.0
//
// Recorded conversations: an answer that is put into the history goes back as the next recorded request has it - calls
// with their ids and arguments, signatures and encrypted reasoning. (Anthropic's have a test of their own.)
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "answer.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace sloop::dialects {
namespace {

std::filesystem::path exchanges() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") / "conformance/exchanges";
}

Json arguments_of(const Json& value) {
  if (!value.is_string()) return value.is_null() ? Json(JsonObject()) : value;
  const auto text = std::string_view(value.get_string());
  if (text.empty()) return JsonObject();
  auto json = parse_json(text);
  if (json && json->is_null()) return JsonObject();
  return json ? std::move(*json) : value;
}

Json member(const Json& value, std::string_view key) {
  const Json* found = find(value, key);
  return found == nullptr ? Json() : *found;
}

// ---- what has to come back, by format

void add_chat_facts(const Json& message, JsonArray& facts) {
  for (const Json& call : array_at(message, "tool_calls")) {
    const Json function = member(call, "function");
    facts.push_back({member(call, "id"), member(function, "name"), arguments_of(member(function, "arguments"))});
  }
}

/// Without the ids: those recorded are not valid ones for Mistral, and are not sent to Ollama.
void add_named_facts(const Json& message, JsonArray& facts) {
  JsonArray all;
  add_chat_facts(message, all);
  for (Json& fact : all) facts.push_back(JsonArray(fact.get_array().begin() + 1, fact.get_array().end()));
}

void add_response_facts(const Json& item, JsonArray& facts) {
  const auto type = find_string(item, "type");
  if (type == "function_call")
    facts.push_back({member(item, "call_id"), member(item, "name"), arguments_of(member(item, "arguments"))});
  if (type == "reasoning" && !find_string(item, "encrypted_content").empty())
    facts.push_back(member(item, "encrypted_content"));
}

void add_gemini_facts(const Json& content, JsonArray& facts) {
  for (const Json& part : array_at(content, "parts")) {
    if (const Json* call = find(part, "functionCall"))
      facts.push_back({member(*call, "name"), arguments_of(member(*call, "args"))});
    // Signatures are base64 of either alphabet.
    std::string signature(find_string(part, "thoughtSignature"));
    for (char& c : signature) c = c == '-' ? '+' : c == '_' ? '/' : c;
    if (!signature.empty()) facts.emplace_back(signature);
  }
}

struct Format {
  const char* folder;
  Dialect dialect;
  const char* list;
  void (*add_facts)(const Json& message, JsonArray& facts);
  /// How many answers are in a later request with something that has to come back.
  int compared;
  friend void PrintTo(const Format& format, std::ostream* out) { *out << format.folder; }
};

// ---- conversations

using Turns = std::map<std::int64_t, Json>;

std::map<std::string, Turns> conversations(const char* folder) {
  std::map<std::string, Turns> out;
  for (const auto& file : std::filesystem::directory_iterator(exchanges() / folder)) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) {
      Json row = parse_json(line).value();
      const Json place = member(row, "conversation");
      if (!place.is_object()) continue;
      Turns& turns = out[std::string(find_string(row, "source")) + std::string(find_string(place, "file"))];
      turns[member(place, "n").as_int64()] = std::move(row);
    }
  }
  return out;
}

Result<Message> answer_of(const Wire& wire, const Json& row) {
  std::vector<StreamEvent> events;
  const auto body = find_string(row, "body");
  if (find_string(row, "kind") == "json") {
    auto whole = wire.decode_whole(static_cast<int>(member(row, "status").as_int64()), {}, body);
    if (!whole) return fail(whole.error());
    events = std::move(*whole);
  } else {
    const auto decoder = wire.event_decoder();
    if (auto fed = decoder->feed(body, events); !fed) return fail(fed.error());
    if (auto ended = decoder->finish(events); !ended) return fail(ended.error());
  }
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  return fold.take().message;
}

bool is_of_assistant(const Json& item) {
  const auto role = find_string(item, "role");
  const auto type = find_string(item, "type");
  return role == "assistant" || role == "model" || type == "reasoning" || type == "function_call";
}

/// What the next request gives back of `turn`'s answer; nothing where that is not in it.
JsonArray wanted(const Format& format, const Json& turn, const Json& next) {
  JsonArray facts;
  const std::size_t sent = array_at(member(turn, "request"), format.list).size();
  const Json request = member(next, "request");
  const auto& items = array_at(request, format.list);
  for (std::size_t i = sent; i < items.size() && is_of_assistant(items[i]); ++i) format.add_facts(items[i], facts);
  return facts;
}

JsonArray given(const Format& format, const Message& answer, const Json& turn) {
  JsonArray facts;
  const auto model = find_string(member(turn, "request"), "model");
  const auto encoded = find_wire(format.dialect)->encode({.messages = {answer}}, model, false);
  EXPECT_TRUE(encoded);
  if (!encoded) return facts;
  const Json body = encoded->body;
  for (const Json& item : array_at(body, format.list)) format.add_facts(item, facts);
  return facts;
}

/// Whether the recorded client does not give back what it got: one takes the id of the item for that of the call, one
/// renames a tool.
bool gives_back_otherwise(const Format& format, std::string_view file) {
  if (format.dialect == Dialect::openai_responses) return file.starts_with("chatlas");
  return format.dialect == Dialect::gemini && file.contains("repair");
}

/// Without reasoning where the recorded client has lost it.
void leave_out_lost(JsonArray& ours, const JsonArray& recorded) {
  const auto is_reasoning = [](const Json& fact) { return fact.is_string(); };
  if (std::ranges::any_of(recorded, is_reasoning)) return;
  JsonArray calls;
  for (Json& fact : ours)
    if (!is_reasoning(fact)) calls.push_back(std::move(fact));
  ours = std::move(calls);
}

class History : public testing::TestWithParam<Format> {};

TEST_P(History, an_answer_goes_back_as_the_next_recorded_request_has_it) {
  if (!std::filesystem::exists(exchanges())) GTEST_SKIP() << "no recordings in " << exchanges() << "; set SLOOP_SHARED";
  const Format& format = GetParam();
  int compared = 0;
  for (const auto& [file, turns] : conversations(format.folder)) {
    for (auto turn = turns.begin(); std::next(turn) != turns.end(); ++turn) {
      const JsonArray back = wanted(format, turn->second, std::next(turn)->second);
      const auto answer = answer_of(*find_wire(format.dialect), turn->second);
      if (back.empty() || !answer || gives_back_otherwise(format, file)) continue;
      JsonArray ours = given(format, *answer, turn->second);
      leave_out_lost(ours, back);
      EXPECT_TRUE(ours == back) << file << "\nours:     " << write_json(ours) << "\nrecorded: " << write_json(back);
      ++compared;
    }
  }
  EXPECT_EQ(compared, format.compared);
}

INSTANTIATE_TEST_SUITE_P(
    formats, History,
    testing::Values(Format{"openai_chat", Dialect::openai_chat, "messages", add_chat_facts, 88},
                    Format{"azure_openai", Dialect::openai_chat, "messages", add_chat_facts, 6},
                    Format{"openai_compatible", Dialect::openai_chat, "messages", add_chat_facts, 104},
                    Format{"openrouter", Dialect::openai_chat, "messages", add_chat_facts, 45},
                    Format{"mistral", Dialect::mistral, "messages", add_named_facts, 6},
                    Format{"ollama", Dialect::ollama, "messages", add_named_facts, 7},
                    Format{"gemini", Dialect::gemini, "contents", add_gemini_facts, 106},
                    Format{"openai_responses", Dialect::openai_responses, "input", add_response_facts, 130}),
    [](const auto& row) { return std::string(row.param.folder); });

}  // namespace
}  // namespace sloop::dialects
