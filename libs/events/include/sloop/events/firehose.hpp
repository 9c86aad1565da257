// SPDX-License-Identifier: Apache-2.0
//
// Transformations of Amazon Data Firehose: each record comes back as Ok, Dropped or ProcessingFailed.
//
//   response.records.push_back({.recordId = record.recordId, .result = "Ok", .data = encode_base64(bytes)});
//
// Source: Amazon Data Firehose Developer Guide, "Transform source data".
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
#include "sloop/events/time.hpp"

namespace sloop::events {

struct KinesisFirehoseRecordMetadata {
  std::optional<std::string> shardId = {};
  std::optional<std::string> partitionKey = {};
  std::optional<std::string> sequenceNumber = {};
  std::optional<Json> approximateArrivalTimestamp = {};
  std::optional<Json> subsequenceNumber = {};
  Rest rest = {};
};

struct KinesisFirehoseEventRecord {
  std::string recordId = {};
  /// Base64.
  std::string data = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> approximateArrivalTimestamp = {};
  std::optional<KinesisFirehoseRecordMetadata> kinesisRecordMetadata = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_data() const { return from_base64(data, "data"); }
  [[nodiscard]] std::optional<Time> arrived_at() const { return time_of_millis(approximateArrivalTimestamp); }
};

struct KinesisFirehoseEvent {
  std::string invocationId = {};
  std::string deliveryStreamArn = {};
  std::string region = {};
  std::optional<std::string> sourceKinesisStreamArn = {};
  std::vector<KinesisFirehoseEventRecord> records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "firehose";
};

/// Where a record goes in tables of Apache Iceberg.
struct KinesisFirehoseOtfMetadata {
  std::optional<std::string> destinationTableName = {};
  std::optional<std::string> destinationDatabaseName = {};
  std::optional<std::string> operation = {};
  Rest rest = {};
};

struct KinesisFirehoseResponseRecordMetadata {
  std::optional<std::map<std::string, std::string>> partitionKeys = {};
  std::optional<KinesisFirehoseOtfMetadata> otfMetadata = {};
  Rest rest = {};
};

struct KinesisFirehoseResponseRecord {
  std::string recordId = {};
  std::string result = {};
  std::optional<std::string> data = {};
  std::optional<KinesisFirehoseResponseRecordMetadata> metadata = {};
  Rest rest = {};
};

struct KinesisFirehoseResponse {
  std::vector<KinesisFirehoseResponseRecord> records = {};
  Rest rest = {};
};

}  // namespace sloop::events
