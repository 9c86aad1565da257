// SPDX-License-Identifier: Apache-2.0
//
// AWS Transfer Family: a function as identity provider of file transfer servers.
//
//   return TransferIdentityResponse{.Role = role, .HomeDirectory = "/bucket/" + request.username};
//
// An empty object refuses the user.
// Source: AWS Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct TransferIdentityRequest {
  std::string username = {};
  std::string serverId = {};
  /// Absent: the user shows a key.
  std::optional<std::string> password = {};
  std::optional<std::string> protocol = {};
  std::optional<std::string> sourceIp = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "transfer";
};

struct TransferPosixProfile {
  std::int64_t Uid = 0;
  std::int64_t Gid = 0;
  std::optional<std::vector<std::int64_t>> SecondaryGids = {};
  Rest rest = {};
};

struct TransferIdentityResponse {
  std::optional<std::string> Role = {};
  std::optional<TransferPosixProfile> PosixProfile = {};
  std::optional<std::vector<std::string>> PublicKeys = {};
  std::optional<std::string> Policy = {};
  std::optional<std::string> HomeDirectory = {};
  std::optional<std::string> HomeDirectoryType = {};
  /// JSON text: a list of `Entry` and `Target`.
  std::optional<std::string> HomeDirectoryDetails = {};
  Rest rest = {};
};

struct TransferWorkflowFileLocation {
  std::optional<std::string> domain = {};
  std::optional<std::string> bucket = {};
  std::optional<std::string> key = {};
  std::optional<std::string> eTag = {};
  std::optional<std::string> versionId = {};
  std::optional<std::string> fileSystemId = {};
  std::optional<std::string> path = {};
  Rest rest = {};
};

/// The custom step of a workflow; it ends by SendWorkflowStepState.
struct TransferWorkflowEvent {
  std::string token = {};
  Json serviceMetadata = {};
  TransferWorkflowFileLocation fileLocation = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "transfer_workflow";
};

}  // namespace sloop::events
