// SPDX-License-Identifier: Apache-2.0
//
// REST APIs of API Gateway (and payload format 1.0 of HTTP APIs): proxy request and answer.
//
//   ApiGatewayProxyResponse{.statusCode = 200, .body = "hello"}
//
// Source: API Gateway Developer Guide, "Lambda proxy integrations".
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

struct ApiGatewayProxyRequestContext {
  std::optional<std::string> accountId = {};
  std::optional<std::string> apiId = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> requestId = {};
  std::optional<std::string> resourceId = {};
  std::optional<std::string> resourcePath = {};
  std::optional<std::string> httpMethod = {};
  std::optional<std::string> path = {};
  std::optional<ApiGatewayRequestIdentity> identity = {};
  std::optional<std::string> domainName = {};
  std::optional<std::string> domainPrefix = {};
  std::optional<std::string> extendedRequestId = {};
  std::optional<std::string> operationName = {};
  std::optional<std::string> protocol = {};
  std::optional<std::string> requestTime = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> requestTimeEpoch = {};
  /// `claims` of a user pool, or what a Lambda authorizer returned as context.
  std::optional<Json> authorizer = {};
  Rest rest = {};

  [[nodiscard]] std::optional<Time> received_at() const { return time_of_millis(requestTimeEpoch); }
};

struct ApiGatewayProxyRequest {
  std::string resource = {};
  std::string path = {};
  std::string httpMethod = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueQueryStringParameters = {};
  std::optional<std::map<std::string, std::string>> pathParameters = {};
  std::optional<std::map<std::string, std::string>> stageVariables = {};
  ApiGatewayProxyRequestContext requestContext = {};
  /// `1.0` from HTTP APIs.
  std::optional<std::string> version = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "apigw";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, isBase64Encoded); }
};

struct ApiGatewayProxyResponse {
  std::int64_t statusCode = 0;
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};
};

}  // namespace sloop::events
