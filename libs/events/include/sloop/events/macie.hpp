// SPDX-License-Identifier: Apache-2.0
//
// Amazon Macie: alerts of Macie Classic and findings of today's Macie.
//
// Source: Amazon Macie User Guide, "EventBridge event schema for findings".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

/// Macie Classic. The summaries differ by alert and stay as they come.
struct MacieAlertDetail {
  std::optional<std::string> notification_type = {};
  std::optional<std::string> name = {};
  std::optional<std::string> url = {};
  std::optional<std::string> alert_arn = {};
  std::optional<std::string> risk_score = {};
  std::optional<std::string> created_at = {};
  std::optional<std::string> actor = {};
  std::optional<std::vector<std::string>> tags = {};
  std::optional<Json> trigger = {};
  std::optional<Json> summary = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Macie Alert";
  static constexpr bool dashed_keys = true;
};

struct MacieFindingSeverity {
  std::optional<std::string> description = {};
  std::optional<double> score = {};
  Rest rest = {};
};

struct MacieFindingDetail {
  std::string id = {};
  std::string type = {};
  std::string accountId = {};
  std::optional<std::string> schemaVersion = {};
  std::optional<std::string> partition = {};
  std::optional<std::string> region = {};
  std::optional<std::string> title = {};
  std::optional<std::string> description = {};
  std::optional<std::string> category = {};
  std::optional<std::string> createdAt = {};
  std::optional<std::string> updatedAt = {};
  std::optional<MacieFindingSeverity> severity = {};
  std::optional<Json> resourcesAffected = {};
  std::optional<Json> classificationDetails = {};
  std::optional<Json> policyDetails = {};
  std::optional<double> count = {};
  std::optional<bool> archived = {};
  std::optional<bool> sample = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Macie Finding";
};

}  // namespace sloop::events
