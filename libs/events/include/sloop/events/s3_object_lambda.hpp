// SPDX-License-Identifier: Apache-2.0
//
// S3 Object Lambda: objects are changed on their way to the reader.
//
//   std::string url = event.getObjectContext->inputS3Url;
//
// Source: Amazon S3 User Guide, "Event context format and usage".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct S3GetObjectContext {
  std::string inputS3Url = {};
  std::string outputRoute = {};
  std::string outputToken = {};
  Rest rest = {};
};

/// Of HEAD and of the lists.
struct S3ObjectContext {
  std::string inputS3Url = {};
  Rest rest = {};
};

struct S3ObjectLambdaConfiguration {
  std::string accessPointArn = {};
  std::string supportingAccessPointArn = {};
  std::optional<std::string> payload = {};
  Rest rest = {};
};

struct S3ObjectLambdaUserRequest {
  std::string url = {};
  std::map<std::string, std::string> headers = {};
  Rest rest = {};
};

struct S3ObjectLambdaSessionIssuer {
  std::optional<std::string> type = {};
  std::optional<std::string> principalId = {};
  std::optional<std::string> arn = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> userName = {};
  Rest rest = {};
};

struct S3ObjectLambdaSessionAttributes {
  std::optional<std::string> mfaAuthenticated = {};
  std::optional<std::string> creationDate = {};
  Rest rest = {};
};

struct S3ObjectLambdaSessionContext {
  std::optional<S3ObjectLambdaSessionAttributes> attributes = {};
  std::optional<S3ObjectLambdaSessionIssuer> sessionIssuer = {};
  Rest rest = {};
};

struct S3ObjectLambdaUserIdentity {
  std::string type = {};
  std::optional<std::string> principalId = {};
  std::optional<std::string> arn = {};
  std::optional<std::string> accountId = {};
  std::optional<std::string> accessKeyId = {};
  std::optional<std::string> userName = {};
  std::optional<std::string> invokedBy = {};
  std::optional<S3ObjectLambdaSessionContext> sessionContext = {};
  Rest rest = {};
};

/// One of the four contexts is there.
struct S3ObjectLambdaEvent {
  std::string xAmzRequestId = {};
  std::optional<S3GetObjectContext> getObjectContext = {};
  std::optional<S3ObjectContext> headObjectContext = {};
  std::optional<S3ObjectContext> listObjectsContext = {};
  std::optional<S3ObjectContext> listObjectsV2Context = {};
  S3ObjectLambdaConfiguration configuration = {};
  S3ObjectLambdaUserRequest userRequest = {};
  std::optional<S3ObjectLambdaUserIdentity> userIdentity = {};
  std::optional<std::string> protocolVersion = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "s3_object_lambda";
};

}  // namespace sloop::events
