// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/schema.hpp"

#include <gtest/gtest.h>

#include <map>

namespace sloop {
namespace {

enum class Unit { metre, foot };

struct Query {
  std::string place;
  std::optional<Unit> unit;
  std::vector<std::int16_t> days;
  std::map<std::string, double> weights;
  static constexpr FieldInfo field_info[] = {{.name = "place", .description = "A town"}};
};

struct Tree {
  std::string label;
  std::vector<Tree> children;
};

TEST(schema, a_struct_with_descriptions) {
  EXPECT_EQ(write_json(schema_of<Query>()),
            R"({"type":"object","properties":{"place":{"type":"string","description":"A town"},)"
            R"("unit":{"type":"string","enum":["metre","foot"]},)"
            R"("days":{"type":"array","items":{"type":"integer","minimum":-32768,"maximum":32767}},)"
            R"("weights":{"type":"object","additionalProperties":{"type":"number"}}},)"
            R"("required":["place","days","weights"],"additionalProperties":false})");
}

TEST(schema, a_type_that_holds_itself_becomes_a_definition) {
  EXPECT_EQ(write_json(schema_of<Tree>()),
            R"({"$ref":"#/$defs/Tree","$defs":{"Tree":{"type":"object","properties":{"label":{"type":"string"},)"
            R"("children":{"type":"array","items":{"$ref":"#/$defs/Tree"}}},)"
            R"("required":["label","children"],"additionalProperties":false}}})");
}

TEST(schema, variants_and_unsigned_numbers) {
  EXPECT_EQ(write_json(schema_of<std::variant<std::uint64_t, std::string, bool>>()),
            R"({"anyOf":[{"type":"integer","minimum":0},{"type":"string"},{"type":"boolean"}]})");
}

struct Open {
  int x = 0;
  JsonObject more;
  Rest rest;
};

TEST(schema, a_struct_that_keeps_the_rest_takes_more_than_it_names) {
  EXPECT_EQ(write_json(schema_of<Open>()),
            R"({"type":"object","properties":{"x":{"type":"integer","minimum":-2147483648,"maximum":2147483647},)"
            R"("more":{"type":"object"}},"required":["x","more"],"additionalProperties":true})");
}

}  // namespace
}  // namespace sloop
