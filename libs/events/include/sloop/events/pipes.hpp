// SPDX-License-Identifier: Apache-2.0
//
// Batches of EventBridge Pipes: lists of records without an envelope, for enrichment and for targets.
//
//   Result<void> handle(const PipesSqsEvent& messages);
//
// A pipe without an input template sends records of the source's own shape; with `data` in base64 as the source has it.
// Source: EventBridge User Guide, "Amazon EventBridge Pipes sources".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"
#include "sloop/events/dynamodb.hpp"
#include "sloop/events/sqs.hpp"

namespace sloop::events {

/// Kinesis records are flat in pipes.
struct PipesKinesisRecord {
  std::optional<std::string> kinesisSchemaVersion = {};
  std::optional<std::string> partitionKey = {};
  std::optional<std::string> sequenceNumber = {};
  /// Base64.
  std::string data = {};
  /// Seconds since 1970.
  std::optional<double> approximateArrivalTimestamp = {};
  std::optional<std::string> encryptionType = {};
  std::optional<std::string> eventSource = {};
  std::optional<std::string> eventVersion = {};
  std::optional<std::string> eventID = {};
  std::optional<std::string> eventName = {};
  std::optional<std::string> invokeIdentityArn = {};
  std::optional<std::string> awsRegion = {};
  std::optional<std::string> eventSourceARN = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_data() const { return from_base64(data, "data"); }
};

/// Records of all partitions in one list.
struct PipesKafkaRecord {
  std::optional<std::string> eventSource = {};
  std::optional<std::string> eventSourceArn = {};
  std::optional<std::string> bootstrapServers = {};
  std::optional<std::string> eventSourceKey = {};
  std::string topic = {};
  Json partition = {};
  Json offset = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timestamp = {};
  /// Base64.
  std::optional<std::string> timestampType = {};
  std::optional<std::string> key = {};
  std::optional<std::string> value = {};
  std::optional<std::vector<Json>> headers = {};
  Rest rest = {};
};

using PipesSqsEvent = std::vector<SqsMessage>;
using PipesDynamoDbEvent = std::vector<DynamoDbEventRecord>;
using PipesKinesisEvent = std::vector<PipesKinesisRecord>;
using PipesKafkaEvent = std::vector<PipesKafkaRecord>;

}  // namespace sloop::events
