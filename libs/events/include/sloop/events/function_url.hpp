// SPDX-License-Identifier: Apache-2.0
//
// Function URLs: request and buffered answer. The request is nearly that of an HTTP API.
//
//   LambdaFunctionUrlResponse{.statusCode = 200, .body = "hello"}
//
// Source: AWS Lambda Developer Guide, "Invoking Lambda function URLs".
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

struct LambdaFunctionUrlIam {
  std::optional<std::string> accessKey = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> callerId = {};
  std::optional<std::string> principalOrgId = {};
  std::optional<std::string> userArn = {};
  std::optional<std::string> userId = {};
  std::optional<Json> cognitoIdentity = {};
  Rest rest = {};
};

struct LambdaFunctionUrlAuthorizer {
  std::optional<LambdaFunctionUrlIam> iam = {};
  Rest rest = {};
};

struct LambdaFunctionUrlRequestContext {
  std::string apiId = {};
  std::string requestId = {};
  /// `anonymous` without IAM.
  std::optional<std::string> accountId = {};
  ApiGatewayHttpDescription http = {};
  std::optional<LambdaFunctionUrlAuthorizer> authorizer = {};
  std::optional<std::string> domainName = {};
  std::optional<std::string> domainPrefix = {};
  std::optional<std::string> routeKey = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> time = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> timeEpoch = {};
  Rest rest = {};

  [[nodiscard]] std::optional<Time> received_at() const { return time_of_millis(timeEpoch); }
};

struct LambdaFunctionUrlRequest {
  std::string version = {};
  std::string rawPath = {};
  std::string rawQueryString = {};
  std::optional<std::string> routeKey = {};
  std::optional<std::vector<std::string>> cookies = {};
  std::map<std::string, std::string> headers = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  LambdaFunctionUrlRequestContext requestContext = {};
  std::optional<std::string> body = {};
  bool isBase64Encoded = false;
  Rest rest = {};

  static constexpr std::string_view event_kind = "function_url";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, isBase64Encoded); }
};

struct LambdaFunctionUrlResponse {
  std::int64_t statusCode = 0;
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::vector<std::string>> cookies = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};
};

}  // namespace sloop::events
