// SPDX-License-Identifier: Apache-2.0
//
// EC2: an instance changed its state.
//
// Source: Amazon EC2 User Guide, "State change events for your instances".
#pragma once

#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct Ec2InstanceStateChange {
  std::string instance_id = {};
  std::string state = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "EC2 Instance State-change Notification";
  static constexpr bool dashed_keys = true;
};

using Ec2InstanceStateChangeEvent = EventBridgeEvent<Ec2InstanceStateChange>;

}  // namespace sloop::events
