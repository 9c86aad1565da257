// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/json.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(json, text_that_was_read_is_written_again_in_the_same_order) {
  const auto value = parse_json(R"({"z":1,"a":[true,null,-2.5,"x"],"m":{}})");
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(write_json(*value), R"({"z":1,"a":[true,null,-2.5,"x"],"m":{}})");
}

TEST(json, an_error_names_line_and_column_but_not_the_text) {
  const auto value = parse_json("{\n  \"key\": secret\n}");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(value.error().message.find("line 2"), std::string::npos) << value.error().message;
  EXPECT_EQ(value.error().message.find("secret"), std::string::npos) << value.error().message;
}

TEST(json, a_text_that_ends_too_early_or_goes_on_too_long_is_refused) {
  EXPECT_FALSE(parse_json(""));
  EXPECT_FALSE(parse_json(R"({"a":)"));
  EXPECT_FALSE(parse_json("1 2"));
  EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']')));
}

TEST(json, strings_are_escaped_as_the_rfc_says) {
  EXPECT_EQ(write_json(Json("a\"b\\c\n\x01é")), "\"a\\\"b\\\\c\\n\\u0001é\"");
}

TEST(json, whole_doubles_are_written_without_a_fraction) {
  EXPECT_EQ(write_json(Json(1.0)), "1");
  EXPECT_EQ(write_json(Json(0.1)), "0.1");
}

TEST(json, members_are_found_by_path) {
  const auto value = parse_json(R"({"usage":{"details":{"cached":7}}})");
  ASSERT_TRUE(value);
  ASSERT_NE(find(*value, {"usage", "details", "cached"}), nullptr);
  EXPECT_EQ(find(*value, {"usage", "details", "cached"})->as_int64(), 7);
  EXPECT_EQ(find(*value, {"usage", "none", "cached"}), nullptr);
}

TEST(json, numbers_survive_reading_and_writing_to_the_last_digit) {
  for (const char* text :
       {"[0.1,-0.012345678901234567,2.2250738585072014e-308,1.7976931348623157e+308]", "[6.666666662666667e+38]",
        "0.30000000000000004", "-0.0", "-1.5e-07", "[9007199254740993,18446744073709551615,-9223372036854775808]"}) {
    const auto value = parse_json(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(write_json(*value), text);
  }
}

}  // namespace
}  // namespace sloop
