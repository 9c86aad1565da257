// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sloop::doors {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

const std::vector<Route> kRoutes{{},
                                 {"ANY", "/{proxy+}"},
                                 {"ANY", "/boats/{id}"},
                                 {"GET", "/boats/{id}"},
                                 {"GET", "/boats/new"},
                                 {"GET", "/boats/{id}/sails/{number}"}};

std::string pattern(std::string_view method, std::string_view path) {
  const auto found = find_route(kRoutes, method, path);
  return found ? found->route.method + " " + found->route.pattern : "";
}

TEST(Routes, the_most_specific_route_is_taken) {
  EXPECT_EQ(pattern("GET", "/boats/new"), "GET /boats/new");
  EXPECT_EQ(pattern("GET", "/boats/7"), "GET /boats/{id}");
  EXPECT_EQ(pattern("PUT", "/boats/7"), "ANY /boats/{id}");
  EXPECT_EQ(pattern("GET", "/crew"), "ANY /{proxy+}");
  EXPECT_EQ(pattern("GET", "/"), "ANY $default");
}

TEST(Routes, captures_have_names_and_values) {
  EXPECT_THAT(find_route(kRoutes, "GET", "/boats/7/sails/2")->parameters,
              ElementsAre(Pair("id", "7"), Pair("number", "2")));
  EXPECT_THAT(find_route(kRoutes, "GET", "/a/b//c")->parameters, ElementsAre(Pair("proxy", "a/b//c")));
}

TEST(Routes, a_path_that_no_route_takes_has_none) {
  EXPECT_FALSE(find_route({{"GET", "/boats"}}, "POST", "/boats"));
  EXPECT_FALSE(find_route({{"GET", "/boats"}}, "GET", "/boats/"));
  EXPECT_FALSE(find_route({{"GET", "/boats/{id}"}}, "GET", "/boats/"));
}

TEST(Routes, a_route_is_read_from_text) {
  EXPECT_EQ(parse_route("GET /a/{b}").value(), (Route{"GET", "/a/{b}"}));
  EXPECT_EQ(parse_route("/a").value(), (Route{"ANY", "/a"}));
  EXPECT_EQ(parse_route("$default").value(), Route{});
  for (const char* wrong : {"", "GET", "get /a", "GET a", " /a"}) EXPECT_FALSE(parse_route(wrong)) << wrong;
}

}  // namespace
}  // namespace sloop::doors
