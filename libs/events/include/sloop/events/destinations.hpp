// SPDX-License-Identifier: Apache-2.0
//
// The records that Lambda sends to destinations: of asynchronous invocations, and of batches that were given up.
//
//   if (record.requestContext.condition == "RetriesExhausted") ...
//
// Source: AWS Lambda Developer Guide, "Capturing records of asynchronous invocations"; "on-failure destinations" of
// Kinesis, DynamoDB and Kafka.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/core/fields.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct DestinationRequestContext {
  /// `Success`, `RetriesExhausted`, `EventAgeExceeded`, `RetryAttemptsExhausted` ..
  std::string requestId = {};
  std::string functionArn = {};
  std::string condition = {};
  std::optional<std::int64_t> approximateInvokeCount = {};
  Rest rest = {};
};

struct DestinationResponseContext {
  std::optional<std::int64_t> statusCode = {};
  std::optional<std::string> executedVersion = {};
  std::optional<std::string> functionError = {};
  Rest rest = {};
};

/// An asynchronous invocation.
struct LambdaDestinationRecord {
  std::string version = {};
  std::string timestamp = {};
  DestinationRequestContext requestContext = {};
  std::optional<Json> requestPayload = {};
  std::optional<DestinationResponseContext> responseContext = {};
  /// Of a failure: `errorMessage`, `errorType`, `stackTrace`.
  std::optional<Json> responsePayload = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "destination";
  [[nodiscard]] Result<Time> occurred_at() const { return parse_time(timestamp); }
};

struct StreamBatchInfo {
  std::optional<std::string> shardId = {};
  std::optional<std::string> startSequenceNumber = {};
  std::optional<std::string> endSequenceNumber = {};
  std::optional<std::string> approximateArrivalOfFirstRecord = {};
  std::optional<std::string> approximateArrivalOfLastRecord = {};
  std::optional<std::string> streamArn = {};
  std::optional<std::int64_t> batchSize = {};
  Rest rest = {};
};

struct KafkaBatchInfo {
  std::optional<std::int64_t> batchSize = {};
  std::optional<Json> eventSourceArn = {};
  std::optional<Json> bootstrapServers = {};
  std::optional<Json> payloadSize = {};
  /// By topic and partition: first and last offset and time.
  std::optional<Json> recordsInfo = {};
  Rest rest = {};
};

/// A batch of a stream or topic that Lambda gave up. `payload` (the event, as JSON text) only in buckets and topics.
struct FailedBatchRecord {
  std::string version = {};
  std::string timestamp = {};
  DestinationRequestContext requestContext = {};
  std::optional<DestinationResponseContext> responseContext = {};
  std::optional<StreamBatchInfo> KinesisBatchInfo = {};
  std::optional<StreamBatchInfo> DDBStreamBatchInfo = {};
  std::optional<KafkaBatchInfo> KafkaBatchInfo_ = {};
  std::optional<Json> payload = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "failed_batch";
  static constexpr FieldInfo field_info[] = {{.name = "KafkaBatchInfo_", .key = "KafkaBatchInfo"}};
};

}  // namespace sloop::events
