// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/reflect.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace sloop {
namespace {

enum class Mood { sad, merry = 7 };

struct Inner {
  std::string content;
  std::optional<Mood> mood;
  friend bool operator==(const Inner&, const Inner&) = default;
};

struct Outer {
  std::string name;
  bool on = false;
  std::int8_t small = 0;
  std::uint64_t large = 0;
  double ratio = 0;
  std::vector<Inner> messages;
  std::map<std::string, int> counts;
  std::variant<int, std::string> either;
  std::optional<Inner> maybe;
  Json anything;
  friend bool operator==(const Outer&, const Outer&) = default;
};

constexpr std::string_view kWhole =
    R"({"name":"n","on":true,"small":-128,"large":18446744073709551615,"ratio":0.5,)"
    R"("messages":[{"content":"a","mood":"merry"},{"content":"b"}],"counts":{"x":1,"y":2},)"
    R"("either":"text","anything":{"k":[null]}})";

std::string error_of(std::string_view text, const ReadOptions& options = {}) {
  const auto value = read_json<Outer>(text, options);
  return value ? "none" : value.error().message;
}

std::string with(std::string_view from, std::string_view to) {
  std::string text(kWhole);
  return text.replace(text.find(from), from.size(), to);
}

TEST(reflect, a_struct_survives_the_way_there_and_back) {
  const auto value = read_json<Outer>(kWhole);
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(value->messages[0].mood, Mood::merry);
  EXPECT_EQ(value->large, 18446744073709551615u);
  EXPECT_EQ(std::get<std::string>(value->either), "text");
  EXPECT_EQ(write_json(to_json(*value)), kWhole);
}

TEST(reflect, an_error_names_the_path_and_what_was_expected) {
  EXPECT_EQ(error_of(with(R"("b")", "3")), "messages[1].content: expected string, got number");
  EXPECT_EQ(error_of(with(R"("y":2)", R"("y":"2")")), "counts.y: expected integer, got string");
  EXPECT_EQ(error_of(with("true", "1")), "on: expected boolean, got number");
  EXPECT_EQ(error_of(with(R"("name":"n",)", "")), "name: is required");
  EXPECT_EQ(error_of("[]"), "expected object, got array");
  EXPECT_EQ(error_of(with("merry", "angry")), "messages[0].mood: is none of sad, merry");
  EXPECT_EQ(error_of(with(R"("text")", "[]")),
            "either: fits no alternative: expected integer, got array; expected string, got array");
}

TEST(reflect, numbers_are_checked_for_range) {
  EXPECT_EQ(error_of(with("-128", "-129")), "small: is out of range: -128 to 127");
  EXPECT_EQ(error_of(with("-128", "1.5")), "small: expected integer, got a number with a fraction");
  EXPECT_EQ(error_of(with("18446744073709551615", "-1")), "large: is out of range: 0 to 18446744073709551615");
  EXPECT_EQ(error_of(with("-128", "1e300")), "small: is out of range: -128 to 127");
  EXPECT_EQ(error_of(with("-128", "5.0")), "none");
  EXPECT_EQ(error_of(with("0.5", "7")), "none");
}

TEST(reflect, unknown_members_are_ignored_unless_asked) {
  EXPECT_EQ(error_of(with(R"("on")", R"("off":1,"on")")), "none");
  EXPECT_TRUE(error_of(with(R"("on")", R"("off":1,"on")"), {.refuse_unknown = true})
                  .starts_with("off: is unknown; known are name, on"));
}

struct Described {
  int limit = 10;
  std::string from_ = "a";
  static constexpr FieldInfo field_info[] = {{.name = "limit", .optional = true}, {.name = "from_", .key = "from"}};
};

TEST(reflect, field_info_renames_and_makes_optional) {
  const auto value = read_json<Described>(R"({"from":"b"})");
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(value->limit, 10);
  EXPECT_EQ(value->from_, "b");
  EXPECT_EQ(write_json(to_json(*value)), R"({"limit":10,"from":"b"})");
  EXPECT_TRUE(read_json<Described>("{}", {.defaults = true}));
}

TEST(reflect, optionals_take_null_and_empty_structs_are_objects) {
  struct Nothing {};
  EXPECT_FALSE(from_json<std::optional<int>>(nullptr).value());
  EXPECT_EQ(write_json(to_json(Nothing{})), "{}");
  EXPECT_TRUE(read_json<Nothing>("{}"));
  EXPECT_EQ(write_json(to_json(std::vector<std::optional<int>>{1, {}})), "[1,null]");
}

struct Message {
  std::string body;
  std::optional<std::string> group;
  std::optional<int> number;
  Rest rest;
};

TEST(reflect, unknown_members_and_nulls_come_back_when_there_is_a_place_for_them) {
  const std::string_view text = R"({"new":{"a":[1,2.5]},"group":null,"body":"b","other":null})";
  const auto message = read_json<Message>(text);
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(message->rest.members.size(), 3u);
  EXPECT_EQ(write_json(*message->rest.find("new")), R"({"a":[1,2.5]})");
  EXPECT_EQ(to_json(*message), parse_json(text).value());
  EXPECT_EQ(write_json(to_json(*message)), R"({"body":"b","new":{"a":[1,2.5]},"group":null,"other":null})");
}

TEST(reflect, a_field_that_has_a_value_wins_over_what_was_kept) {
  auto message = read_json<Message>(R"({"body":"b","group":null})").value();
  message.group = "g";
  EXPECT_EQ(write_json(to_json(message)), R"({"body":"b","group":"g"})");
  EXPECT_EQ(read_json<Message>("{}").error().message, "body: is required");
  EXPECT_TRUE(read_json<Message>(R"({"body":"b","more":1})", {.refuse_unknown = true})
                  .error()
                  .message.starts_with("more: is unknown"));
}

struct Dashed {
  std::string detail_type;
  std::optional<int> version_id;
  std::string kept_;
  static constexpr bool dashed_keys = true;
  static constexpr FieldInfo field_info[] = {{.name = "kept_", .key = "kept_as_is"}};
};

TEST(reflect, a_struct_may_say_that_its_keys_have_dashes) {
  const std::string_view text = R"({"detail-type":"t","version-id":1,"kept_as_is":"k"})";
  EXPECT_EQ(write_json(to_json(read_json<Dashed>(text).value())), text);
}

TEST(reflect, an_object_may_stay_an_object) {
  EXPECT_EQ(write_json(to_json(read_json<JsonObject>(R"({"z":1,"a":2})").value())), R"({"z":1,"a":2})");
  EXPECT_EQ(read_json<JsonObject>("[]").error().message, "expected object, got array");
}

struct Large {
  int n0 = 0, n1 = 0, n2 = 0, n3 = 0, n4 = 0, n5 = 0, n6 = 0, n7 = 0;
  int n8 = 0, n9 = 0, n10 = 0, n11 = 0, n12 = 0, n13 = 0, n14 = 0, n15 = 0;
  int n16 = 0, n17 = 0, n18 = 0, n19 = 0, n20 = 0, n21 = 0, n22 = 0, n23 = 0;
  int n24 = 0, n25 = 0, n26 = 0, n27 = 0, n28 = 0, n29 = 0, n30 = 0, n31 = 0;
  int n32 = 0, n33 = 0, n34 = 0, n35 = 0, n36 = 0, n37 = 0, n38 = 0, n39 = 0;
  int n40 = 0, n41 = 0, n42 = 0, n43 = 0, n44 = 0, n45 = 0, n46 = 0, n47 = 0;
};

TEST(reflect, a_struct_may_have_forty_eight_fields) {
  ASSERT_EQ(field_names<Large>().size(), 48u);
  EXPECT_EQ(field_names<Large>()[47], "n47");
  Large large;
  large.n0 = 1;
  large.n47 = 2;
  const auto json = to_json(large);
  EXPECT_EQ(from_json<Large>(json)->n47, 2);
  EXPECT_EQ(write_json(json).substr(0, 8), R"({"n0":1,)");
}

}  // namespace
}  // namespace sloop
