// SPDX-License-Identifier: Apache-2.0
//
// AWS Server Migration Service (which ended in 2022): a replication job changed its state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct SmsJobStateChange {
  std::string state = {};
  std::optional<std::string> replication_run_id = {};
  std::optional<std::string> replication_job_id = {};
  std::optional<std::string> version = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "Server Migration Job State Change";
  static constexpr bool dashed_keys = true;
};

}  // namespace sloop::events
