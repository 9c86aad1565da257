// SPDX-License-Identifier: Apache-2.0
//
// Triggers of Cognito user pools: sign-up, sign-in, messages, migration, custom challenges. Each is answered with the
// same event, its `response` filled in. Tokens are in cognito_tokens.hpp, custom senders in cognito_senders.hpp.
//
//   event.response.autoConfirmUser = true;   // CognitoPreSignupEvent
//   return event;
//
// Source: Amazon Cognito Developer Guide, "Customizing user pool workflows with Lambda triggers".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/cognito_common.hpp"

namespace sloop::events {

struct CognitoPreSignupRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<std::map<std::string, std::string>> validationData = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "PreSignUp_";
};

struct CognitoPreSignupResponse {
  std::optional<bool> autoConfirmUser = {};
  std::optional<bool> autoVerifyEmail = {};
  std::optional<bool> autoVerifyPhone = {};
  Rest rest = {};
};

using CognitoPreSignupEvent = CognitoTrigger<CognitoPreSignupRequest, CognitoPreSignupResponse>;

struct CognitoPreAuthenticationRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<std::map<std::string, std::string>> validationData = {};
  std::optional<bool> userNotFound = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "PreAuthentication_";
};

using CognitoPreAuthenticationEvent = CognitoTrigger<CognitoPreAuthenticationRequest, CognitoNoResponse>;

struct CognitoPostConfirmationRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "PostConfirmation_";
};

using CognitoPostConfirmationEvent = CognitoTrigger<CognitoPostConfirmationRequest, CognitoNoResponse>;

struct CognitoPostAuthenticationRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<bool> newDeviceUsed = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "PostAuthentication_";
};

using CognitoPostAuthenticationEvent = CognitoTrigger<CognitoPostAuthenticationRequest, CognitoNoResponse>;

struct CognitoMigrateUserRequest {
  std::optional<std::string> password = {};
  std::optional<std::map<std::string, std::string>> validationData = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "UserMigration_";
};

struct CognitoMigrateUserResponse {
  std::optional<std::map<std::string, std::string>> userAttributes = {};
  /// `CONFIRMED` or `RESET_REQUIRED`.
  std::optional<std::string> finalUserStatus = {};
  /// `SUPPRESS`.
  std::optional<std::string> messageAction = {};
  std::optional<std::vector<std::string>> desiredDeliveryMediums = {};
  std::optional<bool> forceAliasCreation = {};
  std::optional<bool> enableSMSMFA = {};
  Rest rest = {};
};

using CognitoMigrateUserEvent = CognitoTrigger<CognitoMigrateUserRequest, CognitoMigrateUserResponse>;

struct CognitoCustomMessageRequest {
  std::map<std::string, Json> userAttributes = {};
  /// Stands for the code: `{####}`.
  std::optional<std::string> codeParameter = {};
  std::optional<std::string> linkParameter = {};
  std::optional<std::string> usernameParameter = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "CustomMessage_";
};

struct CognitoCustomMessageResponse {
  std::optional<std::string> smsMessage = {};
  std::optional<std::string> emailMessage = {};
  std::optional<std::string> emailSubject = {};
  Rest rest = {};
};

using CognitoCustomMessageEvent = CognitoTrigger<CognitoCustomMessageRequest, CognitoCustomMessageResponse>;

struct CognitoChallengeResult {
  std::string challengeName = {};
  bool challengeResult = false;
  std::optional<std::string> challengeMetadata = {};
  Rest rest = {};
};

struct CognitoDefineAuthChallengeRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<std::vector<CognitoChallengeResult>> session = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  std::optional<bool> userNotFound = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "DefineAuthChallenge_";
};

struct CognitoDefineAuthChallengeResponse {
  std::optional<std::string> challengeName = {};
  std::optional<bool> issueTokens = {};
  std::optional<bool> failAuthentication = {};
  Rest rest = {};
};

using CognitoDefineAuthChallengeEvent =
    CognitoTrigger<CognitoDefineAuthChallengeRequest, CognitoDefineAuthChallengeResponse>;

struct CognitoCreateAuthChallengeRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<std::string> challengeName = {};
  std::optional<std::vector<CognitoChallengeResult>> session = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  std::optional<bool> userNotFound = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "CreateAuthChallenge_";
};

struct CognitoCreateAuthChallengeResponse {
  std::optional<std::map<std::string, std::string>> publicChallengeParameters = {};
  std::optional<std::map<std::string, std::string>> privateChallengeParameters = {};
  std::optional<std::string> challengeMetadata = {};
  Rest rest = {};
};

using CognitoCreateAuthChallengeEvent =
    CognitoTrigger<CognitoCreateAuthChallengeRequest, CognitoCreateAuthChallengeResponse>;

struct CognitoVerifyAuthChallengeRequest {
  std::map<std::string, Json> userAttributes = {};
  std::optional<std::map<std::string, std::string>> privateChallengeParameters = {};
  std::optional<Json> challengeAnswer = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  std::optional<bool> userNotFound = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "VerifyAuthChallengeResponse_";
};

struct CognitoVerifyAuthChallengeResponse {
  std::optional<bool> answerCorrect = {};
  Rest rest = {};
};

using CognitoVerifyAuthChallengeEvent =
    CognitoTrigger<CognitoVerifyAuthChallengeRequest, CognitoVerifyAuthChallengeResponse>;

/// `tokenResponse`, `idToken` and `userInfo` of OpenID and OAuth providers; `samlResponse` of SAML ones.
struct CognitoInboundFederationAttributes {
  std::optional<std::map<std::string, Json>> tokenResponse = {};
  std::optional<std::map<std::string, Json>> idToken = {};
  std::optional<std::map<std::string, Json>> userInfo = {};
  std::optional<std::map<std::string, Json>> samlResponse = {};
  Rest rest = {};
};

struct CognitoInboundFederationRequest {
  std::string providerName = {};
  std::string providerType = {};
  CognitoInboundFederationAttributes attributes = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "InboundFederation_";
};

struct CognitoInboundFederationResponse {
  std::optional<std::map<std::string, Json>> userAttributesToMap = {};
  Rest rest = {};
};

using CognitoInboundFederationEvent = CognitoTrigger<CognitoInboundFederationRequest, CognitoInboundFederationResponse>;

}  // namespace sloop::events
