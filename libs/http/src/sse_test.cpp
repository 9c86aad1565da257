// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/sse.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace sloop::http {
namespace {

using Event = std::tuple<std::string, std::string, std::string>;  // type, data, id

std::vector<Event> decode(const std::vector<std::string_view>& chunks) {
  SseDecoder decoder;
  std::vector<Event> events;
  const auto take = [&] {
    while (const auto event = decoder.next()) events.emplace_back(event->type, event->data, event->id);
  };
  for (const auto chunk : chunks) {
    decoder.feed(chunk);
    take();
  }
  decoder.finish();
  take();
  return events;
}

TEST(SseDecoder, fields_comments_and_line_ends) {
  const std::vector<Event> expected{{"a", "one\ntwo", "7"}, {"", "three", "7"}, {"", "", ""}};
  EXPECT_EQ(decode({"\xEF\xBB\xBF: comment\revent: a\r\ndata: one\ndata:two\nid: 7\nretry: 3\n\n"
                    "data: three\r\r\nid\ndata\n\n"}),
            expected);
}

TEST(SseDecoder, an_event_without_data_is_no_event_and_forgets_its_type) {
  EXPECT_EQ(decode({"event: lost\n\ndata: x\n\n"}), (std::vector<Event>{{"", "x", ""}}));
}

TEST(SseDecoder, an_event_that_the_end_cuts_short_is_not_lost) {
  EXPECT_EQ(decode({"data: x\n\ndata: y"}), (std::vector<Event>{{"", "x", ""}, {"", "y", ""}}));
  EXPECT_EQ(decode({"\xEF\xBB"}), (std::vector<Event>{}));
}

TEST(SseDecoder, any_chunking_gives_the_same_events) {
  const std::string text =
      "\xEF\xBB\xBF"
      "data: h\xC3\xA9llo\r\n\r\nevent: e\rdata: 1\rdata: 2\r\r:\n\nid: 9\r\ndata: {\"a\": 1}\n\ndata: end";
  const auto expected = decode({text});
  ASSERT_EQ(expected.size(), 4u);
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string_view> chunks;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = random() % 5;
      chunks.push_back(std::string_view(text).substr(at, length));
      at += length;
    }
    ASSERT_EQ(decode(chunks), expected) << "round " << round;
  }
}

}  // namespace
}  // namespace sloop::http
