// SPDX-License-Identifier: Apache-2.0
//
// AWS OpsWorks Stacks (which ended in 2024): instances, commands, deployments, alerts.
//
// Source: AWS OpsWorks User Guide, "Monitoring stacks with CloudWatch Events".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct OpsWorksInstanceStateChange {
  std::string instance_id = {};
  std::string status = {};
  std::optional<std::string> initiated_by = {};
  std::optional<std::string> hostname = {};
  std::optional<std::string> stack_id = {};
  std::optional<std::string> ec2_instance_id = {};
  std::optional<std::vector<std::string>> layer_ids = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "OpsWorks Instance State Change";
  static constexpr bool dashed_keys = true;
};

struct OpsWorksCommandStateChange {
  std::string command_id = {};
  std::string type = {};
  std::string status = {};
  std::optional<std::string> initiated_by = {};
  std::optional<std::string> instance_id = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "OpsWorks Command State Change";
  static constexpr bool dashed_keys = true;
};

struct OpsWorksDeploymentStateChange {
  std::string deployment_id = {};
  std::string command = {};
  std::string status = {};
  std::optional<std::string> initiated_by = {};
  std::optional<std::string> stack_id = {};
  std::optional<double> duration = {};
  std::optional<std::vector<std::string>> instance_ids = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "OpsWorks Deployment State Change";
  static constexpr bool dashed_keys = true;
};

struct OpsWorksAlert {
  std::string type = {};
  std::string message = {};
  std::optional<std::string> stack_id = {};
  std::optional<std::string> instance_id = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "OpsWorks Alert";
  static constexpr bool dashed_keys = true;
};

}  // namespace sloop::events
