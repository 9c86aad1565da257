// SPDX-License-Identifier: Apache-2.0
//
// CloudFront's requests and responses (Lambda@Edge). Its functions run Node.js and Python only; the shape serves
// programs that read such events elsewhere.
//
// Source: CloudFront Developer Guide, "Lambda@Edge event structure".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CloudFrontHeader {
  /// The name as it was written.
  std::optional<std::string> key = {};
  std::string value = {};
  Rest rest = {};
};

struct CloudFrontBody {
  /// `read-only` or `replace`.
  std::string action = {};
  std::string data = {};
  /// `base64` or `text`.
  std::string encoding = {};
  std::optional<bool> inputTruncated = {};
  Rest rest = {};
};

struct CloudFrontCustomOrigin {
  std::map<std::string, std::vector<CloudFrontHeader>> customHeaders = {};
  std::string domainName = {};
  std::string path = {};
  std::string protocol = {};
  std::int64_t port = 0;
  std::int64_t keepaliveTimeout = 0;
  std::int64_t readTimeout = 0;
  std::vector<std::string> sslProtocols = {};
  Rest rest = {};
};

struct CloudFrontS3Origin {
  /// `origin-access-identity`, `origin-access-control` or `none`.
  std::string authMethod = {};
  std::map<std::string, std::vector<CloudFrontHeader>> customHeaders = {};
  std::string domainName = {};
  std::string path = {};
  std::optional<std::string> region = {};
  Rest rest = {};
};

/// Exactly one is there.
struct CloudFrontOrigin {
  std::optional<CloudFrontCustomOrigin> custom = {};
  std::optional<CloudFrontS3Origin> s3 = {};
  Rest rest = {};
};

struct CloudFrontRequest {
  std::string clientIp = {};
  std::string method = {};
  std::string uri = {};
  std::string querystring = {};
  /// By the name in lower case.
  std::map<std::string, std::vector<CloudFrontHeader>> headers = {};
  std::optional<CloudFrontBody> body = {};
  std::optional<CloudFrontOrigin> origin = {};
  Rest rest = {};
};

struct CloudFrontResponse {
  /// `200`.
  std::string status = {};
  std::optional<std::string> statusDescription = {};
  std::map<std::string, std::vector<CloudFrontHeader>> headers = {};
  std::optional<std::string> body = {};
  std::optional<std::string> bodyEncoding = {};
  Rest rest = {};
};

struct CloudFrontConfig {
  /// The type is `viewer-request`, `origin-response` ..
  std::string distributionDomainName = {};
  std::string distributionId = {};
  std::string eventType = {};
  std::string requestId = {};
  Rest rest = {};
};

struct CloudFrontEntity {
  CloudFrontConfig config = {};
  CloudFrontRequest request = {};
  std::optional<CloudFrontResponse> response = {};
  Rest rest = {};
};

struct CloudFrontRecord {
  CloudFrontEntity cf = {};
  Rest rest = {};
};

struct CloudFrontEvent {
  std::vector<CloudFrontRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "cloudfront";
};

}  // namespace sloop::events
