// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/ndjson.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace sloop::http {
namespace {

std::vector<std::string> lines_of(std::string_view text, std::size_t piece) {
  NdjsonDecoder decoder;
  std::vector<std::string> lines;
  const auto take = [&] {
    while (const auto line = decoder.next()) lines.emplace_back(*line);
  };
  for (std::size_t at = 0; at < text.size(); at += piece) {
    decoder.feed(text.substr(at, piece));
    take();
  }
  decoder.finish();
  take();
  return lines;
}

TEST(Ndjson, lines_are_the_same_in_every_chunking) {
  const std::vector<std::string> expected{R"({"a":1})", "[2]", "3"};
  for (std::size_t piece = 1; piece < 20; ++piece)
    EXPECT_EQ(lines_of("{\"a\":1}\n\n\r\n[2]\r\n  \n3", piece), expected) << piece;
}

TEST(Ndjson, a_line_is_handed_out_once_its_end_is_there) {
  NdjsonDecoder decoder;
  decoder.feed("12");
  EXPECT_FALSE(decoder.next());
  decoder.feed("3\n");
  EXPECT_EQ(decoder.next(), "123");
  EXPECT_FALSE(decoder.next());
}

}  // namespace
}  // namespace sloop::http
