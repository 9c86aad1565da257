// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/percent.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(Percent, all_bytes_come_back) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(decode_percent(encode_percent(bytes)), bytes);
}

TEST(Percent, reserved_characters_are_escaped_unless_named) {
  EXPECT_EQ(encode_percent("a b/c?~"), "a%20b%2Fc%3F~");
  EXPECT_EQ(encode_percent("a b/c", "/"), "a%20b/c");
}

TEST(Percent, a_sign_without_two_digits_stays) {
  EXPECT_EQ(decode_percent("100%"), "100%");
  EXPECT_EQ(decode_percent("%4"), "%4");
  EXPECT_EQ(decode_percent("%zz%41"), "%zzA");
}

}  // namespace
}  // namespace sloop
