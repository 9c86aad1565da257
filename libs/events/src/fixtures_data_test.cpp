// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/activemq.hpp"
#include "sloop/events/batch_response.hpp"
#include "sloop/events/documentdb.hpp"
#include "sloop/events/dynamodb.hpp"
#include "sloop/events/firehose.hpp"
#include "sloop/events/kafka.hpp"
#include "sloop/events/kinesis.hpp"
#include "sloop/events/kinesis_analytics.hpp"
#include "sloop/events/rabbitmq.hpp"
#include "sloop/events/s3.hpp"
#include "sloop/events/s3_batch.hpp"
#include "sloop/events/s3_object_lambda.hpp"
#include "sloop/events/sns.hpp"
#include "sloop/events/sqs.hpp"

namespace sloop::events {

std::vector<Fixture> data_fixtures() {
  std::vector<Fixture> all;
  add<ActiveMqEvent>(all, "activemq", {"activemq-event"});
  add<RabbitMqEvent>(all, "rabbitmq", {"rabbitmq-event"});
  add<DocumentDbEvent>(all, "documentdb",
                       {"documentdb-delete-event", "documentdb-drop-database-event", "documentdb-drop-event",
                        "documentdb-insert-event", "documentdb-invalidate-event", "documentdb-rename-event",
                        "documentdb-replace-event", "documentdb-update-event"});
  add<DynamoDbEvent>(all, "dynamodb", {"dynamodb-event"});
  add<DynamoDbTimeWindowEvent>(all, "dynamodb", {"dynamodb-time-window-event"});
  add<DynamoDbEventRecord>(all, "dynamodb", {"dynamodb-event-record-with-optional-fields"});
  add<KinesisFirehoseEvent>(all, "firehose", {"firehose-event", "kinesis-firehose-event"});
  add<KinesisFirehoseResponse>(all, "firehose", {"kinesis-firehose-response"});
  add<KafkaEvent>(all, "kafka", {"kafka-event"});
  add<KinesisEvent>(all, "kinesis", {"kinesis-event", "kinesis-event-encrypted"});
  add<KinesisTimeWindowEvent>(all, "kinesis", {"kinesis-time-window-event"});
  add<KinesisAnalyticsOutputDeliveryEvent>(all, "kinesis_analytics", {"kinesis-analytics-output-delivery-event"});
  add<KinesisAnalyticsOutputDeliveryResponse>(all, "kinesis_analytics", {"kinesis-analytics-output-delivery-response"});
  add<S3Event>(all, "s3",
               {"s3-event", "s3-event-with-decoded", "s3-glacier-event", "s3-intelligenttier-event",
                "s3-lifecycle-event", "s3-replication-event", "s3-restore-event"});
  add<S3BatchJobEvent>(all, "s3_batch", {"s3-batch-job-event-request-1.0", "s3-batch-job-event-request-2.0"});
  add<S3BatchJobResponse>(all, "s3_batch", {"s3-batch-job-event-response"});
  add<S3ObjectLambdaEvent>(all, "s3_object_lambda",
                           {"s3-object-lambda-event-get-object-assumed-role", "s3-object-lambda-event-get-object-iam",
                            "s3-object-lambda-event-head-object-iam", "s3-object-lambda-event-list-objects-iam",
                            "s3-object-lambda-event-list-objects-v2-iam"});
  add<SnsEvent>(all, "sns", {"sns-event", "sns-event-obj", "sns-event-pascal-case"});
  add<SqsEvent>(all, "sqs", {"sqs-event", "sqs-event-obj"});
  add<SqsApiEvent>(all, "sqs", {"sqs-api-event-obj"});
  add<SqsBatchResponse>(all, "sqs", {"sqs-batch-response"});
  return all;
}

}  // namespace sloop::events
