// SPDX-License-Identifier: Apache-2.0
//
// Which records of a batch failed: what SQS, Kinesis, DynamoDB streams and Kafka are answered.
//
// An empty list says that all went well. The event source mapping must have `ReportBatchItemFailures`.
// Source: AWS Lambda Developer Guide, "partial batch responses" of each service.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sloop::events {

struct BatchItemFailure {
  /// An SQS message id, or a sequence number.
  std::string itemIdentifier = {};
};

struct BatchResponse {
  std::vector<BatchItemFailure> batchItemFailures = {};
};

using SqsBatchResponse = BatchResponse;
using KinesisEventResponse = BatchResponse;
using DynamoDbEventResponse = BatchResponse;

struct KafkaItemIdentifier {
  /// The name in the event: `topic-0`.
  std::string partition = {};
  std::int64_t offset = 0;
};

struct KafkaBatchItemFailure {
  KafkaItemIdentifier itemIdentifier = {};
};

struct KafkaBatchResponse {
  std::vector<KafkaBatchItemFailure> batchItemFailures = {};
};

}  // namespace sloop::events
