// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/extract.hpp"

#include <gtest/gtest.h>

#include "sloop/web/router.hpp"

namespace sloop::web {
namespace {

struct Place {
  std::string shop;
  int shelf;
};
struct Page {
  int number = 1;
  std::optional<bool> reverse;
  std::vector<std::string> tags;
};
struct Line {
  std::string name;
  double price;
};
struct Order {
  std::vector<Line> lines;
};

Request json_post(std::string body, std::string type = "application/json") {
  return {.method = "POST", .path = "/", .headers = {{"content-type", std::move(type)}}, .body = std::move(body)};
}

template <class Handler>
Response post(Handler handler, Request request) {
  Router router;
  router.post("/", std::move(handler));
  return router.handle(std::move(request));
}

TEST(Extract, a_path_gives_numbers_texts_and_structs) {
  Router router;
  router.get("/n/{id}", [](Path<int> id) { return *id + 1; });
  router.get("/s/{shop}/{shelf}", [](Path<Place> place) { return place->shop + std::to_string(place->shelf); });
  router.get("/t/{a}/{b}", [](Path<std::string, "b"> b, Path<int, "a"> a) { return *b + std::to_string(*a); });
  EXPECT_EQ(router.handle({.path = "/n/41"}).body, "42");
  EXPECT_EQ(router.handle({.path = "/s/deli/3"}).body, "deli3");
  EXPECT_EQ(router.handle({.path = "/t/1/x"}).body, "x1");
  const Response wrong = router.handle({.path = "/s/deli/three"});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_TRUE(wrong.body.contains("path.shelf: ")) << wrong.body;
}

TEST(Extract, a_query_gives_lists_and_optional_fields) {
  Router router;
  router.get("/", [](Query<Page> page) {
    return std::to_string(page->number) + (page->reverse ? "r" : "-") + std::to_string(page->tags.size());
  });
  EXPECT_EQ(router.handle({.query = "number=2&tags=a+b&tags=c&reverse=true"}).body, "2r2");
  EXPECT_EQ(router.handle({.query = "number=2&reverse="}).body, "2-0");
  EXPECT_EQ(router.handle({.query = "number=x"}).status, 400);
  EXPECT_TRUE(router.handle({.query = ""}).body.contains("query.number: is required"));
}

TEST(Extract, a_header_may_be_typed_and_optional) {
  Router router;
  router.get("/", [](HeaderValue<"x-version", int> version, std::optional<HeaderValue<"x-name">> name) {
    return std::to_string(*version) + (name ? **name : "nobody");
  });
  EXPECT_EQ(router.handle({.headers = {{"X-Version", "3"}}}).body, "3nobody");
  EXPECT_EQ(router.handle({.headers = {{"x-version", "3"}, {"x-name", "me"}}}).body, "3me");
  EXPECT_EQ(router.handle({}).status, 400);
  EXPECT_EQ(router.handle({.headers = {{"x-version", "three"}}}).status, 400);
}

TEST(Extract, a_json_body_is_refused_with_the_path_of_the_bad_field) {
  const auto count = [](JsonBody<Order> order) { return order->lines.size(); };
  EXPECT_EQ(post(count, json_post(R"({"lines":[{"name":"a","price":1.5}]})")).body, "1");
  EXPECT_EQ(post(count, json_post("{}", "application/vnd.x+json; charset=utf-8")).status, 422);
  EXPECT_EQ(post(count, json_post("{}", "text/plain")).status, 415);
  EXPECT_EQ(post(count, json_post("{")).status, 400);
  EXPECT_EQ(post(count, json_post("{\"lines\":[\"\xff\"]}")).status, 400);
  const Response wrong = post(count, json_post(R"({"lines":[{"name":"a","price":"dear"}]})"));
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(wrong.body.contains("body.lines[0].price: ")) << wrong.body;
}

TEST(Extract, an_absent_body_may_be_allowed) {
  const auto handler = [](std::optional<JsonBody<Order>> order) { return order ? "some" : "none"; };
  EXPECT_EQ(post(handler, {.method = "POST"}).body, "none");
  EXPECT_EQ(post(handler, json_post(R"({"lines":[]})")).body, "some");
  EXPECT_EQ(post(handler, json_post("{}")).status, 422);
}

TEST(Extract, a_form_is_read_into_a_struct) {
  const auto handler = [](Form<Place> place) { return place->shop + std::to_string(place->shelf); };
  EXPECT_EQ(post(handler, json_post("shop=a+b%21&shelf=3", "application/x-www-form-urlencoded")).body, "a b!3");
  EXPECT_EQ(post(handler, json_post("shop=a", "application/x-www-form-urlencoded")).status, 422);
  EXPECT_EQ(post(handler, json_post("shop=a")).status, 415);
}

TEST(Extract, raw_and_text_bodies) {
  EXPECT_EQ(post([](RawBody body) { return bytes(*body); }, json_post(std::string("\0\xff", 2))).body,
            std::string("\0\xff", 2));
  EXPECT_EQ(post([](TextBody body) { return *body; }, json_post("\xff")).status, 400);
}

TEST(Extract, state_is_shared_by_type) {
  Router router;
  router.state(Page{.number = 7}).state(std::string("text"));
  router.get("/", [](State<Page> page, State<const std::string>) { return page->number; });
  EXPECT_EQ(router.handle({}).status, 500);
  router.share(std::make_shared<const std::string>("const"));
  EXPECT_EQ(router.handle({}).body, "7");
}

TEST(Extract, the_context_is_the_invocations) {
  Router router;
  router.get("/", [](const lambda::Context& context, const Request&) { return context.request_id; });
  EXPECT_EQ(router.handle({}, {.request_id = "id-1"}).body, "id-1");
}

TEST(Reply, values_become_responses) {
  Router router;
  router.get("/json", [] { return Line{"a", 2}; });
  router.get("/created", [] { return Reply<Line>{{"a", 2}, 201, {{"location", "/1"}}}; });
  router.get("/none", [] { return std::optional<Line>(); });
  router.get("/void", [] {});
  router.get("/html", [] { return Html{"<p>"}; });
  router.get("/away", [] { return Redirect{"/json"}; });
  router.get("/late", [](Query<std::map<std::string, std::string>>) -> Result<Line> {
    return fail(ErrorKind::rate_limited, "later");
  });
  router.get("/done", []() -> Result<void> { return {}; });
  EXPECT_EQ(router.handle({.path = "/json"}).body, R"({"name":"a","price":2})");
  EXPECT_EQ(router.handle({.path = "/created"}).status, 201);
  EXPECT_EQ(router.handle({.path = "/created"}).headers.get("location"), "/1");
  EXPECT_EQ(router.handle({.path = "/none"}).status, 404);
  EXPECT_EQ(router.handle({.path = "/void"}).status, 204);
  EXPECT_EQ(router.handle({.path = "/html"}).headers.get("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(router.handle({.path = "/away"}).headers.get("location"), "/json");
  EXPECT_EQ(router.handle({.path = "/late"}).status, 429);
  EXPECT_EQ(router.handle({.path = "/done"}).status, 204);
}

TEST(Reply, a_stream_is_written_after_the_handler) {
  Router router;
  router.get("/", [] {
    return Stream{"text/plain", [](BodyWriter& out) -> Result<void> {
                    if (auto sent = out.write("a"); !sent) return sent;
                    return out.write("b");
                  }};
  });
  Response response = router.handle({});
  ASSERT_TRUE(response.stream);
  EXPECT_TRUE(collect(response));
  EXPECT_EQ(response.body, "ab");
}

}  // namespace
}  // namespace sloop::web
