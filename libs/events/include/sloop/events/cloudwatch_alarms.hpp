// SPDX-License-Identifier: Apache-2.0
//
// CloudWatch alarms that invoke a function, or that came through SNS.
//
//   if (event.alarmData.state.value == "ALARM") ...
//
// Source: CloudWatch User Guide, "Invoke a Lambda function from an alarm"; "Alarm events and EventBridge".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/fields.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CloudWatchAlarmState {
  /// `ALARM`, `OK` or `INSUFFICIENT_DATA`.
  std::string value = {};
  std::optional<std::string> reason = {};
  std::optional<std::string> timestamp = {};
  /// JSON text: `CloudWatchAlarmStateReasonData`.
  std::optional<std::string> reasonData = {};
  std::optional<std::string> actionsSuppressedBy = {};
  std::optional<std::string> actionsSuppressedReason = {};
  std::optional<std::string> evaluationState = {};
  Rest rest = {};
};

struct CloudWatchMetricDefinition {
  std::optional<std::string> namespace_ = {};
  std::string name = {};
  std::optional<std::map<std::string, std::string>> dimensions = {};
  Rest rest = {};

  static constexpr FieldInfo field_info[] = {{.name = "namespace_", .key = "namespace"}};
};

struct CloudWatchMetricStatDefinition {
  CloudWatchMetricDefinition metric = {};
  /// Seconds.
  std::optional<double> period = {};
  std::optional<std::string> stat = {};
  std::optional<std::string> unit = {};
  Rest rest = {};
};

struct CloudWatchAlarmMetric {
  std::string id = {};
  std::optional<CloudWatchMetricStatDefinition> metricStat = {};
  std::optional<std::string> expression = {};
  std::optional<std::string> label = {};
  std::optional<std::string> accountId = {};
  /// Seconds.
  std::optional<double> period = {};
  std::optional<bool> returnData = {};
  Rest rest = {};
};

/// `metrics` of a metric alarm; `alarmRule` and what follows it of a composite one.
struct CloudWatchAlarmConfiguration {
  std::optional<std::string> description = {};
  std::optional<std::vector<CloudWatchAlarmMetric>> metrics = {};
  std::optional<std::string> alarmRule = {};
  std::optional<std::string> actionsSuppressor = {};
  /// Seconds.
  std::optional<double> actionsSuppressorWaitPeriod = {};
  std::optional<double> actionsSuppressorExtensionPeriod = {};
  Rest rest = {};
};

struct CloudWatchAlarmData {
  std::string alarmName = {};
  CloudWatchAlarmState state = {};
  std::optional<CloudWatchAlarmState> previousState = {};
  std::optional<CloudWatchAlarmConfiguration> configuration = {};
  Rest rest = {};
};

struct CloudWatchAlarm {
  /// `aws.cloudwatch`.
  std::string source = {};
  std::optional<std::string> alarmArn = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> time = {};
  std::optional<std::string> region = {};
  /// When it came by EventBridge.
  std::optional<std::string> version = {};
  std::optional<std::string> id = {};
  std::optional<std::string> detail_type = {};
  std::optional<std::string> account = {};
  std::optional<std::vector<std::string>> resources = {};
  CloudWatchAlarmData alarmData = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "cloudwatch_alarm";
  static constexpr FieldInfo field_info[] = {{.name = "detail_type", .key = "detail-type"}};
};

struct CloudWatchAlarmEvaluatedDatapoint {
  std::string timestamp = {};
  std::optional<double> sampleCount = {};
  std::optional<double> value = {};
  std::optional<double> threshold = {};
  Rest rest = {};
};

struct CloudWatchAlarmTriggeringState {
  std::optional<std::string> value = {};
  std::optional<std::string> timestamp = {};
  Rest rest = {};
};

struct CloudWatchAlarmTriggering {
  std::string arn = {};
  std::optional<CloudWatchAlarmTriggeringState> state = {};
  Rest rest = {};
};

/// What `reasonData` says: of a metric alarm, or (`triggeringAlarms`) of a composite one.
struct CloudWatchAlarmStateReasonData {
  std::optional<std::string> version = {};
  std::optional<std::string> queryDate = {};
  std::optional<std::string> startDate = {};
  std::optional<std::string> statistic = {};
  std::optional<std::string> unit = {};
  std::optional<double> period = {};
  std::optional<double> threshold = {};
  std::optional<std::vector<Json>> recentDatapoints = {};
  std::optional<std::vector<CloudWatchAlarmEvaluatedDatapoint>> evaluatedDatapoints = {};
  std::optional<std::vector<CloudWatchAlarmTriggering>> triggeringAlarms = {};
  Rest rest = {};
};

struct CloudWatchAlarmDimension {
  std::string name = {};
  std::string value = {};
  Rest rest = {};
};

struct CloudWatchAlarmTrigger {
  std::optional<std::string> MetricName = {};
  std::optional<std::string> Namespace = {};
  std::optional<std::string> StatisticType = {};
  std::optional<std::string> Statistic = {};
  std::optional<std::string> Unit = {};
  std::optional<std::string> ComparisonOperator = {};
  std::optional<std::string> TreatMissingData = {};
  std::optional<std::string> EvaluateLowSampleCountPercentile = {};
  std::optional<std::vector<CloudWatchAlarmDimension>> Dimensions = {};
  std::optional<std::vector<Json>> Metrics = {};
  std::optional<double> Period = {};
  std::optional<double> EvaluationPeriods = {};
  std::optional<double> DatapointsToAlarm = {};
  std::optional<double> Threshold = {};
  Rest rest = {};
};

/// The message of an alarm that came through SNS.
struct CloudWatchAlarmPayload {
  std::string AlarmName = {};
  std::string NewStateValue = {};
  std::optional<std::string> AlarmDescription = {};
  std::optional<std::string> AWSAccountId = {};
  std::optional<std::string> NewStateReason = {};
  std::optional<std::string> StateChangeTime = {};
  std::optional<std::string> Region = {};
  std::optional<std::string> AlarmArn = {};
  std::optional<std::string> OldStateValue = {};
  std::optional<std::string> AlarmConfigurationUpdatedTimestamp = {};
  std::optional<std::vector<std::string>> OKActions = {};
  std::optional<std::vector<std::string>> AlarmActions = {};
  std::optional<std::vector<std::string>> InsufficientDataActions = {};
  std::optional<CloudWatchAlarmTrigger> Trigger = {};
  Rest rest = {};
};

}  // namespace sloop::events
