// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/base64.hpp"

#include <gtest/gtest.h>

#include <random>

namespace sloop {
namespace {

TEST(Base64, writes_the_vectors_of_rfc_4648) {
  EXPECT_EQ(encode_base64(""), "");
  EXPECT_EQ(encode_base64("f"), "Zg==");
  EXPECT_EQ(encode_base64("fo"), "Zm8=");
  EXPECT_EQ(encode_base64("foo"), "Zm9v");
  EXPECT_EQ(encode_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(encode_base64("\xfb\xff"), "+/8=");
}

TEST(Base64, reads_what_it_wrote_with_and_without_padding) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 100; ++size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(random()));
    std::string text = encode_base64(bytes);
    EXPECT_EQ(decode_base64(text), bytes);
    while (text.ends_with('=')) text.pop_back();
    EXPECT_EQ(decode_base64(text), bytes);
  }
}

TEST(Base64, refuses_other_letters_and_half_bytes) {
  for (const char* text : {"Zg==Zg==", "Zm9v\n", "Zm9*", "Z", "Zm9vY", "===", "-_8="})
    EXPECT_FALSE(decode_base64(text)) << text;
}

}  // namespace
}  // namespace sloop
