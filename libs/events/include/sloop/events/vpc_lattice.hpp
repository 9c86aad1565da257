// SPDX-License-Identifier: Apache-2.0
//
// HTTP through VPC Lattice, event structure 1 (names of its own) and 2.0.
//
//   VpcLatticeResponse{.statusCode = 200, .body = "hello"}
//
// Source: VPC Lattice User Guide, "Lambda functions as targets".
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

struct VpcLatticeRequestV1 {
  std::string raw_path = {};
  std::string method = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::map<std::string, std::string>> query_string_parameters = {};
  std::optional<std::string> body = {};
  std::optional<bool> is_base64_encoded = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "vpc_lattice_v1";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, is_base64_encoded); }
};

struct VpcLatticeIdentity {
  std::optional<std::string> sourceVpcArn = {};
  std::optional<std::string> type = {};
  std::optional<std::string> principal = {};
  std::optional<std::string> principalOrgID = {};
  std::optional<std::string> sessionName = {};
  std::optional<std::string> x509IssuerOu = {};
  std::optional<std::string> x509SanDns = {};
  std::optional<std::string> x509SanUri = {};
  std::optional<std::string> x509SanNameCn = {};
  std::optional<std::string> x509SubjectCn = {};
  Rest rest = {};
};

struct VpcLatticeRequestContext {
  std::optional<std::string> serviceNetworkArn = {};
  std::optional<std::string> serviceArn = {};
  std::optional<std::string> targetGroupArn = {};
  std::optional<std::string> region = {};
  /// Microseconds since 1970, as text.
  std::optional<std::string> timeEpoch = {};
  std::optional<VpcLatticeIdentity> identity = {};
  Rest rest = {};
};

struct VpcLatticeRequestV2 {
  std::string version = {};
  std::string path = {};
  std::string method = {};
  std::optional<std::map<std::string, std::vector<std::string>>> headers = {};
  std::optional<std::map<std::string, std::vector<std::string>>> queryStringParameters = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  VpcLatticeRequestContext requestContext = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "vpc_lattice";
  [[nodiscard]] Result<std::string> decoded_body() const { return body_of(body, isBase64Encoded); }
};

struct VpcLatticeResponse {
  std::int64_t statusCode = 0;
  std::optional<std::string> statusDescription = {};
  std::optional<std::map<std::string, std::string>> headers = {};
  std::optional<std::string> body = {};
  std::optional<bool> isBase64Encoded = {};
  Rest rest = {};
};

}  // namespace sloop::events
