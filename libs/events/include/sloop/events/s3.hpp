// SPDX-License-Identifier: Apache-2.0
//
// Notifications of S3 buckets.
//
//   for (const auto& record : event.Records) open(record.s3.bucket.name, record.s3.object.decoded_key());
//
// Through EventBridge they have another shape: s3_eventbridge.hpp.
// Source: Amazon S3 User Guide, "Event message structure".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/fields.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct S3UserIdentity {
  std::optional<std::string> principalId = {};
  Rest rest = {};
};

struct S3RequestParameters {
  std::optional<std::string> sourceIPAddress = {};
  Rest rest = {};
};

struct S3Bucket {
  std::string name = {};
  std::optional<S3UserIdentity> ownerIdentity = {};
  std::optional<std::string> arn = {};
  Rest rest = {};
};

struct S3Object {
  /// Encoded as in forms: `a+b%2Fc`.
  std::string key = {};
  /// Of the clients of other languages, kept.
  std::optional<std::string> urlDecodedKey = {};
  std::optional<std::int64_t> size = {};
  std::optional<std::string> versionId = {};
  std::optional<std::string> eTag = {};
  std::optional<std::string> sequencer = {};
  Rest rest = {};

  /// The key as it is named in the bucket.
  [[nodiscard]] std::string decoded_key() const { return url_decoded(key); }
};

struct S3Entity {
  std::optional<std::string> s3SchemaVersion = {};
  std::optional<std::string> configurationId = {};
  S3Bucket bucket = {};
  S3Object object = {};
  Rest rest = {};
};

struct S3RestoreEventData {
  std::optional<std::string> lifecycleRestorationExpiryTime = {};
  std::optional<std::string> lifecycleRestoreStorageClass = {};
  Rest rest = {};
};

struct S3GlacierEventData {
  S3RestoreEventData restoreEventData = {};
  Rest rest = {};
};

struct S3ReplicationEventData {
  std::optional<std::string> replicationRuleId = {};
  std::optional<std::string> destinationBucket = {};
  std::optional<std::string> s3Operation = {};
  std::optional<std::string> requestTime = {};
  std::optional<std::string> failureReason = {};
  std::optional<std::string> threshold = {};
  std::optional<std::string> replicationTime = {};
  Rest rest = {};
};

struct S3TransitionEventData {
  std::optional<std::string> destinationStorageClass = {};
  Rest rest = {};
};

struct S3LifecycleEventData {
  S3TransitionEventData transitionEventData = {};
  Rest rest = {};
};

struct S3IntelligentTieringEventData {
  std::optional<std::string> destinationAccessTier = {};
  Rest rest = {};
};

struct S3EventRecord {
  /// The name is `ObjectCreated:Put`, `ObjectRemoved:Delete` ..
  std::string eventName = {};
  std::string eventSource = {};
  std::string awsRegion = {};
  std::optional<std::string> eventVersion = {};
  std::optional<std::string> eventTime = {};
  std::optional<S3UserIdentity> userIdentity = {};
  std::optional<S3RequestParameters> requestParameters = {};
  std::optional<std::map<std::string, std::string>> responseElements = {};
  S3Entity s3 = {};
  std::optional<S3GlacierEventData> glacierEventData = {};
  std::optional<S3RestoreEventData> restoreEventData = {};
  std::optional<S3ReplicationEventData> replicationEventData = {};
  std::optional<S3LifecycleEventData> lifecycleEventData = {};
  std::optional<S3IntelligentTieringEventData> intelligentTieringEventData = {};
  Rest rest = {};

  [[nodiscard]] Result<Time> occurred_at() const { return parse_time(eventTime.value_or("")); }
};

struct S3Event {
  std::vector<S3EventRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "s3";
};

/// What S3 sends when a notification is configured.
struct S3TestEvent {
  /// `Amazon S3`.
  std::string Service = {};
  /// `s3:TestEvent`.
  std::string Event = {};
  std::optional<std::string> Time_ = {};
  std::optional<std::string> Bucket = {};
  std::optional<std::string> RequestId = {};
  std::optional<std::string> HostId = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "s3_test";
  static constexpr FieldInfo field_info[] = {{.name = "Time_", .key = "Time"}};
};

}  // namespace sloop::events
