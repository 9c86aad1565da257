// SPDX-License-Identifier: Apache-2.0
//
// The input and the answer of durable functions. The protocol of checkpoints is no part of this room.
//
// Source: AWS Lambda Developer Guide, "Durable functions".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/fields.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

struct DurableOperation {
  std::string Id = {};
  std::string Type = {};
  std::string Status = {};
  std::optional<std::string> ParentId = {};
  std::optional<std::string> Name = {};
  std::optional<std::string> SubType = {};
  /// ISO text, or seconds since 1970.
  std::optional<Json> StartTimestamp = {};
  std::optional<Json> EndTimestamp = {};
  std::optional<Json> ExecutionDetails = {};
  std::optional<Json> ContextDetails = {};
  std::optional<Json> StepDetails = {};
  std::optional<Json> WaitDetails = {};
  std::optional<Json> CallbackDetails = {};
  std::optional<Json> ChainedInvokeDetails = {};
  Rest rest = {};
};

struct DurableExecutionState {
  std::vector<DurableOperation> Operations = {};
  std::optional<std::string> NextMarker = {};
  Rest rest = {};
};

struct DurableExecutionInput {
  std::string DurableExecutionArn = {};
  std::string CheckpointToken = {};
  DurableExecutionState InitialExecutionState = {};
  std::optional<std::vector<std::string>> UpdatedOperationIds = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "durable";
};

struct DurableError {
  std::optional<std::string> ErrorType = {};
  std::optional<std::string> ErrorMessage = {};
  std::optional<std::string> ErrorData = {};
  std::optional<std::vector<std::string>> StackTrace = {};
  Rest rest = {};
};

struct DurableExecutionOutput {
  /// `SUCCEEDED`, `FAILED` or `PENDING`.
  std::string Status = {};
  std::optional<std::string> Result_ = {};
  std::optional<DurableError> Error = {};
  Rest rest = {};

  static constexpr FieldInfo field_info[] = {{.name = "Result_", .key = "Result"}};
};

}  // namespace sloop::events
