// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/door.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"
#include "sloop/doors/prelude.hpp"

namespace sloop::doors {
namespace {

using ::testing::HasSubstr;

const Visit kVisit{.request_id = "id",
                   .trace_id = "Root=1-0-0",
                   .at = std::chrono::system_clock::time_point(std::chrono::seconds(1583348638))};
const std::string kBytes("\xff\0\x80", 3);

serve::Request request(std::string method, std::string target, Headers headers = {}, std::string body = {}) {
  return {
      .method = std::move(method), .target = std::move(target), .headers = std::move(headers), .body = std::move(body)};
}

Json event_of(std::string_view door, const serve::Request& request) {
  const auto entry = enter(parse_door(door).value(), request, kVisit);
  const auto* event = std::get_if<std::string>(&entry);
  return event == nullptr ? Json() : parse_json(*event).value();
}

Answer refusal_of(std::string_view door, const serve::Request& request) {
  const auto entry = enter(parse_door(door).value(), request, kVisit);
  const auto* answer = std::get_if<Answer>(&entry);
  return answer == nullptr ? Answer{.status = 0} : *answer;
}

Answer answer_of(std::string_view door, std::string body, const serve::Request& to = request("GET", "/")) {
  return leave(parse_door(door).value(), to, {.body = std::move(body)});
}

std::string text(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* found = find(json, path);
  return found == nullptr ? "(absent)" : write_json(*found);
}

const auto kRich = request("GET", "/a%20b?x=1&x=2%2C3&y=%C3%A9+z",
                           {{"Host", "here"}, {"X-A", "1"}, {"x-a", "2"}, {"Cookie", "a=1; b=2"}});

TEST(FunctionUrl, a_request_becomes_an_event_of_format_2) {
  const Json event = event_of("url", kRich);
  EXPECT_EQ(find_string(event, "version"), "2.0");
  EXPECT_EQ(find_string(event, "rawPath"), "/a%20b");
  EXPECT_EQ(find_string(event, "rawQueryString"), "x=1&x=2%2C3&y=%C3%A9+z");
  EXPECT_EQ(text(event, {"queryStringParameters"}), R"({"x":"1,2,3","y":"é z"})");
  EXPECT_EQ(text(event, {"headers", "x-a"}), R"("1,2")");
  EXPECT_EQ(text(event, {"headers", "x-forwarded-for"}), R"("127.0.0.1")");
  EXPECT_EQ(text(event, {"headers", "cookie"}), "(absent)");
  EXPECT_EQ(text(event, {"cookies"}), R"(["a=1","b=2"])");
  EXPECT_EQ(text(event, {"requestContext", "domainName"}), R"("sloop.lambda-url.us-east-1.on.aws")");
  EXPECT_EQ(text(event, {"requestContext", "http", "method"}), R"("GET")");
  EXPECT_EQ(text(event, {"requestContext", "time"}), R"("04/Mar/2020:19:03:58 +0000")");
  EXPECT_EQ(text(event, {"requestContext", "timeEpoch"}), "1583348638000");
}

TEST(FunctionUrl, text_types_are_text_and_everything_else_is_base64) {
  const auto sent = [](const char* type, const std::string& body, Headers headers = {}) {
    headers.add("content-type", type);
    const Json event = event_of("url", request("POST", "/", headers, body));
    return text(event, {"body"}) + " " + text(event, {"isBase64Encoded"});
  };
  EXPECT_EQ(sent("application/json; charset=utf-8", "{}"), R"("{}" false)");
  EXPECT_EQ(sent("application/problem+json", "{}"), R"("{}" false)");
  EXPECT_EQ(sent("text/plain", "é"), R"("é" false)");
  EXPECT_EQ(sent("application/x-www-form-urlencoded", "a=1"), R"("YT0x" true)");
  EXPECT_EQ(sent("image/png", kBytes), R"("/wCA" true)");
  EXPECT_EQ(sent("text/plain", kBytes), R"("/wCA" true)");
  EXPECT_EQ(sent("text/plain", "a", {{"content-encoding", "gzip"}}), R"("YQ==" true)");
}

TEST(HttpApi, the_path_is_decoded_and_the_route_named) {
  const Json event = event_of("http-api,route=GET /boats/{id}", request("GET", "/boats/a%20b%3Fc?q=1"));
  EXPECT_EQ(find_string(event, "rawPath"), "/boats/a b");
  EXPECT_EQ(find_string(event, "routeKey"), "GET /boats/{id}");
  EXPECT_EQ(text(event, {"pathParameters"}), R"({"id":"a b"})");
  EXPECT_EQ(text(event, {"requestContext", "stage"}), R"("$default")");
}

TEST(HttpApi, a_stage_stands_before_the_path) {
  const Json event = event_of("http-api,stage=dev", request("GET", "/dev/boats"));
  EXPECT_EQ(find_string(event, "rawPath"), "/dev/boats");
  EXPECT_EQ(text(event, {"requestContext", "stage"}), R"("dev")");
  EXPECT_EQ(refusal_of("http-api,stage=dev", request("GET", "/boats")).status, 404);
  EXPECT_EQ(refusal_of("http-api,route=GET /a", request("PUT", "/a")).body, R"({"message":"Not Found"})");
}

TEST(RestApi, a_request_becomes_an_event_of_format_1) {
  const Json event = event_of("rest-api", request("GET", "/prod/a%20b?x=1&x=2", {{"X-A", "1"}, {"X-A", "2"}}));
  EXPECT_EQ(find_string(event, "resource"), "/{proxy+}");
  EXPECT_EQ(find_string(event, "path"), "/a%20b");
  EXPECT_EQ(text(event, {"requestContext", "path"}), R"("/prod/a%20b")");
  EXPECT_EQ(text(event, {"pathParameters"}), R"({"proxy":"a b"})");
  EXPECT_EQ(text(event, {"queryStringParameters"}), R"({"x":"2"})");
  EXPECT_EQ(text(event, {"multiValueQueryStringParameters"}), R"({"x":["1","2"]})");
  EXPECT_EQ(text(event, {"headers", "X-A"}), R"("2")");
  EXPECT_EQ(text(event, {"multiValueHeaders", "X-A"}), R"(["1","2"])");
  EXPECT_EQ(text(event, {"body"}), "null");
}

TEST(RestApi, what_is_not_there_is_null_and_another_stage_is_forbidden) {
  const Json event = event_of("rest-api,stage=v1", request("GET", "/v1"));
  EXPECT_EQ(find_string(event, "path"), "/");
  EXPECT_EQ(text(event, {"pathParameters"}), "null");
  EXPECT_EQ(text(event, {"queryStringParameters"}), "null");
  EXPECT_EQ(refusal_of("rest-api,stage=v1", request("GET", "/v2/a")).status, 403);
}

TEST(RestApi, binary_media_types_decide_about_base64_both_ways) {
  const auto upload = request("POST", "/prod/a", {{"content-type", "image/png"}, {"accept", "image/png"}}, kBytes);
  EXPECT_EQ(text(event_of("rest-api,binary=image/*", upload), {"body"}), R"("/wCA")");
  EXPECT_EQ(text(event_of("rest-api", upload), {"isBase64Encoded"}), "false");
  const std::string reply = R"({"statusCode":200,"body":"/wCA","isBase64Encoded":true})";
  EXPECT_EQ(answer_of("rest-api,binary=image/*", reply, upload).body, kBytes);
  EXPECT_EQ(answer_of("rest-api", reply, upload).body, "/wCA");
}

TEST(LoadBalancer, parameters_are_left_as_they_came) {
  const auto sent = request("GET", "/a%20b?x=%20&x=2", {{"X-A", "1"}, {"x-a", "2"}});
  const Json single = event_of("alb", sent);
  EXPECT_EQ(find_string(single, "path"), "/a%20b");
  EXPECT_EQ(text(single, {"queryStringParameters"}), R"({"x":"2"})");
  EXPECT_EQ(text(single, {"headers", "x-a"}), R"("2")");
  EXPECT_EQ(text(single, {"body"}), R"("")");
  const Json multiple = event_of("alb,multi-value", sent);
  EXPECT_EQ(text(multiple, {"multiValueQueryStringParameters"}), R"({"x":["%20","2"]})");
  EXPECT_EQ(text(multiple, {"multiValueHeaders", "x-a"}), R"(["1","2"])");
  EXPECT_EQ(text(multiple, {"headers"}), "(absent)");
}

TEST(LoadBalancer, multi_value_decides_which_headers_of_the_reply_count) {
  const std::string reply = R"({"statusCode":200,"headers":{"x":"1"},"multiValueHeaders":{"x":["2","3"]}})";
  EXPECT_EQ(answer_of("alb", reply).headers, (Headers{{"x", "1"}}));
  EXPECT_EQ(answer_of("alb,multi-value", reply).headers, (Headers{{"x", "2"}, {"x", "3"}}));
  EXPECT_EQ(answer_of("rest-api", reply).headers, (Headers{{"x", "2"}, {"x", "3"}}));
}

TEST(Reply, format_2_has_cookies_and_bytes) {
  const auto answer = answer_of("url", R"({"statusCode":201,"headers":{"content-type":"image/png","n":5},)"
                                       R"("cookies":["a=1","b=2"],"body":"/wCA","isBase64Encoded":true})");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.headers,
            (Headers{{"content-type", "image/png"}, {"n", "5"}, {"set-cookie", "a=1"}, {"set-cookie", "b=2"}}));
  EXPECT_EQ(answer.body, kBytes);
}

TEST(Reply, json_without_a_status_is_a_body_in_format_2_and_an_error_elsewhere) {
  EXPECT_EQ(answer_of("http-api", R"({"a":1})").body, R"({"a":1})");
  EXPECT_EQ(answer_of("url", R"("Hello")").body, "Hello");
  EXPECT_EQ(answer_of("rest-api", R"({"a":1})").status, 502);
  EXPECT_EQ(answer_of("alb", R"({"a":1})").status, 502);
}

TEST(Reply, what_is_no_http_reply_becomes_the_doors_own_error) {
  for (const char* wrong : {R"({"statusCode":99})", R"({"statusCode":"x"})", R"({"statusCode":200,"body":{}})",
                            R"({"statusCode":200,"headers":[]})", R"({"statusCode":200,"headers":{"a":"b\r\nc: d"}})",
                            R"({"statusCode":200,"headers":{"a b":"c"}})", "{"}) {
    EXPECT_EQ(answer_of("url", wrong).status, 502) << wrong;
    EXPECT_EQ(answer_of("http-api", wrong).status, 500) << wrong;
    EXPECT_EQ(answer_of("rest-api", wrong).status, 502) << wrong;
    EXPECT_EQ(answer_of("alb", wrong).status, 502) << wrong;
  }
  EXPECT_EQ(answer_of("url", R"({"statusCode":200,"body":"*","isBase64Encoded":true})").status, 502);
}

TEST(Reply, a_function_that_fails_or_is_late_is_told_in_the_doors_words) {
  const auto failed = [](std::string_view door, bool late) {
    return leave(parse_door(door).value(), request("GET", "/"), {.failed = true, .timed_out = late}).status;
  };
  EXPECT_EQ(failed("url", false), 502);
  EXPECT_EQ(failed("http-api", true), 503);
  EXPECT_EQ(failed("rest-api", true), 504);
  EXPECT_EQ(failed("alb", true), 504);
}

TEST(Reply, a_streamed_reply_is_whole_behind_a_door_that_collects) {
  const std::string stream = R"({"statusCode":202,"headers":{"a":"b"}})" + std::string(8, '\0') + "body";
  const auto answer = leave(parse_door("url").value(), request("GET", "/"),
                            {.body = stream, .content_type = std::string(kPreludeType)});
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(answer.body, "body");
}

TEST(Door, more_than_an_event_may_hold_is_refused) {
  const std::string large(7 * 1024 * 1024, 'x');
  for (const char* door : {"url", "alb"})
    EXPECT_EQ(refusal_of(door, request("POST", "/a", {{"content-type", "text/plain"}}, large)).status, 413) << door;
}

TEST(Door, bytes_that_are_no_utf8_never_break_the_event) {
  const auto odd = request("GET", "/\xff?\xfe=\xfd", {{"x-\xff", "\xff"}, {"x", "\xff"}}, "\xff");
  for (const char* door : {"url", "http-api", "alb,multi-value"}) {
    const auto sent = enter(parse_door(door).value(), odd, kVisit);
    const auto* event = std::get_if<std::string>(&sent);
    EXPECT_TRUE(event != nullptr && parse_json(*event)) << door;
  }
}

}  // namespace
}  // namespace sloop::doors
