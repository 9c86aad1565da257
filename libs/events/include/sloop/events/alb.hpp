// SPDX-License-Identifier: Apache-2.0
//
// HTTP through an Application Load Balancer: the request as the target group sends it, and the answer that it takes.
// With "multi-value headers" on, only the `multiValue..` members are there, else only the others. Query values are
// still percent-encoded, as the client sent them.
//
//   AlbTargetGroupResponse{.statusCode = 200, .body = "hello"}
//
// A router over HTTP requests of every front door is no part of this room.
// Source: Elastic Load Balancing User Guide, "Use Lambda functions as targets".
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

namespace sloop::events {

struct ElbContext {
  std::string targetGroupArn = {};
  Rest rest = {};
};

struct AlbTargetGroupRequestContext {
  ElbContext elb = {};
  Rest rest = {};
};

struct AlbTargetGroupRequest {
  AlbTargetGroupRequestContext requestContext = {};
  std::string httpMethod = {};
  std::string path = {};
  std::optional<std::map<std::string, std::string>> queryStringParameters = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueQueryStringParameters = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "alb";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, isBase64Encoded); }
};

struct AlbTargetGroupResponse {
  std::int64_t statusCode = 0;
  /// `200 OK`.
  std::optional<std::string> statusDescription = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> multiValueHeaders = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};
};

}  // namespace sloop::events
