// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sloop/core/base64.hpp"
#include "sloop/web/event.hpp"

namespace sloop::web {
namespace {

Json reply(Trigger trigger, const Response& response) {
  return parse_json(reply_of(trigger, response)).value();
}

Response with_cookies() {
  return text("hi").with("x-a", "1").with("X-A", "2").with("set-cookie", "a=1").with("set-cookie", "b=2");
}

TEST(EventReply, version_2_moves_cookies_and_joins_other_repeats) {
  const Json expected = *parse_json(R"({"statusCode":200,
    "headers":{"content-type":"text/plain; charset=utf-8","x-a":"1, 2"},"cookies":["a=1","b=2"],
    "body":"hi","isBase64Encoded":false})");
  EXPECT_EQ(reply(Trigger::http_api, with_cookies()), expected);
  EXPECT_EQ(reply(Trigger::function_url, with_cookies()), expected);
}

TEST(EventReply, rest_and_web_socket_have_lists_only) {
  const Json expected = *parse_json(R"({"statusCode":200,"multiValueHeaders":{
    "content-type":["text/plain; charset=utf-8"],"x-a":["1","2"],"set-cookie":["a=1","b=2"]},
    "body":"hi","isBase64Encoded":false})");
  EXPECT_EQ(reply(Trigger::rest_api, with_cookies()), expected);
  EXPECT_EQ(reply(Trigger::websocket, with_cookies()), expected);
}

TEST(EventReply, a_load_balancer_gets_both_forms_and_a_description) {
  EXPECT_EQ(reply(Trigger::load_balancer, with_cookies()),
            *parse_json(R"({"statusCode":200,"statusDescription":"200 OK",
    "headers":{"content-type":"text/plain; charset=utf-8","x-a":"1, 2","set-cookie":"a=1, b=2"},
    "multiValueHeaders":{"content-type":["text/plain; charset=utf-8"],"x-a":["1","2"],"set-cookie":["a=1","b=2"]},
    "body":"hi","isBase64Encoded":false})"));
}

TEST(EventReply, lattice_gets_single_headers_and_a_description) {
  const Json json = reply(Trigger::lattice_v2, problem(404, "no"));
  EXPECT_EQ(find_string(json, "statusDescription"), "404 Not Found");
  EXPECT_EQ(json.at("headers"), *parse_json(R"({"content-type":"application/problem+json"})"));
  EXPECT_EQ(sloop::find(json, "multiValueHeaders"), nullptr);
}

TEST(EventReply, a_content_encoding_makes_the_body_binary) {
  const Json json = reply(Trigger::function_url, text("hi").with("content-encoding", "gzip"));
  EXPECT_EQ(json.at("body"), "aGk=");
  EXPECT_EQ(json.at("isBase64Encoded"), true);
}

TEST(EventReply, the_content_type_says_what_is_text) {
  for (const auto type :
       {"text/css", "application/json", "application/javascript", "application/xml", "application/yaml",
        "application/problem+json", "image/svg+xml", "application/x+yaml", "Application/JSON; charset=utf-8"})
    EXPECT_TRUE(is_text(bytes("a", type))) << type;
  for (const auto type : {"image/png", "application/octet-stream", "application/pdf"})
    EXPECT_FALSE(is_text(bytes("a", type))) << type;
  EXPECT_TRUE(is_text(Response{.body = "a"}));
}

TEST(EventReply, bytes_that_are_no_utf8_arrive_as_they_are) {
  const Json json = reply(Trigger::http_api, bytes("caf\xe9", "text/plain; charset=iso-8859-1"));
  EXPECT_EQ(decode_base64(find_string(json, "body")), "caf\xe9");
}

TEST(EventReply, the_override_decides_and_is_not_sent) {
  const Json json =
      reply(Trigger::http_api, bytes("abc", "application/x").with("X-Lambda-Http-Content-Encoding", "text"));
  EXPECT_EQ(json.at("body"), "abc");
  EXPECT_FALSE(json.at("headers").as_object().contains("X-Lambda-Http-Content-Encoding"));
  EXPECT_TRUE(is_text(text("a").with("content-encoding", "identity").with("x-lambda-http-content-encoding", "text")));
}

TEST(EventReply, a_body_of_eight_megabytes_is_written) {
  const std::string body(8u << 20, 'x');
  EXPECT_EQ(find_string(reply(Trigger::rest_api, text(body)), "body"), body);
}

TEST(EventReply, ten_thousand_headers_keep_their_order) {
  Response response;
  for (int i = 0; i < 10'000; ++i) response.headers.add("x-" + std::to_string(i % 5'000), std::to_string(i));
  const Json json = reply(Trigger::http_api, response);
  EXPECT_EQ(json.at("headers").as_object().size(), 5'000u);
  EXPECT_EQ(json.at("headers").at("x-7"), "7, 5007");
}

TEST(EventReply, the_prelude_has_status_headers_and_cookies) {
  const auto prelude = prelude_of(with_cookies());
  EXPECT_EQ(prelude.status, 200);
  EXPECT_EQ(prelude.headers.size(), 3u);
  EXPECT_EQ(prelude.cookies, (std::vector<std::string>{"a=1", "b=2"}));
}

TEST(Response, what_http_forbids_becomes_status_500) {
  EXPECT_EQ(sendable(text("a").with("location", "/\r\nset-cookie: a"), "GET").status, 500);
  EXPECT_EQ(sendable(text("a").with("bad name", "b"), "GET").status, 500);
  EXPECT_EQ(sendable(Response{.status = 42}, "GET").status, 500);
}

TEST(Response, a_redirect_escapes_what_no_header_carries) {
  EXPECT_EQ(redirect("/a b\r\nc?d=e%20").headers.get("location"), "/a%20b%0D%0Ac?d=e%20");
}

TEST(Response, internal_details_are_not_told) {
  EXPECT_FALSE(problem(Error{.message = "secret path"}).body.contains("secret"));
  const Response busy = problem(Error{.kind = ErrorKind::rate_limited, .retry_after = std::chrono::milliseconds(1500)});
  EXPECT_EQ(busy.status, 429);
  EXPECT_EQ(busy.headers.get("retry-after"), "2");
}

}  // namespace
}  // namespace sloop::web
