// SPDX-License-Identifier: Apache-2.0
//
// S3 Batch Operations that invoke a function for each object, invocation schema 1.0 and 2.0.
//
// Source: Amazon S3 User Guide, "Invoke AWS Lambda function".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/decode.hpp"

namespace sloop::events {

struct S3BatchJob {
  std::string id = {};
  /// Schema 2.0.
  std::optional<std::map<std::string, std::string>> userArguments = {};
  Rest rest = {};
};

struct S3BatchJobTask {
  std::string taskId = {};
  std::string s3Key = {};
  std::optional<std::string> s3VersionId = {};
  /// Schema 1.0.
  std::optional<std::string> s3BucketArn = {};
  /// Schema 2.0.
  std::optional<std::string> s3Bucket = {};
  Rest rest = {};

  /// The key as it is named in the bucket.
  [[nodiscard]] std::string decoded_key() const { return url_decoded(s3Key); }
};

struct S3BatchJobEvent {
  std::string invocationSchemaVersion = {};
  std::string invocationId = {};
  S3BatchJob job = {};
  /// Exactly one.
  std::vector<S3BatchJobTask> tasks = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "s3_batch";
};

struct S3BatchJobResult {
  std::string taskId = {};
  /// `Succeeded`, `TemporaryFailure` or `PermanentFailure`.
  std::string resultCode = {};
  std::optional<std::string> resultString = {};
  Rest rest = {};
};

struct S3BatchJobResponse {
  std::string invocationSchemaVersion = {};
  std::string treatMissingKeysAs = {};
  std::string invocationId = {};
  std::vector<S3BatchJobResult> results = {};
  Rest rest = {};
};

}  // namespace sloop::events
