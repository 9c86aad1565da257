// SPDX-License-Identifier: Apache-2.0
//
// Events of Amazon EventBridge, with a typed detail: AWS services, schedules, your own buses.
//
//   struct OrderPlaced { std::string order; static constexpr std::string_view detail_type = "Order Placed"; };
//   Result<void> handle(const EventBridgeEvent<OrderPlaced>& event);   // event.detail.order
//
// The details of AWS services are in headers of their own (codebuild.hpp, s3_eventbridge.hpp ..); a detail that is not
// described stays `Json`. `detail_type` is what the dispatcher compares.
// Source: EventBridge User Guide, "Event structure".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/fields.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

template <class Detail = Json>
struct EventBridgeEvent {
  std::optional<std::string> version = {};
  std::optional<std::string> id = {};
  std::string detail_type = {};
  /// `aws.ec2`, or your own name.
  std::string source = {};
  std::optional<std::string> account = {};
  std::optional<std::string> time = {};
  std::optional<std::string> region = {};
  std::optional<std::vector<std::string>> resources = {};
  Detail detail = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "eventbridge";
  static constexpr FieldInfo field_info[] = {{.name = "detail_type", .key = "detail-type"}};
  [[nodiscard]] Result<Time> occurred_at() const { return parse_time(time.value_or("")); }
};

/// The older name of the same service.
using CloudWatchEvent = EventBridgeEvent<Json>;

}  // namespace sloop::events
