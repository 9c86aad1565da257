// SPDX-License-Identifier: Apache-2.0
#include "sloop/aws/event_stream.hpp"

#include <gtest/gtest.h>

namespace sloop::aws {
namespace {

EventMessage hello() {
  return {.headers = {{":message-type", "event"}, {":event-type", "hello"}}, .payload = R"({"text":"hi"})"};
}

TEST(EventStream, a_message_has_the_bytes_of_the_specification) {
  // No headers, no payload: length 16, no headers, and two checksums.
  const std::string bytes = encode_event({});
  ASSERT_EQ(bytes.size(), 16u);
  EXPECT_EQ(bytes, std::string("\0\0\0\x10\0\0\0\0\x05\xc2\x48\xeb\x7d\x98\xc8\xff", 16));
}

TEST(EventStream, messages_survive_every_chunking) {
  const std::string bytes = encode_event(hello()) + encode_event({.headers = {}, .payload = "x"});
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    EventStreamDecoder decoder;
    std::vector<EventMessage> got;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      decoder.feed(std::string_view(bytes).substr(at, size));
      for (auto message = decoder.next(); message.value(); message = decoder.next()) got.push_back(**message);
    }
    ASSERT_EQ(got.size(), 2u) << size;
    EXPECT_EQ(got[0].header(":event-type"), "hello");
    EXPECT_EQ(got[0].payload, hello().payload);
    EXPECT_EQ(got[1].payload, "x");
    EXPECT_FALSE(decoder.in_message());
  }
}

TEST(EventStream, every_changed_byte_is_noticed) {
  const std::string good = encode_event(hello());
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bytes = good;
    bytes[i] = static_cast<char>(bytes[i] ^ 0x20);
    EventStreamDecoder decoder;
    decoder.feed(bytes);
    const auto message = decoder.next();
    ASSERT_FALSE(message) << "byte " << i;
    EXPECT_EQ(message.error().kind, ErrorKind::bad_reply);
    decoder.feed(good);
    EXPECT_FALSE(decoder.next()) << "nothing behind a broken frame counts";
  }
}

TEST(EventStream, an_impossible_length_is_refused_before_it_is_waited_for) {
  std::string prelude("\x7f\xff\xff\xff\0\0\0\0", 8);
  const std::string good = encode_event({});
  EventStreamDecoder decoder;
  decoder.feed(prelude + good.substr(8));
  EXPECT_FALSE(decoder.next());
}

}  // namespace
}  // namespace sloop::aws
