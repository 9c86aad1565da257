// SPDX-License-Identifier: Apache-2.0
//
// SnapStart: the process is copied between its initialisation and its first event.
// Source: AWS Lambda Developer Guide, "Runtime hooks for Lambda SnapStart".
#pragma once

#include "sloop/lambda/run_options.hpp"
#include "sloop/lambda/runtime_client.hpp"

namespace sloop::lambda::detail {

/// Runs the hooks around the snapshot and waits for the restore in between. A failure has been reported to Lambda.
[[nodiscard]] Result<void> pass_snapshot(const RunOptions& options, http::Transport& models, RuntimeClient& client);

}  // namespace sloop::lambda::detail
