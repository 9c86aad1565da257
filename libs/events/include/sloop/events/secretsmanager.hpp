// SPDX-License-Identifier: Apache-2.0
//
// Rotation of secrets, one call for each of four steps.
//
//   if (event.Step == "createSecret") ...
//
// Source: AWS Secrets Manager User Guide, "Rotation function templates".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct SecretsManagerSecretRotationEvent {
  /// `createSecret`, `setSecret`, `testSecret`, `finishSecret`.
  std::string Step = {};
  std::string SecretId = {};
  std::string ClientRequestToken = {};
  std::optional<std::string> RotationToken = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "secretsmanager";
};

}  // namespace sloop::events
