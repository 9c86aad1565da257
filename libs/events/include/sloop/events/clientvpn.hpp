// SPDX-License-Identifier: Apache-2.0
//
// The connection handler of AWS Client VPN: may this client connect?
//
// Source: AWS Client VPN Administrator Guide, "Connection authorization".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct ClientVpnConnectionHandlerRequest {
  std::string connection_id = {};
  std::string endpoint_id = {};
  std::string common_name = {};
  std::optional<std::string> username = {};
  std::optional<std::string> platform = {};
  std::optional<std::string> platform_version = {};
  std::optional<std::string> public_ip = {};
  std::optional<std::string> client_openvpn_version = {};
  std::optional<std::string> schema_version = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "clientvpn";
  static constexpr bool dashed_keys = true;
};

struct ClientVpnConnectionHandlerResponse {
  bool allow = false;
  std::string error_msg_on_denied_connection = {};
  std::vector<std::string> posture_compliance_statuses = {};
  std::string schema_version = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

}  // namespace sloop::events
