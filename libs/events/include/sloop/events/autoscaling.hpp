// SPDX-License-Identifier: Apache-2.0
//
// EC2 Auto Scaling: launches, terminations and lifecycle actions of instances.
//
// Source: EC2 Auto Scaling User Guide, "EventBridge event reference".
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct AutoScalingDetail {
  std::string AutoScalingGroupName = {};
  std::optional<std::string> EC2InstanceId = {};
  std::optional<std::string> ActivityId = {};
  std::optional<std::string> RequestId = {};
  std::optional<std::string> StatusCode = {};
  std::optional<std::string> StatusMessage = {};
  std::optional<std::string> Description = {};
  std::optional<std::string> Cause = {};
  std::optional<std::string> StartTime = {};
  std::optional<std::string> EndTime = {};
  std::optional<std::map<std::string, std::string>> Details = {};
  std::optional<std::string> LifecycleActionToken = {};
  std::optional<std::string> LifecycleHookName = {};
  std::optional<std::string> LifecycleTransition = {};
  std::optional<std::string> NotificationMetadata = {};
  std::optional<std::string> Origin = {};
  std::optional<std::string> Destination = {};
  Rest rest = {};
};

using AutoScalingEvent = EventBridgeEvent<AutoScalingDetail>;

}  // namespace sloop::events
