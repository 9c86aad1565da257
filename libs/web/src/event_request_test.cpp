// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sloop/web/event.hpp"

namespace sloop::web {
namespace {

Result<Request> read(std::string_view text, const EventOptions& options = {}, std::string_view trace_id = {}) {
  auto event = parse_json(text).value();
  const Trigger trigger = trigger_of(event);
  return request_of(trigger, std::move(event), trace_id, options);
}

constexpr std::string_view kV2 = R"({"version":"2.0","rawPath":"/my path","rawQueryString":"a=1&a=2%2C3",
  "cookies":["x=1","y=2"],"headers":{"Accept":"*/*","X-Forwarded-Proto":"http"},
  "queryStringParameters":{"a":"1,2,3"},
  "requestContext":{"stage":"$default","domainName":"id.execute-api.eu-west-1.amazonaws.com","http":{"method":"PUT"}},
  "body":"aGkA/w==","isBase64Encoded":true})";

TEST(EventRequest, version_2_gives_raw_query_cookies_and_bytes) {
  const Request request = read(kV2).value();
  EXPECT_EQ(request.trigger, Trigger::http_api);
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.path, "/my path");
  EXPECT_EQ(request.query_parameters(), (Parameters{{"a", "1"}, {"a", "2,3"}}));
  EXPECT_EQ(request.headers.get("cookie"), "x=1; y=2");
  EXPECT_EQ(request.scheme, "http");
  EXPECT_EQ(request.host(), "id.execute-api.eu-west-1.amazonaws.com");
  EXPECT_EQ(request.body, std::string_view("hi\0\xff", 4));
}

TEST(EventRequest, a_function_url_is_known_by_its_domain) {
  const auto event = parse_json(
      R"({"rawPath":"/","requestContext":{"domainName":"a.lambda-url.us-east-1.on.aws","http":{"method":"GET"}}})");
  EXPECT_EQ(trigger_of(*event), Trigger::function_url);
}

TEST(EventRequest, rest_takes_lists_first_and_merges_what_only_the_single_map_has) {
  const Request request = read(R"({"httpMethod":"GET","path":"/p","requestContext":{},
    "headers":{"Accept":"last","Only":"single"},"multiValueHeaders":{"Accept":["first","last"]},
    "queryStringParameters":{"q":"2","z":"0"},"multiValueQueryStringParameters":{"q":["1 &","2"]}})")
                              .value();
  EXPECT_EQ(request.trigger, Trigger::rest_api);
  EXPECT_EQ(request.headers, (Headers{{"Accept", "first"}, {"Accept", "last"}, {"Only", "single"}}));
  EXPECT_EQ(request.query_parameters(), (Parameters{{"q", "1 &"}, {"q", "2"}}));
  EXPECT_EQ(request.scheme, "https");
}

std::string rest_in_stage(std::string_view stage, std::string_view path) {
  return R"({"httpMethod":"GET","path":")" + std::string(path) + R"(","requestContext":{"stage":")" +
         std::string(stage) + R"("}})";
}

TEST(EventRequest, the_stage_stands_in_front_unless_default_there_or_unwanted) {
  EXPECT_EQ(read(rest_in_stage("prod", "/a")).value().path, "/prod/a");
  EXPECT_EQ(read(rest_in_stage("prod", "/a")).value().base_path, "/prod");
  EXPECT_EQ(read(rest_in_stage("$default", "/a")).value().path, "/a");
  EXPECT_EQ(read(rest_in_stage("prod", "/prod/a")).value().path, "/prod/a");
  EXPECT_EQ(read(rest_in_stage("prod", "/production")).value().path, "/prod/production");
  EXPECT_EQ(read(rest_in_stage("prod", "/a"), {.ignore_stage = true}).value().path, "/a");
}

TEST(EventRequest, an_http_apis_path_holds_the_stage_already) {
  const Request request =
      read(R"({"rawPath":"/prod/a","requestContext":{"stage":"prod","http":{"method":"GET"}}})").value();
  EXPECT_EQ(request.path, "/prod/a");
  EXPECT_EQ(request.base_path, "/prod");
}

TEST(EventRequest, a_load_balancers_query_is_still_encoded) {
  const Request request = read(R"({"httpMethod":"GET","path":"/a%20b","requestContext":{"elb":{}},
    "queryStringParameters":{"na%20me":"a%2Bb","plus":"a+b"}})")
                              .value();
  EXPECT_EQ(request.trigger, Trigger::load_balancer);
  EXPECT_EQ(request.path, "/a%20b");
  EXPECT_EQ(request.query_parameters(), (Parameters{{"na me", "a+b"}, {"plus", "a b"}}));
}

TEST(EventRequest, a_web_socket_message_is_a_post_to_the_root) {
  const Request request = read(R"({"requestContext":{"connectionId":"c","domainName":"d","stage":"prod"},
    "body":"hello","isBase64Encoded":false})")
                              .value();
  EXPECT_EQ(request.trigger, Trigger::websocket);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/");
  EXPECT_EQ(request.host(), "d");
  EXPECT_EQ(request.body, "hello");
}

TEST(EventRequest, lattice_1_has_its_own_names) {
  const Request request = read(R"({"raw_path":"/p?state=a%20b","method":"GET","headers":{"host":"h"},
    "query_string_parameters":{"state":"a b"},"body":"aGk=","is_base64_encoded":"true"})")
                              .value();
  EXPECT_EQ(request.trigger, Trigger::lattice_v1);
  EXPECT_EQ(request.path, "/p");
  EXPECT_EQ(request.query_parameters(), (Parameters{{"state", "a b"}}));
  EXPECT_EQ(request.body, "hi");
}

TEST(EventRequest, lattice_2_has_lists) {
  const Request request = read(R"({"version":"2.0","path":"/p","method":"POST","headers":{"a":["1","2"]},
    "queryStringParameters":{"q":["1","2"]},"body":"hi","isBase64Encoded":false,
    "requestContext":{"serviceNetworkArn":"arn"}})")
                              .value();
  EXPECT_EQ(request.trigger, Trigger::lattice_v2);
  EXPECT_EQ(request.headers, (Headers{{"a", "1"}, {"a", "2"}}));
  EXPECT_EQ(request.query, "q=1&q=2");
}

TEST(EventRequest, the_trace_id_becomes_a_header) {
  EXPECT_EQ(read(kV2, {}, "Root=1-2-3").value().headers.get("x-amzn-trace-id"), "Root=1-2-3");
}

TEST(EventRequest, context_and_variables_stay_within_reach) {
  const Request request = read(R"({"httpMethod":"GET","path":"/p","pathParameters":{"proxy":"p"},
    "stageVariables":{"a":"b"},"requestContext":{"authorizer":{"principalId":"admin"}}})")
                              .value();
  EXPECT_EQ(find_string(*sloop::find(*request.request_context(), "authorizer"), "principalId"), "admin");
  EXPECT_EQ(find_string(*request.path_parameters(), "proxy"), "p");
  EXPECT_EQ(find_string(*request.stage_variables(), "a"), "b");
}

TEST(EventRequest, other_events_are_none) {
  for (const auto text : {R"({"Records":[]})", "[]", "null", "{}", R"("text")"}) {
    EXPECT_EQ(trigger_of(*parse_json(text)), Trigger::none) << text;
    EXPECT_EQ(read(text).error().kind, ErrorKind::invalid_input);
  }
}

TEST(EventRequest, headers_that_http_forbids_are_refused) {
  for (const auto header :
       {R"("a\r\nb":"c")", R"("a":"b\nset-cookie: c")", R"("a":"\u0000")", R"("":"c")", R"("a":1)"}) {
    const auto request =
        read(R"({"httpMethod":"GET","path":"/","requestContext":{},"headers":{)" + std::string(header) + "}}");
    EXPECT_FALSE(request) << header;
  }
}

TEST(EventRequest, a_body_that_is_no_base64_is_refused) {
  const auto request = read(R"({"httpMethod":"GET","path":"/","body":"*","isBase64Encoded":true})");
  EXPECT_TRUE(request.error().message.contains("base64")) << request.error().message;
}

TEST(EventRequest, ten_thousand_headers_are_read) {
  JsonObject headers;
  for (int i = 0; i < 10'000; ++i) headers.emplace("x-" + std::to_string(i), "v");
  const JsonObject event{{"httpMethod", "GET"}, {"path", "/"}, {"headers", std::move(headers)}};
  EXPECT_EQ(request_of(Trigger::rest_api, event).value().headers.size(), 10'000u);
}

TEST(EventRequest, a_path_without_a_slash_gets_one) {
  EXPECT_EQ(read(R"({"httpMethod":"GET","path":"a"})").value().path, "/a");
  EXPECT_EQ(read(R"({"httpMethod":"GET"})").value().path, "/");
}

}  // namespace
}  // namespace sloop::web
