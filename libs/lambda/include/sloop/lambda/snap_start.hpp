// SPDX-License-Identifier: Apache-2.0
//
// SnapStart: the process is copied between its initialisation and its first event.
//
//   lambda::run(handler, {.companions = {lambda::snap_start({.after_restore = {[&] { return store.reconnect(); }}})}});
//
// Without it a function never says that it may be copied. Where Lambda makes no copies it does nothing.
// Source: AWS Lambda Developer Guide, "Runtime hooks for Lambda SnapStart".
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/lambda/companion.hpp"

namespace sloop::lambda {

struct SnapStartHooks {
  /// Run before the snapshot, the last one first. A failure is reported as `Runtime.BeforeSnapshotError`.
  std::vector<std::function<Result<void>()>> before_snapshot = {};
  /// Run in every restored copy, in order, within ten seconds: renew identities, random generators, clocks. A failure
  /// is reported as `Runtime.AfterRestoreError`.
  std::vector<std::function<Result<void>()>> after_restore = {};
};

/// Where `AWS_LAMBDA_INITIALIZATION_TYPE` is `snap-start`: runs the hooks around the snapshot, closes the connections
/// that the copies would share, and waits for the restore.
[[nodiscard]] std::shared_ptr<Companion> snap_start(SnapStartHooks hooks = {});

}  // namespace sloop::lambda
