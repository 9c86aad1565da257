// SPDX-License-Identifier: Apache-2.0
//
// CodeBuild: a build changed its state or its phase.
//
//   if (event.detail.build_status == "FAILED") ...
//
// Names have `_` where AWS's have `-`. Source: CodeBuild User Guide, "Build notifications input format reference".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct CodeBuildArtifact {
  std::optional<std::string> md5sum = {};
  std::optional<std::string> sha256sum = {};
  std::optional<std::string> location = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct CodeBuildEnvironmentVariable {
  std::string name = {};
  std::string value = {};
  std::optional<std::string> type = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct CodeBuildEnvironment {
  std::optional<std::string> image = {};
  std::optional<std::string> compute_type = {};
  std::optional<std::string> type = {};
  std::optional<bool> privileged_mode = {};
  std::optional<std::vector<CodeBuildEnvironmentVariable>> environment_variables = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct CodeBuildSource {
  std::optional<std::string> location = {};
  std::optional<std::string> type = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct CodeBuildLogs {
  std::optional<std::string> group_name = {};
  std::optional<std::string> stream_name = {};
  std::optional<std::string> deep_link = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct CodeBuildPhase {
  std::string phase_type = {};
  /// `Sep 1, 2017 4:12:29 PM`, UTC.
  std::optional<std::string> phase_status = {};
  std::optional<std::string> start_time = {};
  std::optional<std::string> end_time = {};
  std::optional<double> duration_in_seconds = {};
  std::optional<std::vector<Json>> phase_context = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

struct CodeBuildAdditionalInformation {
  std::optional<CodeBuildArtifact> artifact = {};
  std::optional<CodeBuildEnvironment> environment = {};
  std::optional<double> timeout_in_minutes = {};
  std::optional<double> build_number = {};
  std::optional<bool> build_complete = {};
  std::optional<std::string> initiator = {};
  std::optional<std::string> build_start_time = {};
  std::optional<std::string> source_version = {};
  std::optional<CodeBuildSource> source = {};
  std::optional<CodeBuildLogs> logs = {};
  std::optional<std::vector<CodeBuildPhase>> phases = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

/// `build_status` and `current_phase` for states; `completed_phase` and what follows it for phases.
struct CodeBuildEventDetail {
  std::string build_id = {};
  std::string project_name = {};
  std::optional<std::string> build_status = {};
  std::optional<std::string> current_phase = {};
  std::optional<std::string> current_phase_context = {};
  std::optional<std::string> version = {};
  std::optional<std::string> completed_phase = {};
  std::optional<std::string> completed_phase_context = {};
  std::optional<std::string> completed_phase_status = {};
  std::optional<std::string> completed_phase_start = {};
  std::optional<std::string> completed_phase_end = {};
  std::optional<double> completed_phase_duration_seconds = {};
  std::optional<CodeBuildAdditionalInformation> additional_information = {};
  Rest rest = {};

  static constexpr bool dashed_keys = true;
};

using CodeBuildEvent = EventBridgeEvent<CodeBuildEventDetail>;

}  // namespace sloop::events
