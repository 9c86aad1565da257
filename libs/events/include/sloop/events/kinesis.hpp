// SPDX-License-Identifier: Apache-2.0
//
// Records of Kinesis data streams, in the order of their shard.
//
//   return for_each_record(event, [](const KinesisEventRecord& record) -> Result<void> { ... });   // batch.hpp
//
// Source: AWS Lambda Developer Guide, "Using Lambda with Kinesis Data Streams".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"
#include "sloop/events/stream_window.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct KinesisRecord {
  std::optional<std::string> kinesisSchemaVersion = {};
  std::string partitionKey = {};
  std::string sequenceNumber = {};
  /// Base64.
  std::string data = {};
  /// Seconds since 1970.
  std::optional<double> approximateArrivalTimestamp = {};
  /// `NONE` or `KMS`.
  std::optional<std::string> encryptionType = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_data() const { return from_base64(data, "kinesis.data"); }
  [[nodiscard]] std::optional<Time> arrived_at() const { return time_of_seconds(approximateArrivalTimestamp); }
};

struct KinesisEventRecord {
  KinesisRecord kinesis = {};
  std::string eventSource = {};
  std::string eventID = {};
  std::optional<std::string> eventVersion = {};
  std::optional<std::string> eventName = {};
  std::optional<std::string> invokeIdentityArn = {};
  std::optional<std::string> awsRegion = {};
  std::optional<std::string> eventSourceARN = {};
  Rest rest = {};
};

struct KinesisEvent {
  std::vector<KinesisEventRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "kinesis";
};

/// With a tumbling window.
struct KinesisTimeWindowEvent {
  std::vector<KinesisEventRecord> Records = {};
  StreamWindow window = {};
  std::map<std::string, Json> state = {};
  std::string shardId = {};
  std::string eventSourceARN = {};
  bool isFinalInvokeForWindow = false;
  bool isWindowTerminatedEarly = false;
  Rest rest = {};

  static constexpr std::string_view event_kind = "kinesis_window";
};

}  // namespace sloop::events
