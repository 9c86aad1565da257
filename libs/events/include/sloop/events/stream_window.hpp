// SPDX-License-Identifier: Apache-2.0
//
// Tumbling windows of Kinesis and DynamoDB streams: the state that goes from batch to batch.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct StreamWindow {
  /// `2020-07-30T17:00:00Z`.
  std::string start = {};
  std::string end = {};
  Rest rest = {};
};

struct TimeWindowEventResponse {
  std::optional<std::map<std::string, Json>> state = {};
  std::optional<std::vector<Json>> batchItemFailures = {};
  Rest rest = {};
};

}  // namespace sloop::events
