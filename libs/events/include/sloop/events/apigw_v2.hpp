// SPDX-License-Identifier: Apache-2.0
//
// HTTP APIs of API Gateway, payload format 2.0: request and answer.
//
//   ApiGatewayV2httpResponse{.statusCode = 200, .body = "hello"}
//
// `queryStringParameters` joins repeated parameters by commas; `rawQueryString` loses nothing.
// Source: API Gateway Developer Guide, "AWS Lambda proxy integrations for HTTP APIs".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/apigw_common.hpp"
#include "sloop/events/decode.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct ApiGatewayV2AuthorizerJwt {
  std::optional<std::map<std::string, Json>> claims = {};
  std::optional<std::vector<std::string>> scopes = {};
  Rest rest = {};
};

struct ApiGatewayV2AuthorizerCognitoIdentity {
  std::optional<std::vector<std::string>> amr = {};
  std::optional<std::string> identityId = {};
  std::optional<std::string> identityPoolId = {};
  Rest rest = {};
};

struct ApiGatewayV2AuthorizerIam {
  std::optional<std::string> accessKey = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> callerId = {};
  std::optional<std::string> principalOrgId = {};
  std::optional<std::string> userArn = {};
  std::optional<std::string> userId = {};
  std::optional<ApiGatewayV2AuthorizerCognitoIdentity> cognitoIdentity = {};
  Rest rest = {};
};

/// Exactly one is there.
struct ApiGatewayV2Authorizer {
  std::optional<ApiGatewayV2AuthorizerJwt> jwt = {};
  std::optional<ApiGatewayV2AuthorizerIam> iam = {};
  /// The context that a Lambda authorizer returned.
  std::optional<std::map<std::string, Json>> lambda = {};
  Rest rest = {};
};

struct ApiGatewayV2httpRequestContext {
  std::optional<std::string> accountId = {};
  std::optional<std::string> apiId = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> routeKey = {};
  std::optional<std::string> requestId = {};
  ApiGatewayHttpDescription http = {};
  std::optional<ApiGatewayV2Authorizer> authorizer = {};
  std::optional<ApiGatewayAuthentication> authentication = {};
  std::optional<std::string> domainName = {};
  std::optional<std::string> domainPrefix = {};
  std::optional<std::string> time = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timeEpoch = {};
  Rest rest = {};

  [[nodiscard]] std::optional<Time> received_at() const { return time_of_millis(timeEpoch); }
};

struct ApiGatewayV2httpRequest {
  std::string version = {};
  std::string rawPath = {};
  std::string rawQueryString = {};
  std::optional<std::string> routeKey = {};
  std::optional<std::vector<std::string>> cookies = {};
  std::map<std::string, std::string> headers = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  std::optional<std::map<std::string, std::string>> pathParameters = {};
  std::optional<std::map<std::string, std::string>> stageVariables = {};
  ApiGatewayV2httpRequestContext requestContext = {};
  std::optional<std::string> body = {};
  bool isBase64Encoded = false;
  Rest rest = {};

  static constexpr std::string_view event_kind = "apigw_v2";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, isBase64Encoded); }
};

struct ApiGatewayV2httpResponse {
  std::int64_t statusCode = 0;
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::vector<std::string>> cookies = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};
};

}  // namespace sloop::events
