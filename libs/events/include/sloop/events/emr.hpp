// SPDX-License-Identifier: Apache-2.0
//
// Amazon EMR: clusters, instance groups, steps and scaling policies change their state.
//
// Source: Amazon EMR Management Guide, "Monitor events with CloudWatch".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct EmrAutoScalingPolicyStateChange {
  std::optional<std::string> resourceId = {};
  std::optional<std::string> clusterId = {};
  std::optional<std::string> state = {};
  std::optional<std::string> message = {};
  std::optional<std::string> scalingResourceType = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EMR Auto Scaling Policy State Change";
};

struct EmrClusterStateChange {
  std::string clusterId = {};
  std::string state = {};
  std::optional<std::string> severity = {};
  std::optional<std::string> name = {};
  std::optional<std::string> message = {};
  /// JSON text.
  std::optional<std::string> stateChangeReason = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EMR Cluster State Change";
};

struct EmrInstanceGroupStateChange {
  std::string clusterId = {};
  std::string instanceGroupId = {};
  std::string state = {};
  std::optional<std::string> market = {};
  std::optional<std::string> severity = {};
  std::optional<std::string> requestedInstanceCount = {};
  std::optional<std::string> instanceType = {};
  std::optional<std::string> instanceGroupType = {};
  std::optional<std::string> runningInstanceCount = {};
  std::optional<std::string> message = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EMR Instance Group State Change";
};

struct EmrStepStatusChange {
  std::string clusterId = {};
  std::string stepId = {};
  std::string state = {};
  std::optional<std::string> severity = {};
  std::optional<std::string> actionOnFailure = {};
  std::optional<std::string> name = {};
  std::optional<std::string> message = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EMR Step Status Change";
};

}  // namespace sloop::events
