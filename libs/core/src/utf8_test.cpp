// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/utf8.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(Utf8, well_formed_text_is_left_as_it_is) {
  for (const std::string_view text : {"", "abc", "\u00e9\u20ac\U0001F600", "\x7F", "\uD7FF\uE000\U0010FFFF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
    EXPECT_EQ(mend_utf8(text), text);
  }
}

TEST(Utf8, every_maximal_ill_formed_part_becomes_one_replacement) {
  // The examples of the Unicode standard, section 3.9, tables 3-8 to 3-11.
  EXPECT_EQ(mend_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(mend_utf8("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(mend_utf8("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41\uFFFD\uFFFD\x42");
  EXPECT_EQ(mend_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\x41");
}

TEST(Utf8, text_cut_inside_a_character_is_not_well_formed) {
  EXPECT_FALSE(is_utf8("ab\xE2\x82"));
  EXPECT_EQ(mend_utf8("ab\xE2\x82"), "ab\uFFFD");
}

}  // namespace
}  // namespace sloop
