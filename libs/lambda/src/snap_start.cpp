// SPDX-License-Identifier: Apache-2.0
#include "snap_start.hpp"

#include <ranges>

#include "loop.hpp"

namespace sloop::lambda::detail {
namespace {

/// Runs hooks in the order of the range, to the first that fails.
Result<void> run_hooks(auto&& hooks, const char* error_type) {
  for (const auto& hook : hooks) {
    const auto call = [&]() -> Result<std::string> {
      if (auto done = hook(); !done) return sloop::fail(done.error());
      return std::string();
    };
    if (auto outcome = outcome_of(call, {}); !outcome)
      return sloop::fail(Error{.kind = ErrorKind::internal, .message = outcome.error().message, .code = error_type});
  }
  return {};
}

}  // namespace

Result<void> pass_snapshot(const RunOptions& options, http::Transport& models, RuntimeClient& client) {
  if (auto ready = run_hooks(options.before_snapshot | std::views::reverse, "Runtime.BeforeSnapshotError"); !ready) {
    if (auto told = client.fail_init(report_of(ready.error())); !told)
      return sloop::fail(ready.error().within(told.error().message));
    return ready;
  }
  // Every copy of the process would hold the same sockets. The transport makes new ones, and the random numbers of this
  // library come from the kernel; there is nothing else to renew.
  models.close_idle();
  client.close_idle();
  if (auto restored = client.restore_next(); !restored) return restored;
  if (auto renewed = run_hooks(options.after_restore, "Runtime.AfterRestoreError"); !renewed) {
    if (auto told = client.fail_restore(report_of(renewed.error())); !told)
      return sloop::fail(renewed.error().within(told.error().message));
    return renewed;
  }
  return {};
}

}  // namespace sloop::lambda::detail
