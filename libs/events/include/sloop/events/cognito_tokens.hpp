// SPDX-License-Identifier: Apache-2.0
//
// The pre token generation triggers of Cognito user pools, versions 1 and 2 (and 3, which has the shape of 2).
//
//   event.response.claimsOverrideDetails = CognitoClaimsOverrideDetails{.claimsToSuppress = {{"email"}}};
//   return event;
//
// Source: Amazon Cognito Developer Guide, "Pre token generation Lambda trigger".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/cognito_common.hpp"

namespace sloop::events {

struct CognitoGroupConfiguration {
  std::optional<std::vector<std::string>> groupsToOverride = {};
  std::optional<std::vector<std::string>> iamRolesToOverride = {};
  std::optional<std::string> preferredRole = {};
  Rest rest = {};
};

struct CognitoPreTokenGenRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<CognitoGroupConfiguration> groupConfiguration = {};
  /// Version 2.
  std::optional<std::vector<std::string>> scopes = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "TokenGeneration_";
};

struct CognitoClaimsOverrideDetails {
  std::optional<std::map<std::string, std::string>> claimsToAddOrOverride = {};
  std::optional<std::vector<std::string>> claimsToSuppress = {};
  std::optional<CognitoGroupConfiguration> groupOverrideDetails = {};
  Rest rest = {};
};

struct CognitoPreTokenGenResponse {
  std::optional<CognitoClaimsOverrideDetails> claimsOverrideDetails = {};
  Rest rest = {};
};

using CognitoPreTokenGenEvent = CognitoTrigger<CognitoPreTokenGenRequest, CognitoPreTokenGenResponse>;

/// `scopes..` for access tokens only.
struct CognitoTokenGenerationV2 {
  std::optional<std::map<std::string, Json>> claimsToAddOrOverride = {};
  std::optional<std::vector<std::string>> claimsToSuppress = {};
  std::optional<std::vector<std::string>> scopesToAdd = {};
  std::optional<std::vector<std::string>> scopesToSuppress = {};
  Rest rest = {};
};

struct CognitoClaimsAndScopeOverrideDetails {
  std::optional<CognitoTokenGenerationV2> idTokenGeneration = {};
  std::optional<CognitoTokenGenerationV2> accessTokenGeneration = {};
  std::optional<CognitoGroupConfiguration> groupOverrideDetails = {};
  Rest rest = {};
};

struct CognitoPreTokenGenResponseV2 {
  std::optional<CognitoClaimsAndScopeOverrideDetails> claimsAndScopeOverrideDetails = {};
  Rest rest = {};
};

using CognitoPreTokenGenEventV2 = CognitoTrigger<CognitoPreTokenGenRequest, CognitoPreTokenGenResponseV2>;

}  // namespace sloop::events
