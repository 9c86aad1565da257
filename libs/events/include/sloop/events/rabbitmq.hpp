// SPDX-License-Identifier: Apache-2.0
//
// Messages of a RabbitMQ broker on Amazon MQ, by queue and virtual host (`queue::/`).
//
//   for (const auto& [queue, messages] : event.rmqMessagesByQueue) ...
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

struct RabbitMqBasicProperties {
  std::optional<std::string> contentType = {};
  std::optional<std::string> contentEncoding = {};
  std::optional<std::string> correlationId = {};
  std::optional<std::string> replyTo = {};
  std::optional<std::string> expiration = {};
  std::optional<std::string> messageId = {};
  std::optional<std::string> type = {};
  std::optional<std::string> userId = {};
  std::optional<std::string> appId = {};
  std::optional<std::string> clusterId = {};
  /// As the broker's clock writes it: `Jan 1, 1970, 12:33:41 AM`.
  std::optional<std::string> timestamp = {};
  /// Texts come as `{"bytes": [..]}`.
  std::optional<std::map<std::string, Json>> headers = {};
  std::int64_t deliveryMode = 0;
  std::optional<std::int64_t> priority = {};
  std::optional<std::int64_t> bodySize = {};
  Rest rest = {};
};

struct RabbitMqMessage {
  RabbitMqBasicProperties basicProperties = {};
  bool redelivered = false;
  /// Base64.
  std::string data = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_data() const { return from_base64(data, "data"); }
};

struct RabbitMqEvent {
  std::string eventSource = {};
  std::string eventSourceArn = {};
  std::map<std::string, std::vector<RabbitMqMessage>> rmqMessagesByQueue = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "rabbitmq";
};

}  // namespace sloop::events
