// SPDX-License-Identifier: Apache-2.0
//
// Records of Apache Kafka topics: Amazon MSK and self-managed clusters, with the fields of schema registries.
//
//   return for_each_record(event, [](const KafkaRecord& record) -> Result<void> { ... });   // batch.hpp
//
// Source: AWS Lambda Developer Guide, "Using Lambda with Apache Kafka"; "Using schema registries with Kafka event
// sources".
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

struct KafkaSchemaMetadata {
  /// `AVRO`, `JSON` or `PROTOBUF`.
  std::string dataFormat = {};
  std::optional<std::string> schemaId = {};
  Rest rest = {};
};

struct KafkaRecord {
  std::string topic = {};
  std::int64_t partition = 0;
  std::int64_t offset = 0;
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timestamp = {};
  std::optional<std::string> timestampType = {};
  /// Base64.
  std::optional<std::string> key = {};
  std::optional<std::string> value = {};
  /// The values as bytes, signed.
  std::optional<std::vector<std::map<std::string, std::vector<std::int64_t>>>> headers = {};
  std::optional<KafkaSchemaMetadata> keySchemaMetadata = {};
  std::optional<KafkaSchemaMetadata> valueSchemaMetadata = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_key() const { return from_base64(key.value_or(""), "key"); }
  [[nodiscard]] Result<std::string> decoded_value() const { return from_base64(value.value_or(""), "value"); }
  [[nodiscard]] std::optional<Time> sent_at() const { return time_of_millis(timestamp); }
};

struct KafkaEvent {
  /// `aws:kafka` or `SelfManagedKafka`.
  std::string eventSource = {};
  std::optional<std::string> eventSourceArn = {};
  std::optional<std::string> bootstrapServers = {};
  /// By topic and partition: `topic-0`.
  std::map<std::string, std::vector<KafkaRecord>> records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "kafka";
};

}  // namespace sloop::events
