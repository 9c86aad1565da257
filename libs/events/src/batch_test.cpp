// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/batch.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "sloop/core/reflect.hpp"
#include "sloop/events/dynamodb.hpp"
#include "sloop/events/kafka.hpp"
#include "sloop/events/kinesis.hpp"
#include "sloop/events/sqs.hpp"

namespace sloop::events {
namespace {

/// Messages `0`, `1` .. with these bodies; in groups, `a1` is in group `a` of a FIFO queue.
SqsEvent queue(std::initializer_list<std::string> bodies, bool fifo = false) {
  SqsEvent event;
  for (const auto& body : bodies) {
    SqsMessage message{.messageId = std::to_string(event.Records.size()), .body = body};
    message.eventSourceARN = fifo ? "arn:aws:sqs:x:1:q.fifo" : "arn:aws:sqs:x:1:q";
    message.attributes = {{"MessageGroupId", body.substr(0, 1)}};
    event.Records.push_back(message);
  }
  return event;
}

/// Fails for bodies that end with `!`, throws for those that end with `?`.
struct Worker {
  std::string seen;

  Result<void> operator()(const SqsMessage& message) {
    seen += message.body + " ";
    if (message.body.ends_with('?')) throw std::runtime_error("thrown");
    if (message.body.ends_with('!')) return fail(ErrorKind::invalid_input, "bad");
    return {};
  }
};

std::string text(const auto& response) {
  return response ? write_json(to_json(*response)) : response.error().message;
}

TEST(batch, a_queue_names_the_messages_that_failed_or_threw) {
  Worker worker;
  std::string told;
  const BatchOptions options{.on_failure = [&](std::string_view id, const Error& error) {
    told += std::string(id) + "=" + error.message + " ";
  }};
  EXPECT_EQ(text(for_each_record(queue({"a", "b!", "c", "d?"}), worker, options)),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"3"}]})");
  EXPECT_EQ(worker.seen, "a b! c d? ");
  EXPECT_EQ(told, "1=bad 3=thrown ");
  EXPECT_EQ(text(for_each_record(queue({"a"}), worker)), R"({"batchItemFailures":[]})");
  EXPECT_EQ(text(for_each_record(SqsEvent{}, worker)), R"({"batchItemFailures":[]})");
}

TEST(batch, a_failure_in_a_fifo_queue_keeps_the_order_of_its_group_only) {
  Worker worker;
  EXPECT_EQ(text(for_each_record(queue({"a1", "b1!", "a2", "b2", "c1", "b3"}, true), worker)),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"3"},{"itemIdentifier":"5"}]})");
  EXPECT_EQ(worker.seen, "a1 b1! a2 c1 ");
}

TEST(batch, a_queue_may_stop_at_the_first_failure) {
  Worker worker;
  EXPECT_EQ(text(for_each_record(queue({"a", "b!", "c"}), worker, {.stop_at_first_failure = true})),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"}]})");
  EXPECT_EQ(worker.seen, "a b! ");
}

TEST(batch, the_invocation_fails_when_all_records_did_if_that_is_wanted) {
  Worker worker;
  EXPECT_EQ(text(for_each_record(queue({"a!", "b!"}), worker, {.fail_when_all_failed = true})),
            "all 2 records failed; the first: bad");
  EXPECT_TRUE(for_each_record(queue({"a!", "b"}), worker, {.fail_when_all_failed = true}));
  EXPECT_TRUE(for_each_record(SqsEvent{}, worker, {.fail_when_all_failed = true}));
}

TEST(batch, records_that_the_deadline_overtakes_are_left_for_the_next_batch) {
  Worker worker;
  const auto response = for_each_record(queue({"a", "b"}), worker, {.deadline = Deadline::after({})});
  EXPECT_EQ(response->batchItemFailures.size(), 2u);
  EXPECT_EQ(worker.seen, "");
}

TEST(batch, a_record_without_an_id_fails_the_batch_as_an_empty_one_would_be_taken_for_all) {
  SqsEvent event = queue({"a!"});
  event.Records[0].messageId.clear();
  EXPECT_FALSE(for_each_record(event, Worker{}));
}

TEST(batch, a_stream_goes_on_from_its_first_failure) {
  KinesisEvent event;
  for (const auto number : {"7", "8", "9"}) event.Records.push_back({.kinesis = {.sequenceNumber = number}});
  int calls = 0;
  const auto handler = [&](const KinesisEventRecord& record) -> Result<void> {
    ++calls;
    if (record.kinesis.sequenceNumber != "7") throw 1;
    return {};
  };
  EXPECT_EQ(text(for_each_record(event, handler)), R"({"batchItemFailures":[{"itemIdentifier":"8"}]})");
  EXPECT_EQ(calls, 2);
}

TEST(batch, a_stream_of_a_table_names_its_sequence_number) {
  DynamoDbEvent event;
  event.Records.push_back({.dynamodb = {.SequenceNumber = "111"}});
  const auto handler = [](const DynamoDbEventRecord&) -> Result<int> { return fail(ErrorKind::unavailable, "down"); };
  EXPECT_EQ(text(for_each_record(event, handler)), R"({"batchItemFailures":[{"itemIdentifier":"111"}]})");
  EXPECT_EQ(text(for_each_record(event, handler, {.fail_when_all_failed = true})),
            "no record succeeded; the first: down");
  event.Records[0].dynamodb.SequenceNumber.reset();
  EXPECT_FALSE(for_each_record(event, handler));
}

TEST(batch, each_partition_of_a_topic_goes_on_from_its_first_failure) {
  KafkaEvent event;
  for (const int offset : {5, 6, 7}) {
    event.records["t-0"].push_back({.topic = "t", .partition = 0, .offset = offset});
    event.records["t-1"].push_back({.topic = "t", .partition = 1, .offset = offset});
  }
  int calls = 0;
  const auto handler = [&](const KafkaRecord& record) {
    ++calls;
    if (record.partition == 0 && record.offset == 6) throw std::runtime_error("bad");
  };
  EXPECT_EQ(text(for_each_record(event, handler)),
            R"({"batchItemFailures":[{"itemIdentifier":{"partition":"t-0","offset":6}}]})");
  EXPECT_EQ(calls, 5);
}

}  // namespace
}  // namespace sloop::events
