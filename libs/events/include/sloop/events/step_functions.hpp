// SPDX-License-Identifier: Apache-2.0
//
// Tasks of Step Functions that wait for a callback: the token and your own input.
//
//   Result<void> handle(const StepFunctionsTask<Order>& task);   // SendTaskSuccess with task.TaskToken
//
// The names are those of the documentation's example, `"TaskToken.$": "$$.Task.Token"`; yours may differ.
// Source: AWS Step Functions Developer Guide, "Wait for a callback with task token".
#pragma once

#include <string>
#include <string_view>

#include "sloop/core/json.hpp"
#include "sloop/core/rest.hpp"

namespace sloop::events {

template <class Input_ = Json>
struct StepFunctionsTask {
  std::string TaskToken = {};
  Input_ Input = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "step_functions";
};

}  // namespace sloop::events
