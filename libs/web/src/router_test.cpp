// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/router.hpp"

#include <gtest/gtest.h>

namespace sloop::web {
namespace {

auto says(std::string text) {
  return [text] { return text; };
}

std::string body(const Router& router, std::string path, std::string method = "GET") {
  return router.handle({.method = std::move(method), .path = std::move(path)}).body;
}

int status(const Router& router, std::string path, std::string method = "GET") {
  return router.handle({.method = std::move(method), .path = std::move(path)}).status;
}

TEST(Router, written_out_goes_before_capture_and_that_before_rest) {
  Router router;
  router.get("/a/{rest}", says("capture")).get("/a/b", says("static")).get("/a/{*rest}", says("rest"));
  EXPECT_EQ(body(router, "/a/b"), "static");
  EXPECT_EQ(body(router, "/a/c"), "capture");
  EXPECT_EQ(body(router, "/a/b/c"), "rest");
  EXPECT_EQ(status(router, "/a/"), 404);
  EXPECT_EQ(status(router, "/a"), 404);
}

TEST(Router, a_dead_end_is_left_again) {
  Router router;
  router.get("/a/b/c", says("deep")).get("/{x}/b/d", says("capture"));
  EXPECT_EQ(body(router, "/a/b/d"), "capture");
}

TEST(Router, captures_are_decoded) {
  Router router;
  router.get("/{a}/x/{*b}", [](const Request& request) {
    return *find(request.captures, "a") + "|" + *find(request.captures, "b") + "|" + request.matched_path;
  });
  EXPECT_EQ(body(router, "/caf%C3%A9%2F1/x/y/%7Bz%7D"), "caf\xc3\xa9/1|y/{z}|/{a}/x/{*b}");
}

TEST(Router, escaped_segments_fit_what_is_written_out) {
  Router router;
  router.get("/caf\xc3\xa9", says("yes"));
  EXPECT_EQ(body(router, "/caf%c3%a9"), "yes");
}

TEST(Router, another_method_is_405_with_allow) {
  Router router;
  router.get("/a", says("get")).post("/a", says("post"));
  const Response response = router.handle({.method = "DELETE", .path = "/a"});
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.get("allow"), "GET, HEAD, POST");
}

TEST(Router, head_is_served_by_get_without_the_body) {
  Router router;
  router.get("/a", says("four"));
  const Response response = router.handle({.method = "HEAD", .path = "/a"});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.headers.get("content-length"), "4");
}

TEST(Router, any_takes_what_has_no_route_of_its_own) {
  Router router;
  router.any("/a", says("any")).put("/a", says("put"));
  EXPECT_EQ(body(router, "/a", "PUT"), "put");
  EXPECT_EQ(body(router, "/a", "PROPFIND"), "any");
}

TEST(Router, conflicts_and_malformed_patterns_are_reported_at_registration) {
  for (const auto pattern : {"/a/{other}", "a", "/x{y}", "/{", "/{}", "/{*}", "/{*a}/b", "/{a}/{a}"}) {
    Router router;
    router.get("/a/{id}", says("a")).get(pattern, says("b"));
    ASSERT_EQ(router.errors().size(), 1u) << pattern;
    EXPECT_TRUE(router.errors()[0].message.contains(pattern));
    EXPECT_EQ(status(router, "/a/1"), 500);
  }
}

TEST(Router, nested_routes_stand_below_their_prefix_with_their_middleware) {
  Router items;
  items.get("/", says("all")).get("/{id}", says("one")).use([](Request& request, const Next& next) {
    return next(request).with("x-items", "1");
  });
  items.fallback(says("items know nothing"));
  Router router;
  router.get("/", says("home")).nest("/items", std::move(items)).fallback(says("nothing"));
  EXPECT_EQ(body(router, "/items"), "all");
  EXPECT_EQ(body(router, "/items/7"), "one");
  EXPECT_TRUE(router.handle({.path = "/items/7"}).headers.contains("x-items"));
  EXPECT_FALSE(router.handle({.path = "/"}).headers.contains("x-items"));
  EXPECT_EQ(body(router, "/items/7/8"), "items know nothing");
  EXPECT_EQ(body(router, "/itemsx"), "nothing");
}

TEST(Router, merging_reports_conflicts) {
  Router other;
  other.get("/a", says("b")).get("/b", says("b"));
  Router router;
  router.get("/a", says("a")).merge(std::move(other));
  EXPECT_EQ(router.errors().size(), 1u);
}

TEST(Router, the_first_middleware_is_the_outermost_and_sees_404) {
  Router router;
  const auto adds = [](std::string name) {
    return [name](Request& request, const Next& next) { return next(request).with("x", name); };
  };
  router.use(adds("outer")).use(adds("inner"));
  const Response response = router.handle({.path = "/nowhere"});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ((response.headers.end() - 1)->value, "outer");
}

TEST(Router, climbing_paths_and_nul_are_refused) {
  Router router;
  router.get("/{*rest}", says("a"));
  for (const auto path : {"/../etc/passwd", "/a/%2e%2e/b", "/a/..%2fb", "/a/..%5cb", "/a%00b", "/.."})
    EXPECT_EQ(status(router, path), 400) << path;
  EXPECT_EQ(status(router, "/a..b/..c/100%"), 200);
}

TEST(Router, the_stage_is_looked_past) {
  Router router;
  router.get("/a", says("a")).get("/prod", says("root of prod"));
  EXPECT_EQ(router.handle({.path = "/prod/a", .base_path = "/prod"}).body, "a");
  EXPECT_EQ(router.handle({.path = "/prod", .base_path = "/prod"}).body, "root of prod");
}

TEST(Router, whatever_a_handler_throws_is_status_500) {
  Router router;
  router.get("/exception", []() -> std::string { throw std::runtime_error("secret"); });
  router.get("/int", []() -> std::string { throw 7; });
  EXPECT_EQ(status(router, "/exception"), 500);
  EXPECT_FALSE(body(router, "/exception").contains("secret"));
  EXPECT_EQ(status(router, "/int"), 500);
}

TEST(Router, a_header_injected_by_a_handler_is_not_sent) {
  Router router;
  router.get("/", [] { return text("a").with("x", "b\r\nset-cookie: c=d"); });
  const Response response = router.handle({});
  EXPECT_EQ(response.status, 500);
  EXPECT_FALSE(response.headers.contains("x"));
}

TEST(Router, a_long_path_is_no_burden) {
  Router router;
  router.get("/{a}/{b}", says("a"));
  std::string path;
  for (int i = 0; i < 1'000'000; ++i) path += "/x";
  EXPECT_EQ(status(router, path), 404);
}

}  // namespace
}  // namespace sloop::web
