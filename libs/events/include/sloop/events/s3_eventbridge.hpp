// SPDX-License-Identifier: Apache-2.0
//
// S3's events through EventBridge: the details of its types. Keys are not encoded here.
//
//   Result<void> handle(const S3EventBridgeEvent& event);   // event.detail.object.key
//
// Source: Amazon S3 User Guide, "EventBridge event message structure".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct S3EventBridgeBucket {
  std::string name = {};
  Rest rest = {};
};

struct S3EventBridgeObject {
  std::string key = {};
  std::optional<std::int64_t> size = {};
  std::optional<std::string> etag = {};
  std::optional<std::string> version_id = {};
  std::optional<std::string> sequencer = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

/// Of every type: `Object Created`, `Object Deleted`, `Object Restore Completed`, `Object Tags Added` ..
struct S3ObjectDetail {
  std::optional<std::string> version = {};
  std::optional<std::string> event_version = {};
  S3EventBridgeBucket bucket = {};
  S3EventBridgeObject object = {};
  std::optional<std::string> request_id = {};
  std::optional<std::string> requester = {};
  std::optional<std::string> source_ip_address = {};
  std::optional<std::string> reason = {};
  /// `Permanently Deleted` or `Delete Marker Created`.
  std::optional<std::string> deletion_type = {};
  std::optional<std::string> restore_expiry_time = {};
  std::optional<std::string> source_storage_class = {};
  std::optional<std::string> destination_storage_class = {};
  std::optional<std::string> destination_access_tier = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

using S3EventBridgeEvent = EventBridgeEvent<S3ObjectDetail>;

}  // namespace sloop::events
