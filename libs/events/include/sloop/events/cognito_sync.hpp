// SPDX-License-Identifier: Apache-2.0
//
// Datasets of Cognito Sync.
//
// Source: Amazon Cognito Developer Guide, "Amazon Cognito Events".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CognitoDatasetRecord {
  std::optional<std::string> newValue = {};
  std::optional<std::string> oldValue = {};
  std::optional<std::string> op = {};
  Rest rest = {};
};

struct CognitoEvent {
  std::string datasetName = {};
  std::string eventType = {};
  std::string identityPoolId = {};
  std::optional<std::string> region = {};
  std::optional<std::string> identityId = {};
  std::map<std::string, CognitoDatasetRecord> datasetRecords = {};
  std::optional<double> version = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "cognito_sync";
};

}  // namespace sloop::events
