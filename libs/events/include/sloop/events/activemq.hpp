// SPDX-License-Identifier: Apache-2.0
//
// Messages of an ActiveMQ broker on Amazon MQ.
//
//   for (const auto& message : event.messages) Result<std::string> bytes = message.decoded_data();
//
// Source: AWS Lambda Developer Guide, "Using Lambda with Amazon MQ".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"

namespace sloop::events {

/// The queue.
struct ActiveMqDestination {
  std::optional<std::string> physicalName = {};
  std::optional<std::string> physicalname = {};
  Rest rest = {};
};

/// One message.
struct ActiveMqMessage {
  std::string messageID = {};
  /// `jms/text-message`, `jms/bytes-message`.
  std::string messageType = {};
  /// Base64.
  std::string data = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timestamp = {};
  std::optional<std::int64_t> brokerInTime = {};
  std::optional<std::int64_t> brokerOutTime = {};
  std::optional<std::int64_t> deliveryMode = {};
  std::optional<std::int64_t> expiration = {};
  std::optional<std::int64_t> priority = {};
  std::optional<std::string> correlationID = {};
  std::optional<std::string> replyTo = {};
  std::optional<std::string> type = {};
  std::optional<ActiveMqDestination> destination = {};
  std::optional<bool> redelivered = {};
  std::optional<std::map<std::string, Json>> properties = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_data() const { return from_base64(data, "data"); }
};

struct ActiveMqEvent {
  std::string eventSource = {};
  std::string eventSourceArn = {};
  std::vector<ActiveMqMessage> messages = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "activemq";
};

}  // namespace sloop::events
