// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/bedrock_agent.hpp"
#include "sloop/events/clientvpn.hpp"
#include "sloop/events/connect.hpp"
#include "sloop/events/ec2.hpp"
#include "sloop/events/ecr.hpp"
#include "sloop/events/ecs.hpp"
#include "sloop/events/eventbridge.hpp"
#include "sloop/events/iot.hpp"
#include "sloop/events/iot_button.hpp"
#include "sloop/events/lex.hpp"
#include "sloop/events/secretsmanager.hpp"
#include "sloop/events/ses.hpp"

namespace sloop::events {

std::vector<Fixture> compute_fixtures() {
  std::vector<Fixture> all;
  add<BedrockAgentEvent>(all, "bedrock_agent",
                         {"bedrock-agent-runtime-event", "bedrock-agent-runtime-event-without-parameters",
                          "bedrock-agent-runtime-event-without-request-body"});
  add<ClientVpnConnectionHandlerRequest>(all, "clientvpn", {"clientvpn-connectionhandler-request"});
  add<ConnectEvent>(all, "connect", {"connect-event", "connect-event-without-queue"});
  add<Ec2InstanceStateChangeEvent>(all, "ec2", {"eventbridge-event-obj"});
  add<EcrScanEvent>(all, "ecr", {"ecr-image-scan-event", "ecr-image-scan-event-with-missing-severities"});
  add<EcrImageActionEvent>(all, "ecr", {"ecr-image-push-event"});
  add<EcsContainerInstanceEvent>(all, "ecs", {"ecs-container-instance-state-change"});
  add<EventBridgeEvent<>>(all, "eventbridge", {"eventbridge-schedule"});
  add<IoTCoreCustomAuthorizerRequest>(all, "iot", {"iot-custom-auth-request"});
  add<IoTCoreCustomAuthorizerResponse>(all, "iot", {"iot-custom-auth-response"});
  add<IoTPreProvisionHookRequest>(all, "iot", {"iot-preprovision-hook-request"});
  add<IoTPreProvisionHookResponse>(all, "iot", {"iot-preprovision-hook-response"});
  add<IoTOneClickEvent>(all, "iot_button", {"iot-1-click-event"});
  add<IoTButtonEvent>(all, "iot_button", {"iot-button-event"});
  add<LexEvent>(all, "lex", {"lex-event"});
  add<LexResponse>(all, "lex", {"lex-response"});
  add<SecretsManagerSecretRotationEvent>(all, "secretsmanager", {"secretsmanager-secret-rotation-event"});
  add<SimpleEmailEvent>(all, "ses", {"ses-event", "ses-lambda-event", "ses-s3-event", "ses-sns-event"});
  return all;
}

}  // namespace sloop::events
