// SPDX-License-Identifier: Apache-2.0
//
// AWS Systems Manager: automations, commands, compliance, parameters, maintenance windows, change calendars.
//
// Source: AWS Systems Manager User Guide, "Reference: EventBridge event patterns and types".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/fields.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct SsmAutomationStepStatusChange {
  std::string ExecutionId = {};
  std::string StepName = {};
  std::string Action = {};
  std::string Status = {};
  std::optional<std::string> Definition = {};
  std::optional<Json> DefinitionVersion = {};
  std::optional<std::string> EndTime = {};
  std::optional<std::string> StartTime = {};
  std::optional<double> Time_ = {};
  std::optional<std::string> StepExecutionId = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EC2 Automation Step Status-change Notification";
  static constexpr FieldInfo field_info[] = {{.name = "Time_", .key = "Time"}};
};

struct SsmAutomationExecutionStatusChange {
  std::string ExecutionId = {};
  std::string Status = {};
  std::optional<std::string> Definition = {};
  std::optional<Json> DefinitionVersion = {};
  std::optional<std::string> StartTime = {};
  std::optional<std::string> EndTime = {};
  std::optional<double> Time_ = {};
  std::optional<std::string> ExecutedBy = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EC2 Automation Execution Status-change Notification";
  static constexpr FieldInfo field_info[] = {{.name = "Time_", .key = "Time"}};
};

/// `instance_id` for an invocation on one instance.
struct SsmCommandStatusChange {
  std::string command_id = {};
  std::string status = {};
  std::optional<std::string> document_name = {};
  std::optional<std::string> instance_id = {};
  std::optional<std::string> requested_date_time = {};
  std::optional<std::string> expire_after = {};
  std::optional<std::string> output_s3bucket_name = {};
  std::optional<std::string> output_s3key_prefix = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct SsmComplianceStateChange {
  std::optional<std::string> resource_id = {};
  std::optional<std::string> resource_type = {};
  std::optional<std::string> compliance_status = {};
  std::optional<std::string> compliance_type = {};
  std::optional<std::string> patch_baseline_id = {};
  std::optional<std::string> severity = {};
  std::optional<std::string> last_runtime = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Configuration Compliance State Change";
  static constexpr bool dashed_keys = true;
};

struct SsmStateManagerAssociationStateChange {
  std::optional<std::string> association_id = {};
  std::optional<std::string> association_name = {};
  std::optional<std::string> association_version = {};
  std::optional<std::string> document_name = {};
  std::optional<std::string> document_version = {};
  std::optional<std::string> status = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EC2 State Manager Association State Change";
  static constexpr FieldInfo field_info[] = {{.name = "association_id", .key = "association-id"},
                                             {.name = "association_name", .key = "association-name"},
                                             {.name = "association_version", .key = "association-version"},
                                             {.name = "document_name", .key = "document-name"},
                                             {.name = "document_version", .key = "document-version"}};
};

/// Its registrations of targets and tasks, its executions.
struct SsmMaintenanceWindow {
  std::optional<std::string> window_id = {};
  std::optional<std::string> status = {};
  std::optional<std::string> window_execution_id = {};
  std::optional<std::string> window_task_id = {};
  std::optional<std::string> window_target_id = {};
  std::optional<std::string> task_execution_id = {};
  std::optional<std::string> owner_information = {};
  std::optional<std::string> start_time = {};
  std::optional<std::string> end_time = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct SsmParameterStoreChange {
  std::string name = {};
  std::string operation = {};
  std::string type = {};
  std::optional<std::string> description = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Parameter Store Change";
};

struct SsmParameterStorePolicyAction {
  std::optional<std::string> parameter_name = {};
  std::optional<std::string> policy_type = {};
  std::optional<std::string> action_status = {};
  std::optional<std::string> parameter_type = {};
  std::optional<std::string> action_reason = {};
  std::optional<std::string> policy_content = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Parameter Store Policy Action";
  static constexpr FieldInfo field_info[] = {
      {.name = "parameter_name", .key = "parameter-name"}, {.name = "policy_type", .key = "policy-type"},
      {.name = "action_status", .key = "action-status"},   {.name = "parameter_type", .key = "parameter-type"},
      {.name = "action_reason", .key = "action-reason"},   {.name = "policy_content", .key = "policy-content"}};
};

struct SsmCalendarStateChange {
  std::string state = {};
  std::optional<std::string> atTime = {};
  std::optional<std::string> nextTransitionTime = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Calendar State Change";
};

}  // namespace sloop::events
