// SPDX-License-Identifier: Apache-2.0
//
// CodeDeploy: deployments and instances change their state; and the event of a lifecycle hook.
//
// Source: CodeDeploy User Guide, "Monitoring deployments with CloudWatch Events"; "AppSpec 'hooks' section".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct CodeDeployEventDetail {
  /// The state is `START`, `SUCCESS`, `FAILURE`, `STOP` or `READY`.
  std::string deploymentId = {};
  std::string state = {};
  std::optional<std::string> application = {};
  std::optional<std::string> deploymentGroup = {};
  std::optional<std::string> instanceGroupId = {};
  std::optional<std::string> instanceId = {};
  std::optional<std::string> region = {};
  Rest rest = {};
};

using CodeDeployEvent = EventBridgeEvent<CodeDeployEventDetail>;

/// What a hook of a deployment (ECS, Lambda) is called with.
struct CodeDeployLifecycleEvent {
  std::string DeploymentId = {};
  std::string LifecycleEventHookExecutionId = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "codedeploy_lifecycle";
};

}  // namespace sloop::events
