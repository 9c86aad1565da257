// SPDX-License-Identifier: Apache-2.0
//
// What the events of API Gateway's REST, HTTP and WebSocket APIs have in common. Included by their headers.
#pragma once

#include <optional>
#include <string>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct ApiGatewayClientCertValidity {
  /// `May 28 12:30:02 2019 GMT`.
  std::optional<std::string> notBefore = {};
  std::optional<std::string> notAfter = {};
  Rest rest = {};
};

/// The client's certificate, where mutual TLS is on.
struct ApiGatewayClientCert {
  std::optional<std::string> clientCertPem = {};
  std::optional<std::string> subjectDN = {};
  std::optional<std::string> issuerDN = {};
  std::optional<std::string> serialNumber = {};
  std::optional<ApiGatewayClientCertValidity> validity = {};
  Rest rest = {};
};

/// Who called a REST or WebSocket API.
struct ApiGatewayRequestIdentity {
  std::optional<std::string> sourceIp = {};
  std::optional<std::string> userAgent = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> caller = {};
  std::optional<std::string> accessKey = {};
  std::optional<std::string> user = {};
  std::optional<std::string> userArn = {};
  std::optional<std::string> principalOrgId = {};
  std::optional<std::string> apiKey = {};
  std::optional<std::string> apiKeyId = {};
  std::optional<std::string> cognitoIdentityPoolId = {};
  std::optional<std::string> cognitoIdentityId = {};
  std::optional<std::string> cognitoAuthenticationType = {};
  std::optional<std::string> cognitoAuthenticationProvider = {};
  std::optional<ApiGatewayClientCert> clientCert = {};
  Rest rest = {};
};

/// The request line of an HTTP API or a function URL.
struct ApiGatewayHttpDescription {
  std::string method = {};
  std::string path = {};
  std::optional<std::string> protocol = {};
  std::optional<std::string> sourceIp = {};
  std::optional<std::string> userAgent = {};
  Rest rest = {};
};

struct ApiGatewayAuthentication {
  std::optional<ApiGatewayClientCert> clientCert = {};
  Rest rest = {};
};

}  // namespace sloop::events
