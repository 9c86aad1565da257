// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/kind.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sloop::events {
namespace {

/// The value at `a/0/b`: members and positions.
const Json* at(const Json& event, std::string_view path) {
  const Json* value = &event;
  while (value != nullptr && !path.empty()) {
    const auto slash = path.find('/');
    const auto step = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    if (step == "0")
      value = value->is_array() ? value->get_array().if_contains(0) : nullptr;
    else
      value = find(*value, step);
  }
  return value;
}

/// `path` is there, `path=text` is this text, `path~text` is a text that holds this one.
bool holds(const Json& event, std::string_view condition) {
  const auto split = condition.find_first_of("=~");
  const Json* value = at(event, condition.substr(0, split));
  if (value == nullptr || value->is_null()) return false;
  if (split == std::string_view::npos) return true;
  const auto wanted = condition.substr(split + 1);
  const auto text = value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  return condition[split] == '=' ? text == wanted : text.find(wanted) != std::string_view::npos;
}

struct Shape {
  std::string_view kind;
  std::array<std::string_view, 3> conditions;
};

// Read from the top: what is more special stands first.
constexpr Shape kShapes[] = {
    {"kinesis_window", {"Records/0/eventSource=aws:kinesis", "window"}},
    {"kinesis", {"Records/0/eventSource=aws:kinesis"}},
    {"dynamodb_window", {"Records/0/eventSource=aws:dynamodb", "window"}},
    {"dynamodb", {"Records/0/eventSource=aws:dynamodb"}},
    {"sqs", {"Records/0/eventSource=aws:sqs"}},
    {"s3", {"Records/0/eventSource=aws:s3"}},
    {"ses", {"Records/0/eventSource=aws:ses"}},
    {"sns", {"Records/0/EventSource=aws:sns"}},
    {"code_commit", {"Records/0/eventSource=aws:codecommit"}},
    {"cloudfront", {"Records/0/cf"}},
    {"kafka", {"eventSource~afka", "records"}},
    {"activemq", {"eventSource", "messages"}},
    {"rabbitmq", {"eventSource", "rmqMessagesByQueue"}},
    {"documentdb", {"eventSource=aws:docdb"}},
    {"cloudwatch_alarm", {"alarmData"}},
    {"eventbridge", {"detail-type", "source"}},
    {"cloudwatch_logs", {"awslogs"}},
    {"alb", {"requestContext/elb"}},
    {"vpc_lattice", {"requestContext/targetGroupArn", "method"}},
    {"vpc_lattice_v1", {"raw_path", "method"}},
    {"apigw_authorizer_v2", {"routeArn", "type"}},
    {"apigw_authorizer", {"methodArn", "type=REQUEST"}},
    {"apigw_authorizer_token", {"methodArn", "type=TOKEN"}},
    {"apigw_websocket", {"requestContext/connectionId"}},
    {"function_url", {"requestContext/http", "requestContext/domainName~.lambda-url."}},
    {"apigw_v2", {"requestContext/http", "rawPath"}},
    {"apigw", {"requestContext", "httpMethod", "resource"}},
    {"appsync_authorizer", {"authorizationToken", "requestContext/apiId"}},
    {"appsync_events", {"info/channel"}},
    {"appsync", {"info/fieldName"}},
    {"failed_batch", {"requestContext/condition", "KinesisBatchInfo"}},
    {"failed_batch", {"requestContext/condition", "DDBStreamBatchInfo"}},
    {"failed_batch", {"requestContext/condition", "KafkaBatchInfo"}},
    {"destination", {"requestContext/condition"}},
    {"cognito", {"triggerSource", "userPoolId"}},
    {"cognito_sync", {"datasetRecords", "identityPoolId"}},
    {"firehose", {"deliveryStreamArn", "records"}},
    {"kinesis_analytics", {"applicationArn", "records"}},
    {"s3_batch", {"invocationSchemaVersion", "tasks"}},
    {"s3_object_lambda", {"xAmzRequestId", "userRequest"}},
    {"s3_test", {"Event=s3:TestEvent"}},
    {"codepipeline_job", {"CodePipeline.job"}},
    {"codedeploy_lifecycle", {"LifecycleEventHookExecutionId"}},
    {"cloudformation", {"RequestType", "LogicalResourceId"}},
    {"config", {"configRuleName", "invokingEvent"}},
    {"secretsmanager", {"Step", "SecretId"}},
    {"bedrock_agent", {"messageVersion", "actionGroup"}},
    {"lex_v2", {"sessionState", "bot"}},
    {"lex", {"currentIntent", "bot"}},
    {"connect", {"Details/ContactData"}},
    {"chime_bot", {"Sender", "Discussion"}},
    {"clientvpn", {"connection-id", "endpoint-id"}},
    {"iot_authorizer", {"signatureVerified", "protocols"}},
    {"iot_pre_provision", {"certificatePem", "templateArn"}},
    {"iot_one_click", {"deviceEvent", "deviceInfo"}},
    {"iot_button", {"serialNumber", "clickType"}},
    {"transfer_workflow", {"token", "serviceMetadata"}},
    {"transfer", {"username", "serverId"}},
    {"durable", {"DurableExecutionArn"}},
    {"step_functions", {"TaskToken"}},
    {"sqs_api", {"Messages"}},
};

}  // namespace

std::string_view kind_of(const Json& event) {
  const auto fits = [&](const Shape& shape) {
    return std::ranges::all_of(shape.conditions,
                               [&](auto condition) { return condition.empty() || holds(event, condition); });
  };
  const auto* const found = std::ranges::find_if(kShapes, fits);
  return found == std::end(kShapes) ? std::string_view() : found->kind;
}

std::string describe(const Json& event) {
  std::string text;
  if (const auto kind = kind_of(event); !kind.empty()) {
    text = "it is of kind " + std::string(kind);
    for (const auto key : {"detail-type", "source", "triggerSource"})
      if (const auto value = find_string(event, key); !value.empty())
        text += std::string(", ") + key + " '" + std::string(value) + "'";
    return text;
  }
  const auto* object = event.if_object();
  if (object == nullptr) return "it is no object but a JSON " + std::string(json_type_name(event));
  constexpr std::size_t kShown = 12;
  for (const auto& member : *object) {
    if (text.size() > kShown * 16) return "its kind is unknown; it has the members " + text + " ..";
    text += (text.empty() ? "" : ", ") + std::string(member.key());
  }
  return text.empty() ? "it is an empty object" : "its kind is unknown; it has the members " + text;
}

}  // namespace sloop::events
