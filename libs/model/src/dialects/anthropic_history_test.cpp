// SPDX-License-Identifier: Apache-2.0
//
// Recorded conversations with Anthropic: what was answered goes back as the next recorded request has it.
#include <gtest/gtest.h>

#include <map>

#include "answer.hpp"
#include "anthropic_recorded.hpp"
#include "sloop/model/dialects/anthropic.hpp"

namespace sloop::dialects::anthropic {
namespace {

Result<ModelReply> decoded(const Json& row) {
  std::vector<StreamEvent> events;
  const auto body = find_string(row, "body");
  if (find_string(row, "kind") == "json") {
    auto whole = decode_whole(static_cast<int>(find(row, "status")->as_int64()), {}, body);
    if (!whole) return fail(whole.error());
    events = std::move(*whole);
  } else {
    const auto decoder = event_decoder();
    if (auto fed = decoder->feed(body, events); !fed) return fail(fed.error());
    if (auto ended = decoder->finish(events); !ended) return fail(ended.error());
  }
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  return fold.take();
}

/// What a client has to give back unchanged: everything but text.
JsonArray bound_blocks(const Json& content) {
  JsonArray out;
  if (content.is_array())
    for (const Json& block : content.get_array()) {
      if (find_string(block, "type") == "text") continue;
      Json plain = plain_block(block);
      drop(plain.get_object(), "cache_control");
      out.push_back(std::move(plain));
    }
  return out;
}

using Conversations = std::map<std::string, std::map<std::int64_t, Json>>;

Conversations conversations() {
  Conversations out;
  for (const Json& row : recorded_rows())
    if (const Json* place = find(row, "conversation"); place != nullptr && place->is_object())
      out[std::string(find_string(row, "source")) + std::string(find_string(*place, "file"))]
         [find(*place, "n")->as_int64()] = row;
  return out;
}

/// The blocks of `turn`'s answer as the next request has them; none where that is not in it.
JsonArray returned_blocks(const Json& turn, const Json& next) {
  const std::size_t sent = array_at(*find(turn, "request"), "messages").size();
  const auto& messages = array_at(*find(next, "request"), "messages");
  if (messages.size() <= sent || find_string(messages[sent], "role") != "assistant") return {};
  return bound_blocks(*find(messages[sent], "content"));
}

TEST(AnthropicHistory, an_answer_goes_back_as_the_next_recorded_request_has_it) {
  const Conversations all = conversations();
  if (all.empty()) GTEST_SKIP() << "no recordings; set SLOOP_SHARED";
  int compared = 0;
  for (const auto& [file, turns] : all) {
    for (auto turn = turns.begin(); std::next(turn) != turns.end(); ++turn) {
      const auto wanted = returned_blocks(turn->second, std::next(turn)->second);
      const auto reply = decoded(turn->second);
      if (wanted.empty() || !reply) continue;
      const auto body = encode({.messages = {reply->message}}, "claude-sonnet-4-0", false)->body;
      const auto given = bound_blocks(body.at("messages").at(0).at("content"));
      EXPECT_TRUE(given == wanted) << file << "\n" << write_json(given) << "\n" << write_json(wanted);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 114);
}

}  // namespace
}  // namespace sloop::dialects::anthropic
