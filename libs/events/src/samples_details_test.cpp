// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/emr.hpp"
#include "sloop/events/gamelift.hpp"
#include "sloop/events/glue.hpp"
#include "sloop/events/health.hpp"
#include "sloop/events/kms.hpp"
#include "sloop/events/macie.hpp"
#include "sloop/events/opsworks.hpp"
#include "sloop/events/s3_eventbridge.hpp"
#include "sloop/events/sms.hpp"
#include "sloop/events/ssm.hpp"
#include "sloop/events/tag.hpp"
#include "sloop/events/trustedadvisor.hpp"

namespace sloop::events {

std::vector<Sample> samples_of_details() {
  return {
      sample<S3EventBridgeEvent>(
          R"({"version":"0","id":"i","detail-type":"Object Created","source":"aws.s3","account":"1",)"
          R"("time":"2021-11-12T00:00:00Z","region":"ca-central-1","resources":["arn:aws:s3:::b"],"detail":)"
          R"({"version":"0","bucket":{"name":"b"},"object":{"key":"a b","size":5,"etag":"e","version-id":"v",)"
          R"("sequencer":"6"},"request-id":"r","requester":"1","source-ip-address":"192.0.2.1","reason":"PutObject"}})"),
      sample<EventBridgeEvent<EmrStepStatusChange>>(
          R"({"detail-type":"EMR Step Status Change","source":"aws.emr","detail":{"severity":"ERROR",)"
          R"("actionOnFailure":"CONTINUE","stepId":"s","name":"n","clusterId":"c","state":"FAILED","message":"m"}})"),
      sample<GameLiftMatchmakingEvent>(
          R"({"detail-type":"GameLift Matchmaking Event","source":"aws.gamelift","detail":{"tickets":[{"ticketId":"t",)"
          R"("startTime":"2017-08-08T21:15:34.676Z","players":[{"playerId":"p","team":"red"}]}],)"
          R"("estimatedWaitMillis":"NOT_AVAILABLE","type":"MatchmakingSearching","gameSessionInfo":{"players":)"
          R"([{"playerId":"p"}]}}})"),
      sample<EventBridgeEvent<GlueJobRunStateChange>>(
          R"({"detail-type":"Glue Job State Change","source":"aws.glue","detail":{"jobName":"j","severity":"INFO",)"
          R"("state":"SUCCEEDED","jobRunId":"jr","message":"Job run succeeded"}})"),
      sample<HealthEvent>(
          R"({"detail-type":"AWS Health Event","source":"aws.health","detail":{"eventArn":"arn:h","service":"EC2",)"
          R"("eventTypeCode":"AWS_EC2_X","eventTypeCategory":"scheduledChange","startTime":"Sat, 05 Jun 2016 15:10:09 GMT",)"
          R"("eventDescription":[{"language":"en_US","latestDescription":"d"}],"affectedEntities":)"
          R"([{"entityValue":"i-1","tags":{"stage":"prod"}}]}})"),
      sample<KmsKeyEvent>(R"({"detail-type":"KMS CMK Rotation","source":"aws.kms","detail":{"key-id":"k"}})"),
      sample<EventBridgeEvent<MacieAlertDetail>>(
          R"({"detail-type":"Macie Alert","source":"aws.macie","detail":{"notification-type":"ALERT_CREATED",)"
          R"("name":"n","tags":["t"],"url":"u","alert-arn":"a","risk-score":"80","trigger":{"risk":"8"},)"
          R"("created-at":"2017-02-14T21:20:22","actor":"x","summary":{"Description":"d"}}})"),
      sample<EventBridgeEvent<OpsWorksDeploymentStateChange>>(
          R"({"detail-type":"OpsWorks Deployment State Change","source":"aws.opsworks","detail":{"duration":16,)"
          R"("stack-id":"s","instance-ids":["i"],"deployment-id":"d","command":"deploy","initiated-by":"user",)"
          R"("status":"successful"}})"),
      sample<EventBridgeEvent<SmsJobStateChange>>(
          R"({"detail-type":"Server Migration Job State Change","source":"aws.sms","detail":{"state":"Deleted",)"
          R"("replication-run-id":"N/A","replication-job-id":"j","version":"1.0"}})"),
      sample<EventBridgeEvent<SsmAutomationStepStatusChange>>(
          R"({"detail-type":"EC2 Automation Step Status-change Notification","source":"aws.ssm","detail":)"
          R"({"ExecutionId":"e","Definition":"d","DefinitionVersion":1.0,"Status":"Success","EndTime":"t",)"
          R"("StartTime":"t","Time":1966.0,"StepName":"s","Action":"aws:createTags"}})"),
      sample<EventBridgeEvent<SsmParameterStoreChange>>(
          R"({"detail-type":"Parameter Store Change","source":"aws.ssm","detail":{"operation":"Create","name":"n",)"
          R"("type":"String","description":"d"}})"),
      sample<EventBridgeEvent<TagChangeOnResource>>(
          R"({"detail-type":"Tag Change on Resource","source":"aws.tag","detail":{"changed-tag-keys":["k"],)"
          R"("service":"ec2","resource-type":"instance","version":3,"tags":{"k":"v"}}})"),
      sample<EventBridgeEvent<TrustedAdvisorCheckItem>>(
          R"({"detail-type":"Trusted Advisor Check Item Refresh Notification","source":"aws.trustedadvisor","detail":)"
          R"({"check-name":"c","check-item-detail":{"Status":"Yellow","Reason":null},"status":"WARN",)"
          R"("resource_id":"","uuid":"u"}})"),
  };
}

}  // namespace sloop::events
