// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/dispatcher.hpp"

#include <gtest/gtest.h>

#include "sloop/events/cognito.hpp"
#include "sloop/events/envelope.hpp"
#include "sloop/events/kind.hpp"
#include "sloop/events/s3.hpp"
#include "sloop/events/sns.hpp"
#include "sloop/events/sqs.hpp"
#include "sloop/lambda/run.hpp"

namespace sloop::events {
namespace {

struct Placed {
  std::string order;
  static constexpr std::string_view detail_type = "Order Placed";
};

Dispatcher shop() {
  return Dispatcher()
      .on<SqsEvent>([](const SqsEvent& event) { return event.Records.size(); })
      .on<EventBridgeEvent<Placed>>(
          [](const EventBridgeEvent<Placed>& event) -> Result<std::string> { return event.detail.order; })
      .on<CognitoPreSignupEvent>([](CognitoPreSignupEvent event, const lambda::Context& context) {
        event.response.autoConfirmUser = context.request_id == "r";
        return event;
      })
      .on<SnsEvent>([](const SnsEvent&) {});
}

std::string answer(const Dispatcher& dispatcher, std::string_view event) {
  const auto reply = dispatcher(parse_json(event).value(), {.request_id = "r"});
  return reply ? write_json(*reply) : reply.error().message;
}

constexpr std::string_view kSqs = R"({"Records":[{"messageId":"1","body":"b","eventSource":"aws:sqs"}]})";
constexpr std::string_view kSns =
    R"({"Records":[{"EventSource":"aws:sns","EventSubscriptionArn":"a","Sns":{"Type":"Notification","MessageId":"m",)"
    R"("TopicArn":"t","Message":"{}","Timestamp":"2015-06-03T17:43:27.123Z"}}]})";

TEST(dispatcher, each_event_goes_to_the_handler_of_its_type) {
  const auto dispatcher = shop();
  EXPECT_EQ(answer(dispatcher, kSqs), "1");
  EXPECT_EQ(answer(dispatcher, kSns), "null");
  EXPECT_EQ(answer(dispatcher, R"({"detail-type":"Order Placed","source":"shop","detail":{"order":"o1"}})"), R"("o1")");
  EXPECT_EQ(answer(dispatcher, R"({"version":"1","triggerSource":"PreSignUp_SignUp","region":"r","userPoolId":"p",)"
                               R"("callerContext":{},"request":{"userAttributes":{}},"response":{}})"),
            R"({"version":"1","triggerSource":"PreSignUp_SignUp","region":"r","userPoolId":"p",)"
            R"("callerContext":{},"request":{"userAttributes":{}},"response":{"autoConfirmUser":true}})");
}

TEST(dispatcher, an_event_that_nobody_takes_is_named) {
  const auto dispatcher = shop();
  EXPECT_EQ(
      answer(dispatcher, R"({"detail-type":"Order Paid","source":"shop","detail":{}})"),
      "no handler takes this event: it is of kind eventbridge, detail-type 'Order Paid', source 'shop'; taken are "
      "sqs, eventbridge (Order Placed), cognito (PreSignUp_), sns");
  EXPECT_TRUE(answer(dispatcher, R"({"prompt":"x"})")
                  .starts_with("no handler takes this event: its kind is unknown; it has the members prompt; taken"));
  EXPECT_TRUE(answer(dispatcher, "[1]").starts_with("no handler takes this event: it is no object but a JSON array"));
}

TEST(dispatcher, a_fallback_takes_the_rest_and_bad_events_name_the_path) {
  const auto dispatcher = shop().otherwise([](const Json& event) { return event; });
  EXPECT_EQ(answer(dispatcher, R"({"prompt":"x"})"), R"({"prompt":"x"})");
  EXPECT_EQ(answer(dispatcher, R"({"Records":[{"eventSource":"aws:sqs","body":"b"}]})"),
            "event.Records[0].messageId: is required");
}

TEST(dispatcher, it_is_a_handler_of_the_main_loop) {
  const auto handler = lambda::detail::text_handler(shop());
  EXPECT_EQ(handler(kSqs, {}).value(), "1");
}

TEST(kind, it_is_told_from_the_shape) {
  const auto kind = [](std::string_view text) { return kind_of(parse_json(text).value()); };
  EXPECT_EQ(kind(kSqs), "sqs");
  EXPECT_EQ(kind("{}"), "");
  EXPECT_EQ(kind("null"), "");
  EXPECT_EQ(kind(R"({"Records":[]})"), "");
  EXPECT_EQ(kind(R"({"Records":{"0":{"eventSource":"aws:sqs"}}})"), "");
}

TEST(envelope, json_is_taken_out_of_what_wraps_it) {
  SqsMessage message{.body = R"({"order":"o1"})"};
  EXPECT_EQ(body_as<Placed>(message)->order, "o1");
  message.body = R"({"Type":"Notification","MessageId":"m","TopicArn":"t","Message":"{\"order\":\"o2\"}",)"
                 R"("Timestamp":"2015-06-03T17:43:27.123Z"})";
  EXPECT_EQ(body_as<Placed>(sns_in(message).value())->order, "o2");
  message.body = R"({"detail-type":"Order Placed","source":"shop","detail":{"order":"o3"}})";
  EXPECT_EQ(event_in<Placed>(message)->detail.order, "o3");
  message.body = R"({"detail-type":"Order Placed","source":"shop","detail":{}})";
  EXPECT_EQ(event_in<Placed>(message).error().message, "body.detail.order: is required");
  message.body = "{";
  EXPECT_TRUE(body_as<Placed>(message).error().message.starts_with("body: not JSON"));
}

}  // namespace
}  // namespace sloop::events
