// SPDX-License-Identifier: Apache-2.0
//
// Every template is read by the type of its module and written again.
#include <gtest/gtest.h>

#include <map>

#include "sloop/core/reflect.hpp"
#include "sloop/events/activemq.hpp"
#include "sloop/events/alb.hpp"
#include "sloop/events/apigw.hpp"
#include "sloop/events/apigw_authorizer.hpp"
#include "sloop/events/apigw_v2.hpp"
#include "sloop/events/apigw_websocket.hpp"
#include "sloop/events/appsync.hpp"
#include "sloop/events/bedrock_agent.hpp"
#include "sloop/events/chime_bot.hpp"
#include "sloop/events/clientvpn.hpp"
#include "sloop/events/cloudformation.hpp"
#include "sloop/events/cloudfront.hpp"
#include "sloop/events/cloudwatch_alarms.hpp"
#include "sloop/events/cloudwatch_logs.hpp"
#include "sloop/events/code_commit.hpp"
#include "sloop/events/codedeploy.hpp"
#include "sloop/events/codepipeline_job.hpp"
#include "sloop/events/cognito.hpp"
#include "sloop/events/cognito_sync.hpp"
#include "sloop/events/cognito_tokens.hpp"
#include "sloop/events/config.hpp"
#include "sloop/events/connect.hpp"
#include "sloop/events/destinations.hpp"
#include "sloop/events/documentdb.hpp"
#include "sloop/events/dynamodb.hpp"
#include "sloop/events/eventbridge.hpp"
#include "sloop/events/firehose.hpp"
#include "sloop/events/function_url.hpp"
#include "sloop/events/iot.hpp"
#include "sloop/events/iot_button.hpp"
#include "sloop/events/kafka.hpp"
#include "sloop/events/kinesis.hpp"
#include "sloop/events/kinesis_analytics.hpp"
#include "sloop/events/lex.hpp"
#include "sloop/events/lex_v2.hpp"
#include "sloop/events/rabbitmq.hpp"
#include "sloop/events/s3.hpp"
#include "sloop/events/s3_batch.hpp"
#include "sloop/events/s3_object_lambda.hpp"
#include "sloop/events/secretsmanager.hpp"
#include "sloop/events/ses.hpp"
#include "sloop/events/sns.hpp"
#include "sloop/events/sqs.hpp"
#include "sloop/events/step_functions.hpp"
#include "sloop/events/transfer.hpp"
#include "sloop/events/vpc_lattice.hpp"
#include "sloop/templates/templates.hpp"

namespace sloop::templates {
namespace {

using namespace events;  // NOLINT(google-build-using-namespace): the list below is of nothing else

using RoundTrip = Result<Json> (*)(const Json& event);

template <class T>
Result<Json> round_trip(const Json& event) {
  const auto value = from_json<T>(event, {.place = "event"});
  if (!value) return fail(value.error());
  return to_json(*value);
}

template <class... T>
std::map<std::string_view, RoundTrip> by_kind() {
  return {{T::event_kind, round_trip<T>}...};
}

std::map<std::string_view, RoundTrip> readers() {
  return by_kind<
      ActiveMqEvent, AlbTargetGroupRequest, ApiGatewayProxyRequest, ApiGatewayCustomAuthorizerRequest,
      ApiGatewayCustomAuthorizerRequestTypeRequest, ApiGatewayV2CustomAuthorizerV2Request, ApiGatewayV2httpRequest,
      ApiGatewayWebsocketProxyRequest, AppSyncDirectResolverEvent, AppSyncLambdaAuthorizerRequest, BedrockAgentEvent,
      ChimeBotEvent, ClientVpnConnectionHandlerRequest, CloudFormationCustomResourceRequest, CloudFrontEvent,
      CloudWatchAlarm, CloudWatchLogsEvent, CodeCommitEvent, CodeDeployLifecycleEvent, CodePipelineJobEvent,
      CognitoEvent, ConfigEvent, ConnectEvent, LambdaDestinationRecord, DocumentDbEvent, DynamoDbEvent,
      DynamoDbTimeWindowEvent, EventBridgeEvent<Json>, KinesisFirehoseEvent, LambdaFunctionUrlRequest,
      IoTCoreCustomAuthorizerRequest, IoTPreProvisionHookRequest, IoTOneClickEvent, IoTButtonEvent, KafkaEvent,
      KinesisEvent, KinesisTimeWindowEvent, KinesisAnalyticsOutputDeliveryEvent, LexEvent, LexV2Event, RabbitMqEvent,
      S3Event, S3TestEvent, S3BatchJobEvent, S3ObjectLambdaEvent, SecretsManagerSecretRotationEvent, SimpleEmailEvent,
      SnsEvent, SqsEvent, StepFunctionsTask<Json>, TransferIdentityRequest, VpcLatticeRequestV2>();
}

/// Cognito's triggers are of one kind and many types.
std::map<std::string_view, RoundTrip> cognito_readers() {
  return {{"cognito-pre-signup", round_trip<CognitoPreSignupEvent>},
          {"cognito-pre-authentication", round_trip<CognitoPreAuthenticationEvent>},
          {"cognito-post-authentication", round_trip<CognitoPostAuthenticationEvent>},
          {"cognito-post-confirmation", round_trip<CognitoPostConfirmationEvent>},
          {"cognito-migrate-user", round_trip<CognitoMigrateUserEvent>},
          {"cognito-custom-message", round_trip<CognitoCustomMessageEvent>},
          {"cognito-define-auth-challenge", round_trip<CognitoDefineAuthChallengeEvent>},
          {"cognito-create-auth-challenge", round_trip<CognitoCreateAuthChallengeEvent>},
          {"cognito-verify-auth-challenge", round_trip<CognitoVerifyAuthChallengeEvent>},
          {"cognito-pre-token", round_trip<CognitoPreTokenGenEvent>},
          {"cognito-pre-token-v2", round_trip<CognitoPreTokenGenEventV2>}};
}

/// A member that is null says as much as none.
Json without_nulls(const Json& value) {
  if (const auto* list = value.if_array()) {
    JsonArray out;
    for (const auto& item : *list) out.push_back(without_nulls(item));
    return out;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return value;
  JsonObject out;
  for (const auto& [key, member] : *object)
    if (!member.is_null()) out[key] = without_nulls(member);
  return out;
}

TEST(Templates, each_is_read_by_its_type_and_written_again) {
  auto all = readers();
  const auto cognito = cognito_readers();
  for (const auto& entry : all_templates()) {
    const auto& of = entry.kind == "cognito" ? cognito : all;
    const auto reader = of.find(entry.kind == "cognito" ? entry.name : entry.kind);
    ASSERT_NE(reader, of.end()) << entry.name << " of kind " << entry.kind;
    const auto event = make_event(entry.name).value();
    const auto written = reader->second(event);
    ASSERT_TRUE(written) << entry.name << ": " << written.error().message;
    // As text, where a whole number is one however it is held.
    EXPECT_EQ(without_nulls(parse_json(write_json(*written)).value()), without_nulls(event)) << entry.name << "\n"
                                                                                             << write_json(*written);
  }
}

TEST(Templates, packed_logs_are_gzip) {
  const auto logs = from_json<CloudWatchLogsEvent>(make_event("cloudwatch-logs").value()).value();
  const auto decoded = logs.awslogs.decoded();
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->logEvents.back().message, "a boat arrived");
}

}  // namespace
}  // namespace sloop::templates
