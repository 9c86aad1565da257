// SPDX-License-Identifier: Apache-2.0
//
// AWS Trusted Advisor: a check was refreshed.
//
// Source: AWS Support User Guide, "Monitoring AWS Trusted Advisor with EventBridge".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/fields.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct TrustedAdvisorCheckItem {
  std::string check_name = {};
  std::string status = {};
  std::optional<std::map<std::string, std::optional<std::string>>> check_item_detail = {};
  std::optional<std::string> resource_id = {};
  std::optional<std::string> uuid = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Trusted Advisor Check Item Refresh Notification";
  static constexpr bool dashed_keys = true;
  static constexpr FieldInfo field_info[] = {{.name = "resource_id", .key = "resource_id"}};
};

}  // namespace sloop::events
