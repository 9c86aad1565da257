// SPDX-License-Identifier: Apache-2.0
#include "sloop/templates/templates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sloop/core/base64.hpp"
#include "sloop/events/kind.hpp"

namespace sloop::templates {
namespace {

using ::testing::HasSubstr;

std::string text(const Json& json, std::string_view list, std::initializer_list<std::string_view> path) {
  const Json* found = find(find(json, list)->get_array().front(), path);
  return found == nullptr ? "(absent)" : write_json(*found);
}

TEST(Templates, each_is_an_event_of_the_kind_that_it_names) {
  EXPECT_GT(all_templates().size(), 75U);
  for (const auto& entry : all_templates()) {
    const auto event = make_event(entry.name);
    ASSERT_TRUE(event) << event.error().message;
    EXPECT_EQ(events::kind_of(*event), entry.kind) << entry.name;
    EXPECT_FALSE(entry.about.empty()) << entry.name;
    for (const char* directive : {R"({"$json")", R"({"$base64")", R"({"$gzip")"})
      EXPECT_EQ(write_json(*event).find(directive), std::string::npos) << entry.name;
  }
}

TEST(Templates, a_value_is_put_to_its_path) {
  const auto event = make_event(
      "s3-put", {"Records.0.s3.object.key=a=b.jpg", "Records.0.s3.object.size=7", "Records.0.s3.object.versionId=v1"});
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(text(*event, "Records", {"s3", "object", "key"}), R"("a=b.jpg")");
  EXPECT_EQ(text(*event, "Records", {"s3", "object", "size"}), "7");
  EXPECT_EQ(text(*event, "Records", {"s3", "object", "versionId"}), R"("v1")");
}

TEST(Templates, what_is_packed_into_a_string_can_be_set_inside_or_whole) {
  const auto inside = make_event("sqs", {"Records.0.body.boat=Petrel"}).value();
  EXPECT_EQ(text(inside, "Records", {"body"}), R"("{\"boat\":\"Petrel\",\"length\":7}")");
  const auto packed = make_event("kinesis", {R"(Records.0.kinesis.data={"a":1})"}).value();
  EXPECT_EQ(text(packed, "Records", {"kinesis", "data"}), '"' + encode_base64(R"({"a":1})") + '"');
}

TEST(Templates, keys_with_dots_are_found) {
  const auto event = make_event("codepipeline-job", {"CodePipeline.job.id=7"}).value();
  EXPECT_EQ(write_json(*find(event, {"CodePipeline.job", "id"})), R"("7")");
}

TEST(Templates, a_wrong_name_or_path_is_told_with_what_there_is) {
  EXPECT_THAT(make_event("s3").error().message, HasSubstr("s3-put"));
  EXPECT_THAT(make_event("nothing").error().message, HasSubstr("sloop event --list"));
  EXPECT_THAT(make_event("iot-button", {"serial.x=1"}).error().message, HasSubstr("serialNumber, clickType"));
  EXPECT_THAT(make_event("sqs", {"Records.1.body=1"}).error().message, HasSubstr("a list of 1"));
  EXPECT_THAT(make_event("sqs", {"Records"}).error().message, HasSubstr("PATH=VALUE"));
}

}  // namespace
}  // namespace sloop::templates
