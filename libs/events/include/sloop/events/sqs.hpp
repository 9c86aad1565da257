// SPDX-License-Identifier: Apache-2.0
//
// Messages of SQS queues.
//
//   return for_each_record(event, [](const SqsMessage& message) -> Result<void> { ... });   // batch.hpp
//
// Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct SqsMessageAttribute {
  /// `String`, `Number`, `Binary`, with a suffix of your own.
  std::string dataType = {};
  std::optional<std::string> stringValue = {};
  std::optional<std::string> binaryValue = {};
  std::optional<std::vector<std::string>> stringListValues = {};
  std::optional<std::vector<std::string>> binaryListValues = {};
  Rest rest = {};
};

struct SqsMessage {
  std::string messageId = {};
  std::string body = {};
  std::optional<std::string> receiptHandle = {};
  std::optional<std::string> md5OfBody = {};
  std::optional<std::string> md5OfMessageAttributes = {};
  /// `SentTimestamp` (milliseconds since 1970), `ApproximateReceiveCount`, `MessageGroupId` ..
  std::optional<std::map<std::string, std::string>> attributes = {};
  std::optional<std::map<std::string, SqsMessageAttribute>> messageAttributes = {};
  std::optional<std::string> eventSource = {};
  std::optional<std::string> eventSourceARN = {};
  std::optional<std::string> awsRegion = {};
  Rest rest = {};

  /// The group of a FIFO queue; empty otherwise.
  [[nodiscard]] std::string_view message_group() const;
  /// Whether the queue is FIFO, by its name.
  [[nodiscard]] bool is_fifo() const { return eventSourceARN && eventSourceARN->ends_with(".fifo"); }
  [[nodiscard]] std::optional<Time> sent_at() const;
};

struct SqsEvent {
  std::vector<SqsMessage> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "sqs";
};

/// As the queue's own API spells it, for state machines that receive messages.
struct SqsApiMessage {
  std::string MessageId = {};
  std::string Body = {};
  std::optional<std::string> ReceiptHandle = {};
  std::optional<std::string> Md5OfBody = {};
  std::optional<std::string> MD5OfBody = {};
  std::optional<std::string> Md5OfMessageAttributes = {};
  std::optional<std::string> MD5OfMessageAttributes = {};
  std::optional<std::map<std::string, std::string>> Attributes = {};
  std::optional<std::map<std::string, Json>> MessageAttributes = {};
  Rest rest = {};
};

struct SqsApiEvent {
  std::vector<SqsApiMessage> Messages = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "sqs_api";
};

}  // namespace sloop::events
