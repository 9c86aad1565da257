// SPDX-License-Identifier: Apache-2.0
//
// Tags of a resource changed.
//
// Source: Resource Groups Tagging API, "Monitor tag changes with EventBridge".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct TagChangeOnResource {
  std::vector<std::string> changed_tag_keys = {};
  std::string service = {};
  std::string resource_type = {};
  std::optional<double> version = {};
  std::optional<std::map<std::string, std::string>> tags = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Tag Change on Resource";
  static constexpr bool dashed_keys = true;
};

}  // namespace sloop::events
