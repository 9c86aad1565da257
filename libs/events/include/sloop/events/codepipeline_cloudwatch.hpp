// SPDX-License-Identifier: Apache-2.0
//
// CodePipeline: pipelines, stages and actions change their state.
//
// Source: CodePipeline User Guide, "Detect and react to changes in pipeline state".
#pragma once

#include <optional>
#include <string>

#include "sloop/core/fields.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

/// What kind of action it is.
struct CodePipelineEventDetailType {
  std::optional<std::string> owner = {};
  std::optional<std::string> category = {};
  std::optional<std::string> provider = {};
  std::optional<Json> version = {};
  Rest rest = {};
};

struct CodePipelineEventDetail {
  std::string pipeline = {};
  std::string state = {};
  std::string execution_id = {};
  std::optional<double> version = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> action = {};
  std::optional<std::string> region = {};
  std::optional<CodePipelineEventDetailType> type = {};
  Rest rest = {};

  static constexpr FieldInfo field_info[] = {{.name = "execution_id", .key = "execution-id"}};
};

using CodePipelineCloudWatchEvent = EventBridgeEvent<CodePipelineEventDetail>;

}  // namespace sloop::events
