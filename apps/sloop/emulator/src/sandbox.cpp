// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/sandbox.hpp"

#include <fmt/format.h>

#include <utility>

#include "random_id.hpp"
#include "sandbox_run.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;

// Of both modes that are initialised ahead of their events.
constexpr std::chrono::milliseconds kLongInit{130'000};
constexpr std::chrono::milliseconds kRestore{10'000};

Deadline init_deadline(const SandboxOptions& options) {
  if (options.attach) return Deadline::never();
  const bool ahead = options.snap_start || options.max_concurrency > 1;
  return Deadline::after(ahead ? std::max(options.timeout, kLongInit) : options.init_timeout);
}

EnvironmentLogOptions log_options(const SandboxOptions& options) {
  const auto format = options.environment.find("AWS_LAMBDA_LOG_FORMAT");
  const bool asked = format != options.environment.end() && equal_ignoring_case(format->second, "json");
  return {.write = options.on_log, .json = asked || options.max_concurrency > 1};
}

}  // namespace

std::string function_arn(const SandboxOptions& options) {
  return fmt::format("arn:aws:lambda:{}:000000000000:function:{}", options.region, options.name);
}

Sandbox::Sandbox(SandboxOptions options)
    : options_(std::move(options)), log_(log_options(options_)), environment_(options_, log_) {}

Sandbox::~Sandbox() {
  stop();
}

void Sandbox::stop() {
  environment_.stop("SPINDOWN");
}

SandboxOutcome Sandbox::invoke(const SandboxInvocation& invocation, const SandboxHooks& hooks) {
  Run run{.invocation = invocation, .hooks = hooks};
  if (run.invocation.request_id.empty()) run.invocation.request_id = new_request_id();
  if (run.invocation.trace_id.empty()) run.invocation.trace_id = new_trace_id();
  run.outcome.report.request_id = run.id();
  run.outcome.report.memory_size_mb = options_.memory_size;
  if (options_.max_concurrency > 1) return invoke_concurrently(run);
  environment_.set_frozen(false);
  std::optional<EnvironmentFailure> failure;
  run.cold = !environment_.serves();
  if (run.cold) failure = initialise(run);
  if (run.cold && !failure && options_.snap_start) failure = restore(run);
  start_event(run);
  environment_.limit_cpu(true);
  run.begin = Clock::now();
  const auto cpu_before = environment_.used_cpu();
  run.deadline = options_.attach ? Deadline::never() : Deadline(run.begin + options_.timeout);
  // As on Lambda: an initialisation that failed is tried once more, as part of the invocation.
  Milliseconds again{0};
  if (failure && !options_.snap_start) failure = environment_.initialise("invoke", run.deadline, again);
  if (run.cold && !failure) run.outcome.report.init_cpu = cpu_before;
  if (failure) {
    fail(run, *failure);
    run.end = Clock::now();
  } else {
    run_event(run);
  }
  run.outcome.report.duration = run.end - run.begin;
  run.outcome.report.cpu = environment_.used_cpu() - cpu_before;
  finish(run);
  return std::move(run.outcome);
}

std::optional<EnvironmentFailure> Sandbox::initialise(Run& run) {
  stop();
  Milliseconds took{0};
  auto failure = environment_.initialise("init", init_deadline(options_), took);
  if (!failure && !options_.snap_start) run.outcome.report.init_duration = took;
  return failure;
}

std::optional<EnvironmentFailure> Sandbox::restore(Run& run) {
  Milliseconds took{0};
  auto failure = environment_.restore(Deadline::after(kRestore), took);
  if (!failure) run.outcome.report.restore_duration = took;
  return failure;
}

void Sandbox::finish(Run& run) {
  const InvocationReport& report = run.outcome.report;
  run.outcome.report.max_memory = environment_.used_memory();
  const bool failed = !report.status.empty();
  // What is late or broken writes nothing behind the report.
  if (failed) environment_.kill_process();
  log_.platform("platform.end", {{"requestId", run.id()}}, "END RequestId: " + run.id());
  log_.platform("platform.report", report_record(report), report_line(report));
  run.outcome.log_tail = log_.take_tail();
  if (failed)
    environment_.stop(report.status == "timeout" ? "TIMEOUT" : "FAILURE");
  else if (options_.freeze)
    environment_.set_frozen(true);
}

void Sandbox::prepare() {
  std::unique_lock lock(mutex_);
  if (environment_.serves()) return;
  changed_.wait(lock, [&] { return in_flight_ == 0; });
  environment_.stop("FAILURE");
  Milliseconds took{0};
  prepare_failure_ = environment_.initialise("init", init_deadline(options_), took);
  environment_.limit_cpu(true);
}

SandboxOutcome Sandbox::invoke_concurrently(Run& run) {
  std::unique_lock lock(mutex_);
  std::optional<EnvironmentFailure> failure = prepare_failure_;
  if (!failure && !environment_.serves()) failure = environment_.ended_failure();
  ++in_flight_;
  lock.unlock();
  start_event(run);
  run.begin = Clock::now();
  run.deadline = Deadline(run.begin + options_.timeout);
  if (failure) {
    fail(run, *failure);
    run.end = Clock::now();
  } else {
    run_event(run);
  }
  InvocationReport& report = run.outcome.report;
  report.duration = run.end - run.begin;
  lock.lock();
  report.max_memory = environment_.used_memory();
  log_.platform("platform.report", report_record(report));
  run.outcome.log_tail = log_.take_tail();
  --in_flight_;
  changed_.notify_all();
  return std::move(run.outcome);
}

}  // namespace sloop::emulator
