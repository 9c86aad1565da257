// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/autoscaling.hpp"
#include "sloop/events/cloudformation.hpp"
#include "sloop/events/cloudtrail.hpp"
#include "sloop/events/cloudwatch_alarms.hpp"
#include "sloop/events/cloudwatch_logs.hpp"
#include "sloop/events/code_commit.hpp"
#include "sloop/events/codebuild.hpp"
#include "sloop/events/codedeploy.hpp"
#include "sloop/events/codepipeline_cloudwatch.hpp"
#include "sloop/events/codepipeline_job.hpp"
#include "sloop/events/config.hpp"
#include "sloop/events/sns.hpp"

namespace sloop::events {

std::vector<Fixture> operations_fixtures() {
  std::vector<Fixture> all;
  add<AutoScalingEvent>(all, "autoscaling",
                        {"autoscaling-event-launch-successful", "autoscaling-event-launch-unsuccessful",
                         "autoscaling-event-lifecycle-action", "autoscaling-event-terminate-action",
                         "autoscaling-event-terminate-successful", "autoscaling-event-terminate-unsuccessful"});
  add<CloudFormationCustomResourceRequest>(
      all, "cloudformation",
      {"cloudformation-custom-resource-create-request", "cloudformation-custom-resource-delete-request",
       "cloudformation-custom-resource-update-request", "cloudformation-custom-resource-provider-create-request",
       "cloudformation-custom-resource-provider-delete-request",
       "cloudformation-custom-resource-provider-update-request"});
  add<CloudFormationCustomResourceResponse>(all, "cloudformation", {"cloudformation-custom-resource-response"});
  add<CloudFormationProviderResponse>(all, "cloudformation", {"cloudformation-custom-resource-provider-response"});
  add<CloudTrailRecord>(all, "cloudtrail",
                        {"cloudwatch-cloudtrail-assumed-role", "cloudwatch-cloudtrail-unknown-federate",
                         "cloudwatch-cloudtrail-unknown-user-auth"});
  add<CloudWatchAlarm>(
      all, "cloudwatch_alarms",
      {"cloudwatch-alarm-composite", "cloudwatch-alarm-composite-with-suppressor-alarm", "cloudwatch-alarm-metric"});
  add<SnsEvent>(all, "cloudwatch_alarms",
                {"cloudwatch-alarm-sns-payload-multiple-metrics", "cloudwatch-alarm-sns-payload-single-metric"});
  add<CloudWatchLogsEvent>(all, "cloudwatch_logs", {"cloudwatch-logs-event"});
  add<CodeCommitEvent>(all, "code_commit", {"code-commit-event"});
  add<CodeBuildEvent>(all, "codebuild", {"codebuild-phase-change", "codebuild-state-change"});
  add<CodeDeployEvent>(all, "codedeploy", {"codedeploy-deployment-event", "codedeploy-instance-event"});
  add<CodeDeployLifecycleEvent>(all, "codedeploy", {"codedeploy-lifecycle-event"});
  add<CodePipelineCloudWatchEvent>(
      all, "codepipeline_cloudwatch",
      {"codepipeline-action-execution-stage-change-event", "codepipeline-execution-stage-change-event",
       "codepipeline-execution-state-change-event"});
  add<CodePipelineJobEvent>(all, "codepipeline_job", {"codepipeline-job-event"});
  add<ConfigEvent>(all, "config", {"config-event"});
  return all;
}

}  // namespace sloop::events
