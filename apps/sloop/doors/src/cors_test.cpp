// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/cors.hpp"

#include <gtest/gtest.h>

namespace sloop::doors {
namespace {

const Headers kPreflight{{"origin", "https://a.example"}, {"access-control-request-method", "PUT"}};

TEST(Cors, a_preflight_is_answered_by_the_door) {
  const CorsOptions options{
      .origins = {"https://a.example"}, .methods = {"GET", "PUT"}, .headers = {"x-a"}, .max_age = 60};
  const auto headers = answer_preflight(options, "OPTIONS", kPreflight);
  ASSERT_TRUE(headers);
  EXPECT_EQ(headers->get("access-control-allow-origin"), "https://a.example");
  EXPECT_EQ(headers->get("access-control-allow-methods"), "GET,PUT");
  EXPECT_EQ(headers->get("access-control-allow-headers"), "x-a");
  EXPECT_EQ(headers->get("access-control-max-age"), "60");
  EXPECT_EQ(headers->get("vary"), "Origin");
}

TEST(Cors, another_origin_gets_no_permission) {
  const auto headers = answer_preflight({.origins = {"https://b.example"}}, "OPTIONS", kPreflight);
  ASSERT_TRUE(headers);
  EXPECT_TRUE(headers->empty());
}

TEST(Cors, without_settings_options_is_the_functions_own_matter) {
  EXPECT_FALSE(answer_preflight({}, "OPTIONS", kPreflight));
  EXPECT_FALSE(answer_preflight({.origins = {"*"}}, "OPTIONS", Headers{{"origin", "https://a.example"}}));
  Headers reply{{"access-control-allow-origin", "mine"}};
  apply_cors({}, kPreflight, reply);
  EXPECT_EQ(reply.get("access-control-allow-origin"), "mine");
}

TEST(Cors, the_doors_headers_take_the_place_of_the_functions) {
  Headers reply{{"Access-Control-Allow-Origin", "mine"}, {"access-control-max-age", "1"}};
  apply_cors({.origins = {"*"}, .expose = {"etag"}}, kPreflight, reply);
  EXPECT_EQ(reply, (Headers{{"access-control-allow-origin", "*"}, {"access-control-expose-headers", "etag"}}));
}

TEST(Cors, with_credentials_the_origin_is_named_instead_of_a_star) {
  Headers reply;
  apply_cors({.origins = {"*"}, .credentials = true}, kPreflight, reply);
  EXPECT_EQ(reply.get("access-control-allow-origin"), "https://a.example");
  EXPECT_EQ(reply.get("access-control-allow-credentials"), "true");
}

}  // namespace
}  // namespace sloop::doors
