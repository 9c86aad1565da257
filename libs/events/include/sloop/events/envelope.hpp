// SPDX-License-Identifier: Apache-2.0
//
// Your own JSON, out of what AWS wraps it in.
//
//   Result<Order> order = body_as<Order>(message);          // an SQS message, or an SNS one
//   Result<SnsMessage> note = sns_in(message);              // a topic that writes to a queue
//   auto placed = event_in<OrderPlaced>(message);           // a rule of EventBridge that writes to a queue
//   Result<Reading> reading = data_as<Reading>(record);     // Kinesis, Firehose, MQ: base64 of JSON
#pragma once

#include "sloop/core/reflect.hpp"
#include "sloop/events/eventbridge.hpp"
#include "sloop/events/sns.hpp"
#include "sloop/events/sqs.hpp"

namespace sloop::events {

/// Fails with `invalid_input`, naming the path from `body`.
template <class T>
[[nodiscard]] Result<T> body_as(const SqsMessage& message) {
  auto json = parse_json(message.body);
  if (!json) return fail(json.error().within("body"));
  return from_json<T>(*json, {.place = "body"});
}

template <class T>
[[nodiscard]] Result<T> body_as(const SnsMessage& message) {
  auto json = parse_json(message.Message);
  if (!json) return fail(json.error().within("Message"));
  return from_json<T>(*json, {.place = "Message"});
}

/// The notification in a message of a queue that subscribes to a topic (without raw delivery).
[[nodiscard]] inline Result<SnsMessage> sns_in(const SqsMessage& message) {
  return body_as<SnsMessage>(message);
}

/// The event in a message of a queue that is a rule's target.
template <class Detail>
[[nodiscard]] Result<EventBridgeEvent<Detail>> event_in(const SqsMessage& message) {
  return body_as<EventBridgeEvent<Detail>>(message);
}

/// JSON in the base64 of a record.
template <class T, class Record>
  requires requires(const Record& record) { record.decoded_data(); }
[[nodiscard]] Result<T> data_as(const Record& record) {
  const auto bytes = record.decoded_data();
  if (!bytes) return fail(bytes.error());
  auto json = parse_json(*bytes);
  if (!json) return fail(json.error().within("data"));
  return from_json<T>(*json, {.place = "data"});
}

/// JSON in the value of a Kafka record.
template <class T, class Record>
  requires requires(const Record& record) { record.decoded_value(); }
[[nodiscard]] Result<T> value_as(const Record& record) {
  const auto bytes = record.decoded_value();
  if (!bytes) return fail(bytes.error());
  auto json = parse_json(*bytes);
  if (!json) return fail(json.error().within("value"));
  return from_json<T>(*json, {.place = "value"});
}

}  // namespace sloop::events
