// SPDX-License-Identifier: Apache-2.0
//
// AWS KMS: a key is near the end of its material, was rotated or deleted.
//
// Source: AWS KMS Developer Guide, "Monitor KMS keys with EventBridge".
#pragma once

#include <string>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct KmsKeyDetail {
  std::string key_id = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

using KmsKeyEvent = EventBridgeEvent<KmsKeyDetail>;

}  // namespace sloop::events
