// SPDX-License-Identifier: Apache-2.0
//
// Amazon ECS: a container instance changed.
//
// Source: Amazon ECS Developer Guide, "Container instance state change events".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct EcsAttribute {
  std::string name = {};
  std::optional<std::string> value = {};
  Rest rest = {};
};

struct EcsResource {
  std::string name = {};
  std::string type = {};
  std::optional<double> integerValue = {};
  std::optional<double> longValue = {};
  std::optional<double> doubleValue = {};
  std::optional<std::vector<std::string>> stringSetValue = {};
  Rest rest = {};
};

struct EcsVersionInfo {
  std::optional<std::string> agentHash = {};
  std::optional<std::string> agentVersion = {};
  std::optional<std::string> dockerVersion = {};
  Rest rest = {};
};

struct EcsContainerInstanceDetail {
  std::string clusterArn = {};
  std::string containerInstanceArn = {};
  std::string status = {};
  bool agentConnected = false;
  std::optional<std::string> ec2InstanceId = {};
  std::optional<std::string> updatedAt = {};
  std::optional<std::string> registeredAt = {};
  std::optional<std::string> accountType = {};
  std::optional<std::string> statusReason = {};
  std::optional<std::vector<EcsAttribute>> attributes = {};
  std::optional<std::vector<EcsResource>> registeredResources = {};
  std::optional<std::vector<EcsResource>> remainingResources = {};
  std::optional<std::int64_t> version = {};
  std::optional<std::int64_t> runningTasksCount = {};
  std::optional<std::int64_t> pendingTasksCount = {};
  std::optional<EcsVersionInfo> versionInfo = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "ECS Container Instance State Change";
};

using EcsContainerInstanceEvent = EventBridgeEvent<EcsContainerInstanceDetail>;

}  // namespace sloop::events
