// SPDX-License-Identifier: Apache-2.0
//
// Recorded answers of real providers, replayed: every row must decode to what it is known to mean, whole, and streamed
// in random chunkings. The recordings are in SLOOP_SHARED (default ../shared beside the project).
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "sloop/core/base64.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace sloop::dialects {
namespace {

std::filesystem::path conformance() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") / "conformance";
}
std::filesystem::path exchanges() {
  return conformance() / "exchanges";
}

std::string body_of(const Json& row) {
  const auto encoded = find_string(row, "body_base64");
  return encoded.empty() ? std::string(find_string(row, "body")) : decode_base64(encoded).value();
}

/// How a body is cut: not at all, byte by byte, or at random.
enum class Chunks { whole, bytes, random };

/// What was understood: the reply, and the error if there was one.
struct Understood {
  ModelReply reply;
  std::optional<Error> error;
};

std::size_t next_size(Chunks chunks, std::mt19937& random, std::size_t all) {
  if (chunks == Chunks::whole) return all;
  if (chunks == Chunks::bytes) return 1;
  return random() % (random() % 8 == 0 ? 400 : 12);
}

Result<void> decode_stream(const Wire& wire, std::string_view body, Chunks chunks, std::mt19937& random,
                           std::vector<StreamEvent>& events) {
  const auto decoder = wire.event_decoder();
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t size = next_size(chunks, random, body.size());
    if (auto fed = decoder->feed(body.substr(at, size), events); !fed) return fed;
    at += size;
  }
  return decoder->finish(events);
}

Understood decode_row(const Wire& wire, const Json& row, Chunks chunks, std::mt19937& random) {
  const std::string body = body_of(row);
  const int status = static_cast<int>(find(row, "status")->as_int64());
  const bool whole = find_string(row, "kind") == "json" || status >= 400;
  Understood out;
  ReplyFold fold;
  std::vector<StreamEvent> events;
  if (whole) {
    auto decoded = wire.decode_whole(status, {}, body);
    if (decoded)
      events = std::move(*decoded);
    else
      out.error = decoded.error();
  } else if (auto decoded = decode_stream(wire, body, chunks, random, events); !decoded) {
    out.error = decoded.error();
  }
  for (const auto& event : events) fold.add(event);
  out.reply = fold.take();
  return out;
}

Json arguments_of(const std::string& text) {
  if (text.empty()) return JsonObject();
  auto json = parse_json(text);
  return json ? std::move(*json) : Json(text);
}

/// Empty, or what differs from the row's `expected`.
std::string difference(const Json& expected, const Understood& got) {
  const Json& error = *find(expected, "error");
  if (error.is_null() != !got.error) return got.error ? "unexpected error: " + got.error->message : "no error";
  if (got.error) {
    const Json* message = find(error, "message");
    if (got.error->status != find(error, "status")->as_int64())
      return "error.status " + std::to_string(got.error->status);
    if (!message->is_null() && got.error->message != message->as_string()) return "error.message " + got.error->message;
    return find_string(expected, "text") == got.reply.text() ? "" : "text before the error";
  }
  if (got.reply.text() != find_string(expected, "text")) return "text " + got.reply.text();
  if (got.reply.reasoning() != find_string(expected, "reasoning")) return "reasoning " + got.reply.reasoning();
  if (name_of(got.reply.finish) != find_string(expected, "finish"))
    return "finish " + std::string(name_of(got.reply.finish));
  if (got.reply.finish_raw != find_string(expected, "finish_raw")) return "finish_raw " + got.reply.finish_raw;
  JsonArray calls;
  for (const auto& call : got.reply.tool_calls())
    calls.push_back(JsonObject{{"name", call.name}, {"arguments", arguments_of(call.arguments)}});
  if (calls != *find(expected, "tool_calls")) return "tool_calls " + write_json(calls);
  const Json usage = to_json(got.reply.usage);
  for (const auto& count : find(expected, "usage")->as_object())
    if (const Json* ours = find(usage, count.key());
        !count.value().is_null() && (ours == nullptr || *ours != count.value()))
      return "usage." + std::string(count.key());
  std::string refusal;
  for (const auto& part : got.reply.message.content)
    if (const auto* declined = std::get_if<RefusalPart>(&part)) refusal += declined->text;
  return refusal == find_string(expected, "refusal") ? "" : "refusal " + refusal;
}

/// The message that an Anthropic stream starts with; null for every other body.
Json started_message(const Json& row) {
  constexpr std::string_view kStart = "event: message_start\ndata: ";
  std::string_view body = find_string(row, "body");
  if (!body.starts_with(kStart)) return nullptr;
  body.remove_prefix(kStart.size());
  const auto event = parse_json(body.substr(0, body.find('\n')));
  const Json* message = event ? find(*event, "message") : nullptr;
  return message == nullptr ? Json() : *message;
}

/// `expected` overlooks content that stands in `message_start`, in 13 answers of a provider whose code calls a tool of
/// the client. Read so, the call would be lost: they are held to what the message says.
Json expectation_of(const Json& row) {
  const Json* known = find(row, "expected");
  if (known == nullptr || !known->is_object()) return nullptr;
  Json expected = *known;
  const Json message = started_message(row);
  const Json* content = find(message, "content");
  if (content == nullptr || content->get_array().empty()) return expected;
  JsonArray calls;
  for (const Json& block : content->get_array())
    calls.push_back(JsonObject{{"name", *find(block, "name")}, {"arguments", *find(block, "input")}});
  expected.get_object()["tool_calls"] = std::move(calls);
  expected.get_object()["finish"] = "tool_calls";
  expected.get_object()["finish_raw"] = *find(message, "stop_reason");
  return expected;
}

/// Every row is decoded whole, byte by byte, and in this many random chunkings.
constexpr int kRandomChunkings = 20;

/// What became of a folder's rows: one line of the table that the test prints.
struct Tally {
  int rows = 0;
  int streams = 0;
  int without_meaning = 0;
  int replays = 0;
  int failed = 0;

  void print(const char* folder, std::string_view dialect) const {
    std::printf("| %s | %.*s | %d | %d | %d | %d | %d | %d |\n", folder, static_cast<int>(dialect.size()),
                dialect.data(), rows, streams, without_meaning, replays, rows - failed, failed);
  }
};

void replay_row(const Wire& wire, const Json& row, std::mt19937& random, Tally& tally) {
  const Json expected = expectation_of(row);
  const bool streamed = find_string(row, "kind") != "json";
  ++tally.rows;
  tally.streams += streamed ? 1 : 0;
  tally.without_meaning += expected.is_null() ? 1 : 0;
  for (int round = 0; round < (streamed ? kRandomChunkings + 2 : 1); ++round) {
    const auto chunks = round == 0 ? Chunks::whole : round == 1 ? Chunks::bytes : Chunks::random;
    const auto got = decode_row(wire, row, chunks, random);
    ++tally.replays;
    const std::string differs = expected.is_null() ? "" : difference(expected, got);
    EXPECT_EQ(differs, "") << find_string(row, "id") << ", round " << round;
    if (differs.empty()) continue;
    ++tally.failed;
    break;
  }
}

/// The rows of a file.
std::vector<Json> rows_of(const std::filesystem::path& file) {
  std::vector<Json> rows;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    auto row = parse_json(line);
    EXPECT_TRUE(row) << file;
    if (row) rows.push_back(std::move(*row));
  }
  return rows;
}

/// Replays the rows of a dialect in one file; returns how many there were.
int replay_file(const Wire& wire, const std::filesystem::path& file, std::string_view dialect, Tally& tally) {
  const int before = tally.rows;
  std::mt19937 random(11);
  for (const Json& row : rows_of(file))
    if (find_string(row, "dialect") == dialect) replay_row(wire, row, random, tally);
  return tally.rows - before;
}

/// A folder of recordings, the dialect that its answers are in, and how many rows it and the answers without requests
/// (`responses/`) have.
struct Recorded {
  const char* folder;
  Dialect dialect;
  int exchanges;
  int responses;
  friend void PrintTo(const Recorded& recorded, std::ostream* out) { *out << recorded.folder; }
};

class Recordings : public testing::TestWithParam<Recorded> {};

TEST_P(Recordings, decode_to_what_they_mean) {
  const auto& recorded = GetParam();
  if (!std::filesystem::exists(exchanges())) GTEST_SKIP() << "no recordings in " << exchanges() << "; set SLOOP_SHARED";
  const Wire& wire = *find_wire(recorded.dialect);
  int rows = 0;
  Tally tally;
  for (const auto& file : std::filesystem::directory_iterator(exchanges() / recorded.folder))
    rows += replay_file(wire, file.path(), recorded.folder, tally);
  EXPECT_EQ(rows, recorded.exchanges);
  EXPECT_EQ(replay_file(wire, conformance() / "responses/vercel.jsonl", recorded.folder, tally), recorded.responses);
  tally.print(recorded.folder, wire.name);
}

/// A blank before an event leaves it to the parser.
std::string with_blanks(std::string body) {
  for (const std::string_view begin : {"data: {", "data:{"})
    for (std::size_t at = 0; (at = body.find(begin, at)) != std::string::npos; at += begin.size())
      body.insert(at + begin.size() - 1, "  ");
  return body;
}

/// All that a stream tells, as text.
std::string told_by(const Wire& wire, const std::string& body) {
  std::mt19937 random(1);
  std::vector<StreamEvent> events;
  const auto decoded = decode_stream(wire, body, Chunks::whole, random, events);
  ReplyFold fold;
  std::string out;
  for (const auto& event : events) {
    out += write_json(to_neutral_json(event)) + "\n";
    fold.add(event);
  }
  return out + write_json(to_neutral_json(fold.take().message)) + (decoded ? "" : decoded.error().message);
}

TEST_P(Recordings, say_the_same_when_events_are_read_from_their_text_and_when_all_are_parsed) {
  if (!std::filesystem::exists(exchanges())) GTEST_SKIP() << "no recordings in " << exchanges() << "; set SLOOP_SHARED";
  const Wire& wire = *find_wire(GetParam().dialect);
  for (const auto& file : std::filesystem::directory_iterator(exchanges() / GetParam().folder))
    for (const Json& row : rows_of(file.path())) {
      if (find_string(row, "kind") != "sse") continue;
      const std::string body = body_of(row);
      EXPECT_EQ(told_by(wire, body), told_by(wire, with_blanks(body))) << find_string(row, "id");
    }
}

INSTANTIATE_TEST_SUITE_P(chat_completions, Recordings,
                         testing::Values(Recorded{"openai_chat", Dialect::openai_chat, 413, 4},
                                         Recorded{"azure_openai", Dialect::openai_chat, 16, 1},
                                         Recorded{"openai_compatible", Dialect::openai_chat, 475, 39},
                                         Recorded{"openrouter", Dialect::openai_chat, 227, 0}),
                         [](const auto& row) { return std::string(row.param.folder); });

INSTANTIATE_TEST_SUITE_P(own_formats, Recordings,
                         testing::Values(Recorded{"anthropic", Dialect::anthropic, 682, 82},
                                         Recorded{"bedrock_invoke", Dialect::anthropic, 44, 0},
                                         Recorded{"gemini", Dialect::gemini, 489, 15},
                                         Recorded{"cohere", Dialect::cohere, 21, 10},
                                         Recorded{"ollama", Dialect::ollama, 25, 0},
                                         Recorded{"bedrock_converse", Dialect::bedrock_converse, 11, 23},
                                         Recorded{"openai_responses", Dialect::openai_responses, 786, 99},
                                         Recorded{"mistral", Dialect::mistral, 94, 7}),
                         [](const auto& row) { return std::string(row.param.folder); });

/// Whether something that is no chat was taken for an answer that says nothing.
bool is_empty_success(const Understood& got) {
  return !got.error && got.reply.message.content.empty() && got.reply.finish == FinishReason::other;
}

/// Lists, files, batches, token counts, audio: answers to other calls, given to every decoder.
TEST(Recordings, answers_to_other_calls_crash_no_decoder_and_are_no_empty_reply) {
  if (!std::filesystem::exists(exchanges())) GTEST_SKIP() << "no recordings in " << exchanges() << "; set SLOOP_SHARED";
  std::vector<Json> rows = rows_of(conformance() / "responses/vercel.jsonl");
  for (const auto& file : std::filesystem::directory_iterator(exchanges() / "other"))
    for (Json& row : rows_of(file.path())) rows.push_back(std::move(row));
  std::erase_if(rows, [](const Json& row) { return find_string(row, "dialect") != "other"; });
  EXPECT_EQ(rows.size(), 143u);
  std::mt19937 random(3);
  for (const auto name : dialect_names())
    for (const Json& row : rows)
      for (const auto chunks : {Chunks::whole, Chunks::bytes, Chunks::random})
        EXPECT_FALSE(is_empty_success(decode_row(*find_wire(*find_dialect(name)), row, chunks, random)))
            << name << " " << find_string(row, "id");
}

/// Where nothing before `end` says that the reply is complete.
struct Cut {
  const char* folder;
  Dialect dialect;
  std::string_view end;
};

/// Cuts every stream of a file at random; returns how many there were.
int cut_streams(const Cut& cut, const std::filesystem::path& file, std::mt19937& random) {
  int streams = 0;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    auto row = parse_json(line);
    if (!row || find_string(*row, "kind") != "sse") continue;
    const std::string body(find_string(*row, "body"));
    const std::size_t limit = body.find(cut.end);
    if (limit == std::string::npos || limit == 0) continue;
    row->as_object()["body"] = body.substr(0, random() % limit);
    const auto got = decode_row(*find_wire(cut.dialect), *row, Chunks::random, random);
    EXPECT_EQ(got.error.value_or(Error{}).kind, ErrorKind::bad_reply) << find_string(*row, "id");
    ++streams;
  }
  return streams;
}

TEST(Recordings, a_stream_cut_anywhere_is_an_error_never_a_reply) {
  if (!std::filesystem::exists(exchanges())) GTEST_SKIP() << "no recordings in " << exchanges() << "; set SLOOP_SHARED";
  std::mt19937 random(5);
  for (const Cut& cut : {Cut{"openai_chat", Dialect::openai_chat, "\"finish_reason\":\""},
                         Cut{"anthropic", Dialect::anthropic, "message_stop"}}) {
    int streams = 0;
    for (const auto& file : std::filesystem::directory_iterator(exchanges() / cut.folder))
      streams += cut_streams(cut, file.path(), random);
    EXPECT_GT(streams, 100) << cut.folder;
  }
}

}  // namespace
}  // namespace sloop::dialects
