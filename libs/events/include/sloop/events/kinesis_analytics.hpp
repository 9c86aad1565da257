// SPDX-License-Identifier: Apache-2.0
//
// Kinesis Data Analytics (SQL) delivers its output to a function.
//
// Source: Kinesis Data Analytics Developer Guide, "Using a Lambda function as output".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"

namespace sloop::events {

struct KinesisAnalyticsRetryHint {
  std::optional<std::int64_t> retryHint = {};
  Rest rest = {};
};

struct KinesisAnalyticsOutputDeliveryEventRecord {
  std::string recordId = {};
  /// Base64.
  std::string data = {};
  std::optional<KinesisAnalyticsRetryHint> lambdaDeliveryRecordMetadata = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_data() const { return from_base64(data, "data"); }
};

struct KinesisAnalyticsOutputDeliveryEvent {
  std::string invocationId = {};
  std::string applicationArn = {};
  std::vector<KinesisAnalyticsOutputDeliveryEventRecord> records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "kinesis_analytics";
};

struct KinesisAnalyticsOutputDeliveryResponseRecord {
  /// `Ok` or `DeliveryFailed`.
  std::string recordId = {};
  std::string result = {};
  Rest rest = {};
};

struct KinesisAnalyticsOutputDeliveryResponse {
  std::vector<KinesisAnalyticsOutputDeliveryResponseRecord> records = {};
  Rest rest = {};
};

}  // namespace sloop::events
