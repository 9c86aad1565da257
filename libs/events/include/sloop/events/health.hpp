// SPDX-License-Identifier: Apache-2.0
//
// AWS Health: something happens to the account's resources.
//
// Source: AWS Health User Guide, "Monitoring AWS Health events with EventBridge".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct HealthEventDescription {
  std::optional<std::string> language = {};
  std::optional<std::string> latestDescription = {};
  Rest rest = {};
};

struct HealthAffectedEntity {
  std::string entityValue = {};
  std::optional<std::string> lastUpdatedTime = {};
  std::optional<std::string> status = {};
  std::optional<std::map<std::string, std::string>> tags = {};
  Rest rest = {};
};

struct HealthEventDetail {
  std::string eventArn = {};
  std::string service = {};
  std::string eventTypeCode = {};
  std::string eventTypeCategory = {};
  std::optional<std::string> startTime = {};
  std::optional<std::string> endTime = {};
  std::optional<std::string> lastUpdatedTime = {};
  std::optional<std::string> communicationId = {};
  std::optional<std::string> statusCode = {};
  std::optional<std::string> eventRegion = {};
  std::optional<std::string> affectedAccount = {};
  std::optional<std::string> eventScopeCode = {};
  std::optional<std::string> page = {};
  std::optional<std::string> totalPages = {};
  std::optional<std::vector<HealthEventDescription>> eventDescription = {};
  std::optional<std::vector<HealthAffectedEntity>> affectedEntities = {};
  std::optional<std::map<std::string, Json>> eventMetadata = {};
  std::optional<Json> backupEvent = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "AWS Health Event";
};

using HealthEvent = EventBridgeEvent<HealthEventDetail>;

}  // namespace sloop::events
