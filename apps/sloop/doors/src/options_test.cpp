// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sloop::doors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(DoorOptions, a_door_is_read_from_text) {
  const auto door =
      parse_door("http-api=9002,stage=dev,route=GET /boats/{id},route=$default,origin=*,max-age=5").value();
  EXPECT_EQ(door.kind, DoorKind::http_api);
  EXPECT_EQ(door.port, 9002);
  EXPECT_EQ(door.stage, "dev");
  EXPECT_THAT(door.routes, ElementsAre(Route{"GET", "/boats/{id}"}, Route{}));
  EXPECT_THAT(door.cors.origins, ElementsAre("*"));
  EXPECT_EQ(door.cors.max_age, 5);
}

TEST(DoorOptions, kinds_have_their_own_settings) {
  EXPECT_TRUE(parse_door("url,stream").value().stream);
  EXPECT_EQ(parse_door("url").value().port, 0);
  EXPECT_THAT(parse_door("rest-api=1,binary=image/*,binary=*/*").value().binary, ElementsAre("image/*", "*/*"));
  EXPECT_TRUE(parse_door("alb=1,multi-value").value().multi_value);
  EXPECT_THAT(parse_door("alb=1,stream").error().message,
              HasSubstr("door alb: 'stream': alb has the settings multi-value"));
}

TEST(DoorOptions, what_is_no_door_is_refused) {
  for (const char* wrong : {"", "gate", "url=x", "url=70000", "url=1,", "url=1,origins=*", "http-api=1,stage=a/b",
                            "http-api=1,route=x", "rest-api=1,binary=png", "url=1,max-age=soon"})
    EXPECT_FALSE(parse_door(wrong)) << wrong;
}

}  // namespace
}  // namespace sloop::doors
