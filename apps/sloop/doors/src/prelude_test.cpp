// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/prelude.hpp"

#include <gtest/gtest.h>

namespace sloop::doors {
namespace {

const std::string kStream =
    R"({"statusCode":201,"headers":{"content-type":"text/plain","x-n":1},"cookies":["a=1","b=2"]})" +
    std::string(8, '\0') + std::string("one\0two", 7);

TEST(Prelude, head_and_body_are_the_same_however_the_stream_is_cut) {
  for (std::size_t size = 1; size <= kStream.size(); ++size) {
    PreludeReader reader;
    std::string body;
    for (std::size_t at = 0; at < kStream.size(); at += size) body += reader.feed(kStream.substr(at, size)).value();
    ASSERT_TRUE(reader.head()) << size;
    EXPECT_EQ(reader.head()->status, 201);
    EXPECT_EQ(reader.head()->headers,
              (Headers{{"content-type", "text/plain"}, {"x-n", "1"}, {"set-cookie", "a=1"}, {"set-cookie", "b=2"}}));
    EXPECT_EQ(body, std::string("one\0two", 7));
  }
}

TEST(Prelude, a_head_that_is_none_is_refused) {
  const std::string end(8, '\0');
  for (const std::string wrong : {"", "7", "{", R"({"statusCode":999})", R"({"headers":{"a":"b\r\nc: d"}})"})
    EXPECT_FALSE(PreludeReader().feed(wrong + end)) << wrong;
  EXPECT_FALSE(PreludeReader().feed(std::string(2 * 1024 * 1024, ' ')));
  PreludeReader without_status;
  EXPECT_TRUE(without_status.feed("{}" + end));
  EXPECT_EQ(without_status.head()->status, 200);
}

}  // namespace
}  // namespace sloop::doors
