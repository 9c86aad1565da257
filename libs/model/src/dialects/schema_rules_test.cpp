// SPDX-License-Identifier: Apache-2.0
#include "schema_rules.hpp"

#include <gtest/gtest.h>

namespace sloop::dialects {
namespace {

std::string strict(std::string_view schema) {
  return write_json(strict_schema(parse_json(schema).value()));
}

TEST(SchemaRules, strict_objects_require_all_and_what_was_optional_may_be_null) {
  EXPECT_EQ(
      strict(
          R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer","default":1},"c":{"enum":["x"],"type":"string"}},"required":["a"]})"),
      R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":["integer","null"]},)"
      R"("c":{"anyOf":[{"enum":["x"],"type":"string"},{"type":"null"}]}},"required":["a","b","c"],"additionalProperties":false})");
}

TEST(SchemaRules, strict_rules_reach_definitions_lists_and_choices) {
  EXPECT_EQ(
      strict(
          R"({"$defs":{"n":{"type":"object"}},"oneOf":[{"type":"array","items":{"properties":{}}},{"$ref":"#/$defs/n","title":"t"}]})"),
      R"({"$defs":{"n":{"type":"object","properties":{},"required":[],"additionalProperties":false}},)"
      R"("anyOf":[{"type":"array","items":{"properties":{},"required":[],"additionalProperties":false}},{"$ref":"#/$defs/n"}]})");
}

TEST(SchemaRules, a_grammar_without_limits_gets_them_as_words) {
  EXPECT_EQ(
      write_json(closed_schema(
          parse_json(
              R"({"type":"object","properties":{"n":{"type":"integer","description":"Age","minimum":0,"maximum":9}}})")
              .value())),
      R"({"type":"object","properties":{"n":{"type":"integer","description":"Age {minimum: 0} {maximum: 9}"}},"additionalProperties":false})");
}

TEST(SchemaRules, a_grammar_knows_lists_that_are_not_empty_and_no_longer_ones) {
  EXPECT_EQ(write_json(closed_schema(parse_json(R"({"type":"array","minItems":1})").value())),
            R"({"type":"array","minItems":1})");
  EXPECT_EQ(write_json(closed_schema(parse_json(R"({"type":"array","minItems":2})").value())),
            R"({"type":"array","description":"{minItems: 2}"})");
}

}  // namespace
}  // namespace sloop::dialects
