// SPDX-License-Identifier: Apache-2.0
//
// Rules of AWS Config: is this resource as it should be? The verdict goes back by PutEvaluations.
//
// Source: AWS Config Developer Guide, "Example events for AWS Config rules".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct ConfigEvent {
  std::string configRuleName = {};
  std::string resultToken = {};
  /// JSON text.
  std::string invokingEvent = {};
  /// JSON text.
  std::optional<std::string> ruleParameters = {};
  std::optional<std::string> configRuleId = {};
  std::optional<std::string> configRuleArn = {};
  std::optional<std::string> version = {};
  std::optional<std::string> executionRoleArn = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> evaluationMode = {};
  std::optional<bool> eventLeftScope = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "config";
};

}  // namespace sloop::events
