// SPDX-License-Identifier: Apache-2.0
//
// How an environment rests and ends.
// Source: AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle", shutdown phase; the
// runtime's share of the time is that of the AWS Lambda Runtime Interface Emulator.
#include <chrono>
#include <csignal>

#include "sloop/emulator/execution_environment.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kWithInternal{500};
constexpr std::chrono::milliseconds kWithExternal{2'000};
constexpr std::chrono::milliseconds kRuntimeShare{600};

std::int64_t epoch_milliseconds_of(Deadline deadline) {
  const auto at = std::chrono::system_clock::now() + deadline.remaining();
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

}  // namespace

void ExecutionEnvironment::set_frozen(bool frozen) {
  if (frozen == frozen_ || !process_) return;
  frozen_ = frozen;
  if (group_ && group_->freeze(frozen)) return;
  process_->send_signal(frozen ? SIGSTOP : SIGCONT, true);
  for (const auto& extension : external_) extension.process->send_signal(frozen ? SIGSTOP : SIGCONT, true);
}

void ExecutionEnvironment::end_process(std::string_view reason) {
  if (!process_) return;
  const bool told = reason == "SPINDOWN" && !extensions_->empty();
  if (told && !process_->exited()) {
    process_->send_signal(SIGTERM, false);
    (void)process_->wait_end(Deadline::after(external_.empty() ? kWithInternal : kRuntimeShare));
  }
  std::unique_ptr<FunctionProcess> process;
  {
    const std::lock_guard lock(mutex_);
    process = std::move(process_);
  }
}

void ExecutionEnvironment::end_extensions(std::string_view reason, Deadline deadline) {
  if (external_.empty()) return;
  extensions_->announce(
      "SHUTDOWN",
      {{"eventType", "SHUTDOWN"}, {"shutdownReason", reason}, {"deadlineMs", epoch_milliseconds_of(deadline)}});
  for (const auto& extension : external_)
    (void)extension.process->wait_end(interrupted_ ? Deadline::after(0ms) : deadline);
  std::vector<ExternalExtension> ended;
  const std::lock_guard lock(mutex_);
  ended.swap(external_);
}

void ExecutionEnvironment::stop(std::string_view reason) {
  initialised_ = false;
  set_frozen(false);
  const auto deadline = Deadline::after(kWithExternal);
  if (extensions_ && !extensions_->empty()) extensions_->stop_telemetry();
  end_process(reason);
  end_extensions(reason, deadline);
  if (!options_.attach || (api_ && api_->init_error())) {
    std::unique_ptr<RuntimeApi> api;
    {
      const std::lock_guard lock(mutex_);
      api = std::move(api_);
    }
    // Its server's threads use the extensions.
    api.reset();
    const std::lock_guard lock(mutex_);
    extensions_.reset();
  }
  group_.reset();
}

void ExecutionEnvironment::kill_process() {
  set_frozen(false);
  if (process_) process_->kill();
}

void ExecutionEnvironment::interrupt() {
  const std::lock_guard lock(mutex_);
  interrupted_ = true;
  if (process_) process_->send_kill();
  for (const auto& extension : external_) extension.process->send_kill();
  if (api_) api_->process_ended();
  if (extensions_) extensions_->cancel();
}

}  // namespace sloop::emulator
