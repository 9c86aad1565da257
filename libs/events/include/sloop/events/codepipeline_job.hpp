// SPDX-License-Identifier: Apache-2.0
//
// An action of a pipeline that invokes a function; its outcome goes back by PutJobSuccessResult.
//
//   event.CodePipeline_job.data.actionConfiguration.configuration.UserParameters
//
// Source: CodePipeline User Guide, "Invoke a Lambda function in a pipeline".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/fields.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CodePipelineConfiguration {
  std::string FunctionName = {};
  std::optional<std::string> UserParameters = {};
  Rest rest = {};
};

struct CodePipelineActionConfiguration {
  CodePipelineConfiguration configuration = {};
  Rest rest = {};
};

struct CodePipelineS3Location {
  std::string bucketName = {};
  std::string objectKey = {};
  Rest rest = {};
};

struct CodePipelineLocation {
  std::string type = {};
  std::optional<CodePipelineS3Location> s3Location = {};
  Rest rest = {};
};

struct CodePipelineArtifact {
  std::string name = {};
  std::optional<std::string> revision = {};
  CodePipelineLocation location = {};
  Rest rest = {};
};

struct CodePipelineArtifactCredentials {
  std::string accessKeyId = {};
  std::string secretAccessKey = {};
  std::string sessionToken = {};
  std::optional<std::int64_t> expirationTime = {};
  Rest rest = {};
};

struct CodePipelineData {
  CodePipelineActionConfiguration actionConfiguration = {};
  std::vector<CodePipelineArtifact> inputArtifacts = {};
  std::vector<CodePipelineArtifact> outputArtifacts = {};
  std::optional<CodePipelineArtifactCredentials> artifactCredentials = {};
  std::optional<std::string> continuationToken = {};
  std::optional<Json> encryptionKey = {};
  Rest rest = {};
};

struct CodePipelineJob {
  std::string id = {};
  std::string accountId = {};
  CodePipelineData data = {};
  Rest rest = {};
};

struct CodePipelineJobEvent {
  CodePipelineJob CodePipeline_job = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "codepipeline_job";
  static constexpr FieldInfo field_info[] = {{.name = "CodePipeline_job", .key = "CodePipeline.job"}};
};

}  // namespace sloop::events
