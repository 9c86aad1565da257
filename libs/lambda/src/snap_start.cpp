// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/snap_start.hpp"

#include <ranges>

#include "loop.hpp"

namespace sloop::lambda {
namespace {

/// Runs hooks in the order of the range, to the first that fails.
std::expected<void, ErrorReport> run_hooks(auto&& hooks, const char* error_type) {
  for (const auto& hook : hooks) {
    const auto call = [&]() -> Result<std::string> {
      if (auto done = hook(); !done) return fail(done.error());
      return std::string();
    };
    auto outcome = detail::outcome_of(call, {});
    if (outcome) continue;
    outcome.error().type = error_type;
    return std::unexpected(std::move(outcome.error()));
  }
  return {};
}

class SnapStart final : public Companion {
 public:
  explicit SnapStart(SnapStartHooks hooks) : hooks_(std::move(hooks)) {}

  Result<void> start(const CompanionStart& start) override {
    is_copied_ = start.environment->initialization_type == "snap-start";
    return {};
  }

  Result<void> initialised(RuntimeClient& client, http::Transport& models) override {
    if (!is_copied_) return {};
    const auto ready = run_hooks(hooks_.before_snapshot | std::views::reverse, "Runtime.BeforeSnapshotError");
    if (!ready) return failed(ready.error(), client.fail_init(ready.error()));
    // Every copy of the process would hold the same sockets. The transport makes new ones, and the random numbers of
    // this library come from the kernel; there is nothing else to renew.
    models.close_idle();
    client.close_idle();
    if (auto restored = client.restore_next(); !restored) return restored;
    const auto renewed = run_hooks(hooks_.after_restore, "Runtime.AfterRestoreError");
    if (!renewed) return failed(renewed.error(), client.fail_restore(renewed.error()));
    return {};
  }

 private:
  static std::unexpected<Error> failed(const ErrorReport& report, const Result<void>& told) {
    return fail(Error{.kind = ErrorKind::internal,
                      .message = report.message + (told ? "" : "; " + told.error().message),
                      .code = report.type});
  }

  SnapStartHooks hooks_;
  bool is_copied_ = false;
};

}  // namespace

std::shared_ptr<Companion> snap_start(SnapStartHooks hooks) {
  return std::make_shared<SnapStart>(std::move(hooks));
}

}  // namespace sloop::lambda
