// SPDX-License-Identifier: Apache-2.0
//
// Custom resources of CloudFormation, called directly, and through the CDK's provider framework.
//
//   if (event.RequestType == "Create") ...
//
// A function that is called directly answers by PUT to `ResponseURL`, not by its result.
// Source: CloudFormation User Guide, "Custom resource reference"; CDK, "Provider framework".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct CloudFormationCustomResourceRequest {
  /// `Create`, `Update` or `Delete`.
  std::string RequestType = {};
  std::string RequestId = {};
  std::string StackId = {};
  std::string ResourceType = {};
  std::string LogicalResourceId = {};
  /// Absent behind the provider framework.
  std::optional<std::string> ResponseURL = {};
  std::optional<std::string> ServiceToken = {};
  /// Absent for `Create`.
  std::optional<std::string> PhysicalResourceId = {};
  Json ResourceProperties = {};
  /// For `Update`.
  std::optional<Json> OldResourceProperties = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "cloudformation";
};

struct CloudFormationCustomResourceResponse {
  /// `SUCCESS` or `FAILED`.
  std::string Status = {};
  std::string PhysicalResourceId = {};
  std::string StackId = {};
  std::string RequestId = {};
  std::string LogicalResourceId = {};
  std::optional<std::string> Reason = {};
  std::optional<bool> NoEcho = {};
  std::optional<Json> Data = {};
  Rest rest = {};
};

/// The result of a handler behind the provider framework.
struct CloudFormationProviderResponse {
  std::optional<std::string> PhysicalResourceId = {};
  std::optional<bool> NoEcho = {};
  std::optional<Json> Data = {};
  Rest rest = {};
};

}  // namespace sloop::events
