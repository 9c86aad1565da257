// SPDX-License-Identifier: Apache-2.0
//
// Recorded answers of real providers, replayed: every row must decode to what it is known to mean, whole, and streamed
// in random chunkings. The recordings are in SLOOP_SHARED (default ../shared beside the project).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "sloop/core/reflect.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects {
namespace {

std::filesystem::path exchanges() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") / "conformance/exchanges";
}

/// What was understood: the reply, and the error if there was one.
struct Understood {
  ModelReply reply;
  std::optional<Error> error;
};

Understood decode_row(const Wire& wire, const Json& row, std::mt19937* random) {
  const std::string body(find_string(row, "body"));
  const int status = static_cast<int>(find(row, "status")->as_int64());
  Understood out;
  ReplyFold fold;
  std::vector<StreamEvent> events;
  if (find_string(row, "kind") != "sse") {
    auto whole = wire.decode_whole(status, {}, body);
    if (whole)
      events = std::move(*whole);
    else
      out.error = whole.error();
  } else {
    const auto decoder = wire.event_decoder();
    Result<void> result;
    for (std::size_t at = 0; at < body.size() && result;) {
      const std::size_t size = random != nullptr ? (*random)() % ((*random)() % 8 == 0 ? 400 : 12) : body.size();
      result = decoder->feed(std::string_view(body).substr(at, size), events);
      at += size;
    }
    if (result) result = decoder->finish(events);
    if (!result) out.error = result.error();
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

/// Replays a folder; returns how many rows it had.
int replay(const Wire& wire, const std::string& dialect) {
  int rows = 0;
  std::mt19937 random(11);
  for (const auto& file : std::filesystem::directory_iterator(exchanges() / dialect)) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line); ++rows) {
      const auto row = parse_json(line);
      EXPECT_TRUE(row);
      if (!row) continue;
      const Json* expected = find(*row, "expected");
      const bool known = expected != nullptr && expected->is_object();
      for (int round = 0; round < 4; ++round) {
        const auto got = decode_row(wire, *row, round == 0 ? nullptr : &random);
        const std::string differs = known ? difference(*expected, got) : "";
        EXPECT_EQ(differs, "") << find_string(*row, "id") << ", round " << round;
        if (!differs.empty()) break;
      }
    }
  }
  return rows;
}

class Recordings : public testing::TestWithParam<std::pair<const char*, int>> {};

TEST_P(Recordings, decode_to_what_they_mean) {
  const auto [dialect, rows] = GetParam();
  if (!std::filesystem::exists(exchanges() / dialect))
    GTEST_SKIP() << "no recordings in " << exchanges() << "; set SLOOP_SHARED";
  EXPECT_EQ(replay(openai_chat::wire(), dialect), rows);
}

INSTANTIATE_TEST_SUITE_P(chat_completions, Recordings,
                         testing::Values(std::pair("openai_chat", 413), std::pair("azure_openai", 16),
                                         std::pair("openai_compatible", 475), std::pair("openrouter", 227)),
                         [](const auto& row) { return std::string(row.param.first); });

TEST(Recordings, a_stream_cut_anywhere_is_an_error_or_whole_never_a_crash) {
  const auto folder = exchanges() / "openai_chat";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no recordings in " << folder << "; set SLOOP_SHARED";
  std::mt19937 random(5);
  int cut = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line);) {
      auto row = parse_json(line);
      if (!row || find_string(*row, "kind") != "sse") continue;
      const std::string body(find_string(*row, "body"));
      // Before the finish reason, where nothing says that the reply is complete.
      const std::size_t limit = body.find("\"finish_reason\":\"");
      if (limit == std::string::npos || limit == 0) continue;
      row->as_object()["body"] = body.substr(0, random() % limit);
      const auto got = decode_row(openai_chat::wire(), *row, &random);
      ASSERT_TRUE(got.error) << find_string(*row, "id");
      EXPECT_EQ(got.error->kind, ErrorKind::bad_reply);
      ++cut;
    }
  }
  EXPECT_GT(cut, 100);
}

}  // namespace
}  // namespace sloop::dialects
