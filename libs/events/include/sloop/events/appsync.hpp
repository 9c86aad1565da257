// SPDX-License-Identifier: Apache-2.0
//
// AppSync GraphQL: direct resolvers, templates of unit resolvers, identities, Lambda authorizers.
//
//   if (event.info.fieldName == "getPost") return find(event.arguments);
//
// Source: AppSync Developer Guide, "Resolver mapping template context reference".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct AppSyncIamIdentity {
  std::optional<std::string> accountId = {};
  std::optional<std::string> cognitoIdentityPoolId = {};
  std::optional<std::string> cognitoIdentityId = {};
  std::optional<std::string> cognitoIdentityAuthType = {};
  std::optional<std::string> cognitoIdentityAuthProvider = {};
  std::optional<std::vector<std::string>> sourceIp = {};
  std::optional<std::string> username = {};
  std::optional<std::string> userArn = {};
  Rest rest = {};
};

struct AppSyncCognitoIdentity {
  std::optional<std::string> sub = {};
  std::optional<std::string> issuer = {};
  std::optional<std::string> username = {};
  std::optional<std::string> defaultAuthStrategy = {};
  std::optional<std::map<std::string, Json>> claims = {};
  std::optional<std::vector<std::string>> sourceIp = {};
  std::optional<std::vector<std::string>> groups = {};
  Rest rest = {};
};

struct AppSyncIdentityOIDC {
  std::optional<std::string> sub = {};
  std::optional<std::string> issuer = {};
  std::optional<std::map<std::string, Json>> claims = {};
  Rest rest = {};
};

struct AppSyncIdentityLambda {
  std::optional<std::map<std::string, Json>> resolverContext = {};
  Rest rest = {};
};

struct AppSyncRequest {
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::string> domainName = {};
  Rest rest = {};
};

struct AppSyncInfo {
  std::string fieldName = {};
  std::string parentTypeName = {};
  std::optional<std::string> selectionSetGraphQL = {};
  std::optional<std::vector<std::string>> selectionSetList = {};
  std::optional<std::map<std::string, Json>> variables = {};
  Rest rest = {};
};

struct AppSyncPrevResult {
  std::optional<Json> result = {};
  Rest rest = {};
};

/// `arguments` is the type of the field's arguments; `identity` is one of the identities above, or null.
struct AppSyncDirectResolverEvent {
  Json arguments = {};
  std::optional<Json> identity = {};
  std::optional<Json> source = {};
  AppSyncRequest request = {};
  std::optional<AppSyncPrevResult> prev = {};
  AppSyncInfo info = {};
  std::optional<Json> stash = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "appsync";
};

/// What a request mapping template of a Lambda data source sends.
struct AppSyncResolverTemplate {
  std::string version = {};
  /// `Invoke` or `BatchInvoke`.
  std::string operation = {};
  std::optional<Json> payload = {};
  Rest rest = {};
};

struct AppSyncLambdaAuthorizerRequestContext {
  std::string apiId = {};
  std::string accountId = {};
  std::string requestId = {};
  std::optional<std::string> queryString = {};
  std::optional<std::string> operationName = {};
  std::optional<std::map<std::string, Json>> variables = {};
  Rest rest = {};
};

struct AppSyncLambdaAuthorizerRequest {
  std::string authorizationToken = {};
  AppSyncLambdaAuthorizerRequestContext requestContext = {};
  std::optional<std::map<std::string, std::string>> requestHeaders = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "appsync_authorizer";
};

struct AppSyncLambdaAuthorizerResponse {
  bool isAuthorized = false;
  std::optional<std::map<std::string, Json>> resolverContext = {};
  std::optional<std::vector<std::string>> deniedFields = {};
  /// Seconds.
  std::optional<std::int64_t> ttlOverride = {};
  Rest rest = {};
};

}  // namespace sloop::events
