// SPDX-License-Identifier: Apache-2.0
//
// WebSocket APIs of API Gateway: connections, messages, disconnections.
//
//   if (event.requestContext.eventType == "MESSAGE") ...
//
// Messages to the client go through the connection's management API, not through the answer.
// Source: API Gateway Developer Guide, "WebSocket APIs".
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

namespace sloop::events {

struct ApiGatewayWebsocketProxyRequestContext {
  /// The type is `CONNECT`, `MESSAGE` or `DISCONNECT`.
  std::string routeKey = {};
  std::string connectionId = {};
  std::string eventType = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> apiId = {};
  std::optional<std::string> stage = {};
  std::optional<std::string> domainName = {};
  std::optional<std::string> requestId = {};
  std::optional<std::string> extendedRequestId = {};
  std::optional<std::string> resourceId = {};
  std::optional<std::string> resourcePath = {};
  std::optional<std::string> httpMethod = {};
  std::optional<std::string> messageId = {};
  std::optional<std::string> messageDirection = {};
  /// Milliseconds since 1970.
  std::optional<std::int64_t> connectedAt = {};
  std::optional<std::int64_t> requestTimeEpoch = {};
  std::optional<std::string> requestTime = {};
  std::optional<std::string> error = {};
  std::optional<std::string> integrationLatency = {};
  std::optional<std::string> status = {};
  std::optional<std::string> disconnectReason = {};
  std::optional<std::int64_t> disconnectStatusCode = {};
  std::optional<ApiGatewayRequestIdentity> identity = {};
  std::optional<Json> authorizer = {};
  Rest rest = {};
};

struct ApiGatewayWebsocketProxyRequest {
  std::optional<std::string> resource = {};
  std::optional<std::string> path = {};
  std::optional<std::string> httpMethod = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueQueryStringParameters = {};
  std::optional<std::map<std::string, std::string>> pathParameters = {};
  std::optional<std::map<std::string, std::string>> stageVariables = {};
  ApiGatewayWebsocketProxyRequestContext requestContext = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "apigw_websocket";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, isBase64Encoded); }
};

}  // namespace sloop::events
