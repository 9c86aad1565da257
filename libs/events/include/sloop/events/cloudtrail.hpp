// SPDX-License-Identifier: Apache-2.0
//
// An API call that CloudTrail saw, by EventBridge (`AWS API Call via CloudTrail`) or as a record of a trail.
//
//   EventBridgeEvent<CloudTrailRecord> event;   // event.detail.eventName == "RunInstances"
//
// Source: CloudTrail User Guide, "CloudTrail record contents" and "userIdentity element".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct CloudTrailSessionIssuer {
  std::optional<std::string> type = {};
  std::optional<std::string> principalId = {};
  std::optional<std::string> arn = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> userName = {};
  Rest rest = {};
};

struct CloudTrailWebIdFederationData {
  std::optional<std::string> federatedProvider = {};
  std::optional<Json> attributes = {};
  Rest rest = {};
};

struct CloudTrailSessionAttributes {
  std::optional<std::string> creationDate = {};
  std::optional<std::string> mfaAuthenticated = {};
  Rest rest = {};
};

struct CloudTrailSessionContext {
  std::optional<CloudTrailSessionIssuer> sessionIssuer = {};
  std::optional<CloudTrailWebIdFederationData> webIdFederationData = {};
  std::optional<CloudTrailSessionAttributes> attributes = {};
  std::optional<std::string> sourceIdentity = {};
  Rest rest = {};
};

struct CloudTrailOnBehalfOf {
  std::optional<std::string> userId = {};
  std::optional<std::string> identityStoreArn = {};
  Rest rest = {};
};

struct CloudTrailUserIdentity {
  std::string type = {};
  std::optional<std::string> principalId = {};
  std::optional<std::string> arn = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> accessKeyId = {};
  std::optional<std::string> userName = {};
  std::optional<std::string> invokedBy = {};
  std::optional<std::string> identityProvider = {};
  std::optional<std::string> credentialId = {};
  std::optional<CloudTrailSessionContext> sessionContext = {};
  std::optional<CloudTrailOnBehalfOf> onBehalfOf = {};
  Rest rest = {};
};

/// Also signin's `AWS Console Sign In via CloudTrail`.
struct CloudTrailRecord {
  std::string eventVersion = {};
  CloudTrailUserIdentity userIdentity = {};
  std::string eventTime = {};
  std::string eventSource = {};
  std::string eventName = {};
  std::string awsRegion = {};
  std::optional<std::string> sourceIPAddress = {};
  std::optional<std::string> userAgent = {};
  std::optional<std::string> errorCode = {};
  std::optional<std::string> errorMessage = {};
  std::optional<Json> requestParameters = {};
  std::optional<Json> responseElements = {};
  std::optional<Json> additionalEventData = {};
  std::optional<Json> serviceEventDetails = {};
  std::optional<Json> tlsDetails = {};
  std::optional<std::string> requestID = {};
  std::optional<std::string> eventID = {};
  std::optional<std::string> eventType = {};
  std::optional<std::string> apiVersion = {};
  std::optional<std::string> recipientAccountId = {};
  std::optional<std::string> sharedEventID = {};
  std::optional<std::string> vpcEndpointId = {};
  std::optional<bool> readOnly = {};
  std::optional<bool> managementEvent = {};
  std::optional<std::vector<Json>> resources = {};
  std::optional<std::string> eventCategory = {};
  std::optional<std::string> sessionCredentialFromConsole = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "AWS API Call via CloudTrail";
  [[nodiscard]] Result<Time> occurred_at() const { return parse_time(eventTime); }
};

}  // namespace sloop::events
