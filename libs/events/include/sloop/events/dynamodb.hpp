// SPDX-License-Identifier: Apache-2.0
//
// Streams of DynamoDB tables: what changed, in order.
//
//   return for_each_record(event, [](const DynamoDbEventRecord& record) -> Result<void> { ... });   // batch.hpp
//
// Source: AWS Lambda Developer Guide, "Using Lambda with DynamoDB".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/dynamodb_value.hpp"
#include "sloop/events/stream_window.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

/// Deletions by time to live have type `Service` and principal `dynamodb.amazonaws.com`.
struct DynamoDbUserIdentity {
  std::optional<std::string> type = {};
  std::optional<std::string> principalId = {};
  Rest rest = {};
};

struct DynamoDbStreamRecord {
  /// Seconds since 1970; of global tables and Kinesis also milliseconds.
  std::optional<double> ApproximateCreationDateTime = {};
  std::optional<std::string> ApproximateCreationDateTimePrecision = {};
  std::map<std::string, Json> Keys = {};
  std::optional<std::map<std::string, Json>> NewImage = {};
  std::optional<std::map<std::string, Json>> OldImage = {};
  std::optional<std::string> SequenceNumber = {};
  std::optional<std::int64_t> SizeBytes = {};
  /// `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE`, `NEW_AND_OLD_IMAGES`.
  std::optional<std::string> StreamViewType = {};
  Rest rest = {};

  [[nodiscard]] std::optional<Time> created_at() const { return time_of_seconds(ApproximateCreationDateTime); }
};

/// Of a stream, or (`tableName`) of a Kinesis stream for the table.
struct DynamoDbEventRecord {
  /// The name is `INSERT`, `MODIFY` or `REMOVE`.
  std::string eventID = {};
  std::string eventName = {};
  std::string eventSource = {};
  std::string awsRegion = {};
  std::optional<std::string> eventVersion = {};
  std::optional<std::string> eventSourceARN = {};
  std::optional<std::string> tableName = {};
  std::optional<std::string> recordFormat = {};
  std::optional<DynamoDbUserIdentity> userIdentity = {};
  DynamoDbStreamRecord dynamodb = {};
  Rest rest = {};
};

struct DynamoDbEvent {
  std::vector<DynamoDbEventRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "dynamodb";
};

/// With a tumbling window.
struct DynamoDbTimeWindowEvent {
  std::vector<DynamoDbEventRecord> Records = {};
  StreamWindow window = {};
  std::map<std::string, Json> state = {};
  std::string shardId = {};
  std::string eventSourceARN = {};
  bool isFinalInvokeForWindow = false;
  bool isWindowTerminatedEarly = false;
  Rest rest = {};

  static constexpr std::string_view event_kind = "dynamodb_window";
};

}  // namespace sloop::events
