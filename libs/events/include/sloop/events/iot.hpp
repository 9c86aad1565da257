// SPDX-License-Identifier: Apache-2.0
//
// AWS IoT Core: custom authorizers, the older ones, and the hook before provisioning. Rules send what they select:
// `Json`.
//
//   return IoTCoreCustomAuthorizerResponse{.isAuthenticated = true, .principalId = "device", ...};
//
// Source: AWS IoT Core Developer Guide, "Custom authentication"; "Pre-provisioning hooks".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"
#include "sloop/events/iam.hpp"

namespace sloop::events {

struct IoTCoreTlsContext {
  std::optional<std::string> serverName = {};
  Rest rest = {};
};

struct IoTCoreHttpContext {
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::string> queryString = {};
  Rest rest = {};
};

struct IoTCoreMqttContext {
  std::optional<std::string> clientId = {};
  std::optional<std::string> username = {};
  /// Base64.
  std::optional<std::string> password = {};
  Rest rest = {};

  [[nodiscard]] Result<std::string> decoded_password() const { return from_base64(password.value_or(""), "password"); }
};

struct IoTCoreProtocolData {
  std::optional<IoTCoreTlsContext> tls = {};
  std::optional<IoTCoreHttpContext> http = {};
  std::optional<IoTCoreMqttContext> mqtt = {};
  Rest rest = {};
};

struct IoTCoreConnectionMetadata {
  std::string id = {};
  Rest rest = {};
};

struct IoTCoreCustomAuthorizerRequest {
  std::optional<std::string> token = {};
  bool signatureVerified = false;
  std::vector<std::string> protocols = {};
  std::optional<IoTCoreProtocolData> protocolData = {};
  std::optional<IoTCoreConnectionMetadata> connectionMetadata = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "iot_authorizer";
};

struct IoTCoreCustomAuthorizerResponse {
  bool isAuthenticated = false;
  std::string principalId = {};
  std::int64_t disconnectAfterInSeconds = 0;
  std::int64_t refreshAfterInSeconds = 0;
  std::vector<IamPolicyDocument> policyDocuments = {};
  Rest rest = {};
};

/// The beta's form.
struct IoTCustomAuthorizerRequest {
  std::optional<IoTCoreHttpContext> httpContext = {};
  std::optional<IoTCoreMqttContext> mqttContext = {};
  std::optional<IoTCoreTlsContext> tlsContext = {};
  std::optional<std::string> authorizationToken = {};
  std::optional<std::string> token = {};
  Rest rest = {};
};

/// The beta's form.
struct IoTCustomAuthorizerResponse {
  bool isAuthenticated = false;
  std::string principalId = {};
  std::int64_t disconnectAfterInSeconds = 0;
  std::int64_t refreshAfterInSeconds = 0;
  std::vector<std::string> policyDocuments = {};
  Rest rest = {};
};

struct IoTPreProvisionHookRequest {
  std::optional<std::string> claimCertificateId = {};
  std::optional<std::string> certificateId = {};
  std::string certificatePem = {};
  std::string templateArn = {};
  std::string clientId = {};
  std::map<std::string, std::string> parameters = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "iot_pre_provision";
};

struct IoTPreProvisionHookResponse {
  bool allowProvisioning = false;
  std::optional<std::map<std::string, std::string>> parameterOverrides = {};
  Rest rest = {};
};

}  // namespace sloop::events
