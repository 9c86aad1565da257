// SPDX-License-Identifier: Apache-2.0
//
// What all triggers of Cognito user pools have in common. Included by their headers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CognitoCallerContext {
  std::optional<std::string> awsSdkVersion = {};
  std::optional<std::string> clientId = {};
  Rest rest = {};
};

/// For triggers that have nothing to answer.
struct CognitoNoResponse {
  Rest rest = {};
};

template <class Request, class Response>
struct CognitoTrigger {
  /// The source is `PreSignUp_SignUp`, `TokenGeneration_Authentication` ..
  std::string version = {};
  std::string triggerSource = {};
  std::string region = {};
  std::string userPoolId = {};
  std::optional<std::string> userName = {};
  CognitoCallerContext callerContext = {};
  Request request = {};
  Response response = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "cognito";
  /// What `triggerSource` begins with; the dispatcher compares it.
  static constexpr std::string_view trigger_source = Request::trigger_source;
};

}  // namespace sloop::events
