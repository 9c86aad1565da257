// SPDX-License-Identifier: Apache-2.0
//
// Custom email and SMS senders of Cognito user pools: the function delivers the code itself.
//
// `code` is encrypted with the pool's KMS key by the AWS Encryption SDK; undoing that is the caller's.
// Source: Amazon Cognito Developer Guide, "Custom sender Lambda triggers".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"
#include "sloop/events/cognito_common.hpp"

namespace sloop::events {

struct CognitoCustomSenderRequest {
  /// `customEmailSenderRequestV1` or `customSMSSenderRequestV1`.
  std::string type = {};
  /// Base64 of the encrypted code.
  std::optional<std::string> code = {};
  std::optional<std::map<std::string, Json>> userAttributes = {};
  std::optional<std::map<std::string, std::string>> clientMetadata = {};
  Rest rest = {};

  static constexpr std::string_view trigger_source = "Custom";
};

using CognitoCustomEmailSenderEvent = CognitoTrigger<CognitoCustomSenderRequest, CognitoNoResponse>;
using CognitoCustomSMSSenderEvent = CognitoTrigger<CognitoCustomSenderRequest, CognitoNoResponse>;

}  // namespace sloop::events
