// SPDX-License-Identifier: Apache-2.0
//
// Notifications of SNS topics.
//
//   for (const auto& record : event.Records) auto order = read_json<Order>(record.Sns.Message);
//
// Messages that came through a queue are opened by envelope.hpp.
// Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SNS".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct SnsMessageAttribute {
  std::string Type = {};
  std::string Value = {};
  Rest rest = {};
};

/// The addresses are spelled `..Url` in events of Lambda and `..URL` in messages of queues.
struct SnsMessage {
  std::string Type = {};
  std::string MessageId = {};
  std::string TopicArn = {};
  std::string Message = {};
  std::string Timestamp = {};
  std::optional<std::string> Subject = {};
  std::optional<std::string> Signature = {};
  std::optional<std::string> SignatureVersion = {};
  std::optional<std::string> SigningCertUrl = {};
  std::optional<std::string> SigningCertURL = {};
  std::optional<std::string> UnsubscribeUrl = {};
  std::optional<std::string> UnsubscribeURL = {};
  /// In confirmations of a subscription.
  std::optional<std::string> Token = {};
  std::optional<std::string> SubscribeURL = {};
  /// Of FIFO topics.
  std::optional<std::string> SequenceNumber = {};
  std::optional<std::map<std::string, SnsMessageAttribute>> MessageAttributes = {};
  Rest rest = {};

  [[nodiscard]] Result<Time> sent_at() const { return parse_time(Timestamp); }
};

struct SnsRecord {
  std::string EventSource = {};
  std::string EventSubscriptionArn = {};
  std::optional<std::string> EventVersion = {};
  SnsMessage Sns = {};
  Rest rest = {};
};

struct SnsEvent {
  std::vector<SnsRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "sns";
};

}  // namespace sloop::events
