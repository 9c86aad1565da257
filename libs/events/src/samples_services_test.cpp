// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/appsync_events.hpp"
#include "sloop/events/bedrock_agent.hpp"
#include "sloop/events/chime_bot.hpp"
#include "sloop/events/cloudfront.hpp"
#include "sloop/events/cognito_senders.hpp"
#include "sloop/events/destinations.hpp"
#include "sloop/events/durable.hpp"
#include "sloop/events/kafka.hpp"
#include "sloop/events/lex_v2.hpp"
#include "sloop/events/pipes.hpp"
#include "sloop/events/s3.hpp"
#include "sloop/events/step_functions.hpp"
#include "sloop/events/transfer.hpp"
#include "sloop/events/vpc_lattice.hpp"

namespace sloop::events {
namespace {

std::vector<Sample> samples_of_records() {
  return {
      sample<KafkaEvent>(
          R"({"eventSource":"SelfManagedKafka","bootstrapServers":"a:9092,b:9092","records":{"t-0":[{"topic":"t",)"
          R"("partition":0,"offset":15,"timestamp":1545084650987,"timestampType":"CREATE_TIME","key":"aw==",)"
          R"("value":"dg==","headers":[{"h":[104,-1]}],"keySchemaMetadata":{"dataFormat":"JSON","schemaId":"1"},)"
          R"("valueSchemaMetadata":{"dataFormat":"AVRO","schemaId":"2"}}]}})"),
      sample<LambdaDestinationRecord>(
          R"({"version":"1.0","timestamp":"2019-11-14T18:16:05.568Z","requestContext":{"requestId":"r",)"
          R"("functionArn":"arn:f","condition":"RetriesExhausted","approximateInvokeCount":3},)"
          R"("requestPayload":{"ORDER_IDS":[1,2]},"responseContext":{"statusCode":200,"executedVersion":"$LATEST",)"
          R"("functionError":"Unhandled"},"responsePayload":{"errorMessage":"timed out"}})"),
      sample<FailedBatchRecord>(
          R"({"requestContext":{"requestId":"r","functionArn":"arn:f","condition":"RetryAttemptsExhausted",)"
          R"("approximateInvokeCount":1},"responseContext":{"statusCode":200,"executedVersion":"$LATEST",)"
          R"("functionError":"Unhandled"},"version":"1.0","timestamp":"2019-11-14T00:13:49.717Z",)"
          R"("DDBStreamBatchInfo":{"shardId":"s","startSequenceNumber":"8","endSequenceNumber":"9",)"
          R"("approximateArrivalOfFirstRecord":"2019-11-14T00:13:19Z","approximateArrivalOfLastRecord":)"
          R"("2019-11-14T00:13:19Z","batchSize":1,"streamArn":"arn:d"}})"),
      sample<FailedBatchRecord>(
          R"({"requestContext":{"requestId":"r","functionArn":"arn:f","condition":"RetryAttemptsExhausted"},)"
          R"("version":"1.0","timestamp":"2019-11-14T00:13:49.717Z","KafkaBatchInfo":{"batchSize":500,)"
          R"("eventSourceArn":"arn:k","bootstrapServers":"b:9092","payloadSize":2039086,"recordsInfo":{"t-0":{}}}})"),
      sample<PipesSqsEvent>(R"([{"messageId":"m","receiptHandle":"h","body":"b","attributes":{"SenderId":"s"},)"
                            R"("messageAttributes":{},"md5OfBody":"5","eventSource":"aws:sqs","awsRegion":"r"}])"),
      sample<PipesKinesisEvent>(R"([{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"4",)"
                                R"("data":"aGk=","approximateArrivalTimestamp":1545084650.987,)"
                                R"("eventSource":"aws:kinesis","eventID":"shardId-6:4"}])"),
      sample<PipesKafkaEvent>(R"([{"eventSource":"aws:kafka","eventSourceKey":"t-0","topic":"t","partition":"0",)"
                              R"("offset":15,"timestamp":1545084650987,"value":"dg==","headers":[{"h":[1]}]}])"),
      sample<S3TestEvent>(R"({"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2014-10-13T15:57:02.089Z",)"
                          R"("Bucket":"b","RequestId":"r","HostId":"h"})"),
      sample<StepFunctionsTask<>>(R"({"TaskToken":"AAAA","Input":{"order":1}})"),
  };
}

std::vector<Sample> samples_of_http() {
  return {
      sample<VpcLatticeRequestV1>(R"({"raw_path":"/p?a=1","method":"GET","headers":{"host":"h"},)"
                                  R"("query_string_parameters":{"a":"1"},"body":"b","is_base64_encoded":false})"),
      sample<VpcLatticeRequestV2>(
          R"({"version":"2.0","path":"/p","method":"GET","headers":{"host":["h"]},"queryStringParameters":{"a":["1"]},)"
          R"("body":"b","isBase64Encoded":false,"requestContext":{"serviceNetworkArn":"arn:n","serviceArn":"arn:s",)"
          R"("targetGroupArn":"arn:t","identity":{"sourceVpcArn":"arn:v","type":"AWS_IAM","principal":"arn:p",)"
          R"("principalOrgID":"o","sessionName":"n","x509SanDns":"d"},"region":"us-east-1",)"
          R"("timeEpoch":"1724875399456789"}})"),
      sample<CloudFrontEvent>(
          R"({"Records":[{"cf":{"config":{"distributionDomainName":"d.cloudfront.net","distributionId":"E",)"
          R"("eventType":"origin-response","requestId":"r"},"request":{"clientIp":"203.0.113.178","method":"GET",)"
          R"("uri":"/","querystring":"","headers":{"host":[{"key":"Host","value":"example.org"}]},"origin":{"custom":)"
          R"({"customHeaders":{},"domainName":"example.org","keepaliveTimeout":5,"path":"","port":443,)"
          R"("protocol":"https","readTimeout":30,"sslProtocols":["TLSv1.2"]}}},"response":{"status":"200",)"
          R"("statusDescription":"OK","headers":{"server":[{"key":"Server","value":"s"}]}}}}]})"),
      sample<AppSyncEventsEvent>(
          R"({"identity":null,"result":null,"request":{"headers":{"a":"b"},"domainName":null},"info":{"channel":)"
          R"({"path":"/default/c","segments":["default","c"]},"channelNamespace":{"name":"default"},)"
          R"("operation":"PUBLISH"},"error":null,"prev":null,"stash":{},"outErrors":[],)"
          R"("events":[{"id":"1","payload":{"x":1}}]})"),
  };
}

}  // namespace

std::vector<Sample> samples_of_services() {
  std::vector<Sample> all{
      sample<LexV2Event>(
          R"({"messageVersion":"1.0","invocationSource":"DialogCodeHook","inputMode":"Text",)"
          R"("responseContentType":"text/plain; charset=utf-8","sessionId":"s","inputTranscript":"book a room",)"
          R"("bot":{"id":"B","name":"n","aliasId":"A","aliasName":"a","localeId":"en_US","version":"DRAFT"},)"
          R"("interpretations":[{"intent":{"name":"Book","slots":{"City":{"shape":"Scalar","value":{"originalValue":)"
          R"("rome","interpretedValue":"Rome","resolvedValues":["Rome"]}},"Date":null},"state":"InProgress",)"
          R"("confirmationState":"None"},"nluConfidence":{"score":0.9}}],"proposedNextState":{"dialogAction":{"type":)"
          R"("ElicitSlot","slotToElicit":"Date"},"intent":{"name":"Book"}},"sessionState":{"activeContexts":[],)"
          R"("sessionAttributes":{"k":"v"},"intent":{"name":"Book"},"originatingRequestId":"o"},)"
          R"("transcriptions":[{"transcription":"book a room","transcriptionConfidence":1.0}]})"),
      sample<BedrockAgentEvent>(
          R"({"messageVersion":"1.0","agent":{"name":"a","id":"i","alias":"l","version":"1"},"inputText":"t",)"
          R"("sessionId":"s","actionGroup":"g","function":"get_weather","parameters":[{"name":"city","type":"string",)"
          R"("value":"Rome"}],"sessionAttributes":{},"promptSessionAttributes":{},"knowledgeBasesConfiguration":[]})"),
      sample<CognitoCustomEmailSenderEvent>(
          R"({"version":"1","triggerSource":"CustomEmailSender_SignUp","region":"r","userPoolId":"p","userName":"u",)"
          R"("callerContext":{"awsSdkVersion":"2","clientId":"c"},"request":{"type":"customEmailSenderRequestV1",)"
          R"("code":"YWI=","clientMetadata":null,"userAttributes":{"sub":"s"}},"response":{}})"),
      sample<ChimeBotEvent>(R"({"Sender":{"SenderId":"u@example.com","SenderIdType":"EmailId"},"Discussion":)"
                            R"({"DiscussionId":"d","DiscussionType":"Room"},"EventType":"Mention",)"
                            R"("InboundHttpsEndpoint":{"EndpointType":"Persistent","Url":"https://example.com"},)"
                            R"("EventTimestamp":"2018-04-04T21:30:43.181Z","Message":"@bot hi"})"),
      sample<TransferIdentityRequest>(R"({"username":"u","password":"p","protocol":"SFTP","serverId":"s-1",)"
                                      R"("sourceIp":"192.0.2.1"})"),
      sample<TransferWorkflowEvent>(R"({"token":"t","serviceMetadata":{"executionDetails":{"workflowId":"w"}},)"
                                    R"("fileLocation":{"domain":"S3","bucket":"b","key":"k","eTag":"e"}})"),
      sample<DurableExecutionInput>(
          R"({"DurableExecutionArn":"arn:d","CheckpointToken":"c","InitialExecutionState":{"Operations":[{"Id":"1",)"
          R"("Type":"EXECUTION","Status":"STARTED","StartTimestamp":1764028800.5,"ExecutionDetails":{"InputPayload":)"
          R"("{}"}}],"NextMarker":""}})"),
  };
  for (const auto& more : {samples_of_records(), samples_of_http()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace sloop::events
