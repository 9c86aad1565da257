// SPDX-License-Identifier: Apache-2.0
//
// Lambda authorizers of API Gateway: what they are asked and what they answer.
//
//   return ApiGatewayV2CustomAuthorizerSimpleResponse{.isAuthorized = true};
//
// Source: API Gateway Developer Guide, "Use API Gateway Lambda authorizers".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/apigw_common.hpp"
#include "sloop/events/iam.hpp"

namespace sloop::events {

/// A REST API's authorizer of type TOKEN.
struct ApiGatewayCustomAuthorizerRequest {
  std::string type = {};
  std::string authorizationToken = {};
  std::string methodArn = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "apigw_authorizer_token";
};

struct ApiGatewayCustomAuthorizerRequestTypeRequestContext {
  std::optional<std::string> path = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> resourceId = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> requestId = {};
  std::optional<std::string> resourcePath = {};
  std::optional<std::string> httpMethod = {};
  std::optional<std::string> apiId = {};
  std::optional<ApiGatewayRequestIdentity> identity = {};
  std::optional<ApiGatewayHttpDescription> http = {};
  std::optional<std::string> routeKey = {};
  std::optional<std::string> time = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timeEpoch = {};
  std::optional<std::string> eventType = {};
  std::optional<std::string> connectionId = {};
  std::optional<std::string> domainName = {};
  std::optional<std::string> messageDirection = {};
  std::optional<std::string> extendedRequestId = {};
  std::optional<std::string> requestTime = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> connectedAt = {};
  std::optional<std::int64_t> requestTimeEpoch = {};
  Rest rest = {};
};

/// Type REQUEST: of REST and WebSocket APIs, and of HTTP APIs with payload format 1.0.
struct ApiGatewayCustomAuthorizerRequestTypeRequest {
  std::string type = {};
  std::string methodArn = {};
  std::optional<std::string> version = {};
  std::optional<std::string> identitySource = {};
  std::optional<std::string> authorizationToken = {};
  std::optional<std::string> resource = {};
  std::optional<std::string> path = {};
  std::optional<std::string> httpMethod = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueQueryStringParameters = {};
  std::optional<std::map<std::string, std::string>> pathParameters = {};
  std::optional<std::map<std::string, std::string>> stageVariables = {};
  ApiGatewayCustomAuthorizerRequestTypeRequestContext requestContext = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "apigw_authorizer";
};

using ApiGatewayV2CustomAuthorizerV1Request = ApiGatewayCustomAuthorizerRequestTypeRequest;

struct ApiGatewayV2CustomAuthorizerV2RequestContext {
  std::optional<std::string> accountId = {};
  std::optional<std::string> apiId = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> routeKey = {};
  std::optional<std::string> requestId = {};
  ApiGatewayHttpDescription http = {};
  std::optional<ApiGatewayAuthentication> authentication = {};
  std::optional<std::string> domainName = {};
  std::optional<std::string> domainPrefix = {};
  std::optional<std::string> time = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timeEpoch = {};
  Rest rest = {};
};

/// An HTTP API's authorizer, payload format 2.0.
struct ApiGatewayV2CustomAuthorizerV2Request {
  std::string version = {};
  std::string type = {};
  std::string routeArn = {};
  std::optional<std::vector<std::string>> identitySource = {};
  std::optional<std::vector<std::string>> cookies = {};
  std::string routeKey = {};
  std::string rawPath = {};
  std::string rawQueryString = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  std::optional<std::map<std::string, std::string>> pathParameters = {};
  std::optional<std::map<std::string, std::string>> stageVariables = {};
  ApiGatewayV2CustomAuthorizerV2RequestContext requestContext = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "apigw_authorizer_v2";
};

/// The answer for REST and WebSocket APIs, and for HTTP APIs that want policies.
struct ApiGatewayCustomAuthorizerResponse {
  std::optional<std::string> principalId = {};
  IamPolicyDocument policyDocument = {};
  /// Texts, numbers and booleans.
  std::optional<std::map<std::string, Json>> context = {};
  std::optional<std::string> usageIdentifierKey = {};
  Rest rest = {};
};

using ApiGatewayV2CustomAuthorizerIamPolicyResponse = ApiGatewayCustomAuthorizerResponse;

struct ApiGatewayV2CustomAuthorizerSimpleResponse {
  bool isAuthorized = false;
  std::optional<std::map<std::string, Json>> context = {};
  Rest rest = {};
};

}  // namespace sloop::events
