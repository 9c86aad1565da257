// SPDX-License-Identifier: Apache-2.0
//
// Batches of which some records may fail: each record is handled on its own, and the reply names those to be retried.
//
//   return for_each_record(event, [&](const SqsMessage& message) -> Result<void> { ... });
//
// SqsEvent, KinesisEvent, DynamoDbEvent (also with time windows) and KafkaEvent. A record fails by an Error or by an
// exception. The event source mapping must have `ReportBatchItemFailures`, else Lambda ignores the reply.
//
// - A standard queue: every message is handled; those that failed are named.
// - A FIFO queue: after a failure the rest of its message group is named without being handled, other groups go on.
// - Kinesis and DynamoDB streams: the first failure ends the batch and is named; Lambda goes on from it.
// - Kafka: the same for each partition.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/events/batch_response.hpp"

namespace sloop::events {

struct BatchOptions {
  /// Told of each failure, once, before the next record: for the log. `id` is what the reply names.
  std::function<void(std::string_view id, const Error& error)> on_failure = {};
  /// The result is the first failure when no record succeeded, so that the invocation counts as failed.
  bool fail_when_all_failed = false;
  /// Queues: nothing is handled after the first failure; the rest is named as failed.
  bool stop_at_first_failure = false;
  /// Records that have not begun by then are named as failed: `context.call_options().deadline`.
  Deadline deadline = Deadline::never();
};

namespace detail {

using IndexCall = std::function<Result<void>(std::size_t index)>;
using IndexText = std::function<std::string_view(std::size_t index)>;

/// `group` is null for standard queues.
[[nodiscard]] Result<BatchResponse> run_queue(std::size_t count, const IndexText& id, const IndexText& group,
                                              const IndexCall& call, const BatchOptions& options);
[[nodiscard]] Result<BatchResponse> run_stream(std::size_t count, const IndexText& id, const IndexCall& call,
                                               const BatchOptions& options);

/// The partitions of one Kafka batch, one after another.
class TopicRun {
 public:
  explicit TopicRun(const BatchOptions& options) : options_(options) {}
  /// False: the partition ends here.
  bool handle(const std::string& partition, std::int64_t offset, const std::function<Result<void>()>& call);
  [[nodiscard]] Result<KafkaBatchResponse> finish() &&;

 private:
  const BatchOptions& options_;
  KafkaBatchResponse response_;
  std::optional<Error> first_;
  bool succeeded_ = false;
};

/// A record must not take its batch with it, so whatever its handler throws becomes the record's failure.
template <class Handler, class Record>
Result<void> call_record(Handler& handler, const Record& record) try {
  using Returned = std::invoke_result_t<Handler&, const Record&>;
  if constexpr (std::is_void_v<Returned>) {
    handler(record);
    return {};
  } else {
    if (auto result = handler(record); !result) return fail(std::move(result.error()));
    return {};
  }
} catch (const std::exception& exception) {
  return fail(ErrorKind::internal, exception.what());
} catch (...) {
  return fail(ErrorKind::internal, "the handler threw something that is no std::exception");
}

template <class Event>
concept QueueEvent = requires(const Event& event) { event.Records.at(0).message_group(); };
template <class Event>
concept KinesisBatch = requires(const Event& event) { event.Records.at(0).kinesis.sequenceNumber; };
template <class Event>
concept DynamoDbBatch = requires(const Event& event) { event.Records.at(0).dynamodb.SequenceNumber; };
template <class Event>
concept KafkaBatch = requires(const Event& event) { event.records.begin()->second.at(0).offset; };

}  // namespace detail

/// The handler returns nothing, or a `Result`. Fails itself only as `fail_when_all_failed` says, or when a failed
/// record has no id to name it by.
template <detail::QueueEvent Event, class Handler>
[[nodiscard]] Result<BatchResponse> for_each_record(const Event& event, Handler&& handler,
                                                    const BatchOptions& options = {}) {
  const auto& records = event.Records;
  detail::IndexText group;
  if (!records.empty() && records.front().is_fifo()) group = [&](std::size_t i) { return records[i].message_group(); };
  return detail::run_queue(
      records.size(), [&](std::size_t i) { return std::string_view(records[i].messageId); }, group,
      [&](std::size_t i) { return detail::call_record(handler, records[i]); }, options);
}

template <detail::KinesisBatch Event, class Handler>
[[nodiscard]] Result<BatchResponse> for_each_record(const Event& event, Handler&& handler,
                                                    const BatchOptions& options = {}) {
  const auto& records = event.Records;
  return detail::run_stream(
      records.size(), [&](std::size_t i) { return std::string_view(records[i].kinesis.sequenceNumber); },
      [&](std::size_t i) { return detail::call_record(handler, records[i]); }, options);
}

template <detail::DynamoDbBatch Event, class Handler>
[[nodiscard]] Result<BatchResponse> for_each_record(const Event& event, Handler&& handler,
                                                    const BatchOptions& options = {}) {
  const auto& records = event.Records;
  const auto id = [&](std::size_t i) {
    const auto& number = records[i].dynamodb.SequenceNumber;
    return number ? std::string_view(*number) : std::string_view();
  };
  return detail::run_stream(
      records.size(), id, [&](std::size_t i) { return detail::call_record(handler, records[i]); }, options);
}

template <detail::KafkaBatch Event, class Handler>
[[nodiscard]] Result<KafkaBatchResponse> for_each_record(const Event& event, Handler&& handler,
                                                         const BatchOptions& options = {}) {
  detail::TopicRun run(options);
  for (const auto& [partition, records] : event.records)
    for (const auto& record : records)
      if (!run.handle(partition, record.offset, [&] { return detail::call_record(handler, record); })) break;
  return std::move(run).finish();
}

}  // namespace sloop::events
