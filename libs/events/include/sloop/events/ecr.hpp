// SPDX-License-Identifier: Apache-2.0
//
// Amazon ECR: images were pushed, deleted or scanned.
//
// Source: Amazon ECR User Guide, "Sample events from Amazon ECR".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct EcrScanFindingSeverityCounts {
  std::optional<std::int64_t> CRITICAL = {};
  std::optional<std::int64_t> HIGH = {};
  std::optional<std::int64_t> MEDIUM = {};
  std::optional<std::int64_t> LOW = {};
  std::optional<std::int64_t> INFORMATIONAL = {};
  std::optional<std::int64_t> UNDEFINED = {};
  Rest rest = {};
};

struct EcrScanEventDetail {
  std::string scan_status = {};
  std::string repository_name = {};
  std::optional<EcrScanFindingSeverityCounts> finding_severity_counts = {};
  std::optional<std::string> image_digest = {};
  std::optional<std::vector<std::string>> image_tags = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "ECR Image Scan";
  static constexpr bool dashed_keys = true;
};

using EcrScanEvent = EventBridgeEvent<EcrScanEventDetail>;

struct EcrImageActionDetail {
  std::string result = {};
  std::string repository_name = {};
  std::string action_type = {};
  std::optional<std::string> image_digest = {};
  std::optional<std::string> image_tag = {};
  std::optional<std::string> artifact_media_type = {};
  std::optional<std::string> manifest_media_type = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "ECR Image Action";
  static constexpr bool dashed_keys = true;
};

using EcrImageActionEvent = EventBridgeEvent<EcrImageActionDetail>;

}  // namespace sloop::events
