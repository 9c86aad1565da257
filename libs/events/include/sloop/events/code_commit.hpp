// SPDX-License-Identifier: Apache-2.0
//
// Triggers of CodeCommit repositories.
//
// Source: CodeCommit User Guide, "Create a trigger for a Lambda function".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CodeCommitReference {
  std::string commit = {};
  std::string ref = {};
  std::optional<bool> created = {};
  std::optional<bool> deleted = {};
  Rest rest = {};
};

struct CodeCommitCodeCommit {
  std::vector<CodeCommitReference> references = {};
  std::optional<std::string> customData = {};
  Rest rest = {};
};

struct CodeCommitRecord {
  std::string eventSourceARN = {};
  CodeCommitCodeCommit codecommit = {};
  std::optional<std::string> eventId = {};
  std::optional<std::string> eventVersion = {};
  std::optional<std::string> eventTime = {};
  std::optional<std::string> eventTriggerName = {};
  std::optional<std::string> eventName = {};
  std::optional<std::string> eventTriggerConfigId = {};
  std::optional<std::string> userIdentityARN = {};
  std::optional<std::string> eventSource = {};
  std::optional<std::string> awsRegion = {};
  std::optional<std::string> customData = {};
  std::optional<std::int64_t> eventPartNumber = {};
  std::optional<std::int64_t> eventTotalParts = {};
  Rest rest = {};
};

struct CodeCommitEvent {
  std::vector<CodeCommitRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "code_commit";
};

}  // namespace sloop::events
