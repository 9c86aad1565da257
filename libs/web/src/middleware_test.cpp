// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/middleware.hpp"

#include <gtest/gtest.h>

#include "sloop/core/base64.hpp"

namespace sloop::web {
namespace {

Response through(Middleware middleware, Request request, const lambda::Context& context = {}) {
  Router router;
  router.use(std::move(middleware)).any("/", [](const Request& seen) {
    return std::string(seen.headers.get_or("x-request-id", "")) + seen.body;
  });
  return router.handle(std::move(request), context);
}

TEST(Cors, a_preflight_is_answered_without_the_handler) {
  const Response response = through(cors({.origins = {"https://a.example"}, .credentials = true}),
                                    {.method = "OPTIONS",
                                     .headers = {{"origin", "https://a.example"},
                                                 {"access-control-request-method", "PUT"},
                                                 {"access-control-request-headers", "x-a"}},
                                     .body = "body"});
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.get("access-control-allow-origin"), "https://a.example");
  EXPECT_EQ(response.headers.get("access-control-allow-credentials"), "true");
  EXPECT_EQ(response.headers.get("access-control-allow-headers"), "x-a");
  EXPECT_EQ(response.headers.get("vary"), "origin");
}

TEST(Cors, an_origin_that_is_not_named_gets_no_permission) {
  const Response response = through(cors({.origins = {"https://a.example"}}), {.headers = {{"origin", "https://b"}}});
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(response.headers.contains("access-control-allow-origin"));
  EXPECT_EQ(through(cors(), {.headers = {{"origin", "x"}}}).headers.get("access-control-allow-origin"), "*");
  EXPECT_FALSE(through(cors(), {}).headers.contains("access-control-allow-origin"));
}

TEST(RequestId, is_taken_over_or_made) {
  EXPECT_EQ(through(request_id(), {.headers = {{"x-request-id", "mine"}}}).body, "mine");
  EXPECT_EQ(through(request_id(), {.headers = {{"x-request-id", "bad\tid"}}}, {.request_id = "id"}).body, "id");
  const Response made = through(request_id(), {});
  EXPECT_EQ(made.body.size(), 32u);
  EXPECT_EQ(made.headers.get("x-request-id"), made.body);
}

TEST(BodyLimit, longer_bodies_are_413) {
  EXPECT_EQ(through(body_limit(3), {.body = "123"}).status, 200);
  EXPECT_EQ(through(body_limit(3), {.body = "1234"}).status, 413);
}

TEST(Timeout, handlers_see_the_deadline_and_a_late_answer_is_504) {
  Router router;
  router.get("/", [](const lambda::Context& context) { return context.deadline.is_never() ? "never" : "soon"; });
  Router patient = router;
  patient.use(timeout(std::chrono::hours(1)));
  EXPECT_EQ(router.handle({}).body, "never");
  EXPECT_EQ(patient.handle({}).body, "soon");
  router.use(timeout(std::chrono::milliseconds(0)));
  EXPECT_EQ(router.handle({}).status, 504);
}

TEST(BearerAuth, only_known_tokens_are_admitted) {
  const auto with = [](std::string value) {
    return through(bearer_auth({"first", "second"}), {.headers = {{"authorization", std::move(value)}}});
  };
  EXPECT_EQ(with("Bearer second").status, 200);
  EXPECT_EQ(with("bearer first").status, 200);
  for (const auto value : {"Bearer third", "Bearer ", "Bearer", "Basic first", "", "Bearer firstfirst", "Bearer fir"})
    EXPECT_EQ(with(value).status, 401) << value;
  EXPECT_TRUE(with("").headers.contains("www-authenticate"));
}

TEST(BasicAuth, only_known_users_are_admitted) {
  const auto with = [](std::string pair) {
    return through(basic_auth({{"ada", "pass:word"}, {"bob", ""}}),
                   {.headers = {{"authorization", "Basic " + encode_base64(pair)}}});
  };
  EXPECT_EQ(with("ada:pass:word").status, 200);
  EXPECT_EQ(with("bob:").status, 200);
  EXPECT_EQ(with("ada:word").status, 401);
  EXPECT_EQ(through(basic_auth({{"a", "b"}}), {.headers = {{"authorization", "Basic *"}}}).status, 401);
}

TEST(ConstantTime, equality) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abcabc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("", "a"));
  EXPECT_FALSE(equal_in_constant_time("a", ""));
}

TEST(AccessLog, a_line_names_method_path_and_status_but_no_query) {
  std::string lines;
  const auto log = std::make_shared<Log>(LogOptions{.write = [&](std::string_view line) { lines += line; }});
  (void)through(access_log(), {.query = "key=secret", .body = "1234"}, {.log = log});
  EXPECT_TRUE(lines.contains("GET / ") && lines.contains("status=200") && lines.contains("bytes=4")) << lines;
  EXPECT_FALSE(lines.contains("secret"));
}

}  // namespace
}  // namespace sloop::web
