// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/execution_environment.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "function_variables.hpp"
#include "random_id.hpp"

namespace sloop::emulator {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMegabyte = 1024 * 1024;

}  // namespace

ExecutionEnvironment::ExecutionEnvironment(const SandboxOptions& options, EnvironmentLog& log)
    : options_(options), log_(log) {
  if (options_.attach) (void)make_apis();  // a failure is told by `initialise`
  if (!options_.limits || options_.attach) return;
  if (auto group = make_group(); !group) limits_problem_ = group.error().message;
}

ExecutionEnvironment::~ExecutionEnvironment() {
  interrupt();
  stop("FAILURE");
  // Its server's threads use the extensions.
  api_.reset();
}

Result<std::unique_ptr<Cgroup>> ExecutionEnvironment::make_group() const {
  auto group = Cgroup::create(fmt::format("sloop-{}-{}", ::getpid(), random_hex(8)));
  if (!group) return fail(group.error());
  const auto bytes = static_cast<std::uint64_t>(options_.memory_size) * kMegabyte;
  if (auto limited = (*group)->limit_memory(bytes); !limited) return fail(limited.error());
  // Tried here, so that what does not work is known before the first event; initialisation runs without this limit.
  if (auto limited = (*group)->limit_cpu(cpu_share(options_.memory_size)); !limited) return fail(limited.error());
  return group;
}

Result<void> ExecutionEnvironment::make_apis() {
  const bool concurrent = options_.max_concurrency > 1;
  auto extensions = std::make_unique<ExtensionApi>(
      ExtensionApiOptions{.function_name = options_.name,
                          .handler = options_.command.size() > 1 ? options_.command.back() : "bootstrap",
                          .concurrent = concurrent},
      log_);
  auto api = RuntimeApi::start({.concurrent = concurrent,
                                .max_stream = options_.stream.max_bytes,
                                .port = options_.runtime_port,
                                .extensions = extensions.get()});
  if (!api) return fail(api.error());
  const std::lock_guard lock(mutex_);
  extensions_ = std::move(extensions);
  api_ = std::move(*api);
  if (interrupted_) api_->process_ended();
  return {};
}

bool ExecutionEnvironment::serves() const {
  if (options_.attach) return initialised_;
  return initialised_ && process_ && !process_->exited() && program_stamp() == started_stamp_;
}

Result<std::unique_ptr<FunctionProcess>> ExecutionEnvironment::start_process(std::vector<std::string> command,
                                                                             std::string_view log_type,
                                                                             std::function<void()> on_exit) {
  return FunctionProcess::start({.command = std::move(command),
                                 .environment = function_variables(options_, api_->address()),
                                 .working_directory = options_.task_root,
                                 .group = group_.get(),
                                 .on_output = [this, log_type](std::string_view line) { log_.line(log_type, line); },
                                 .on_exit = std::move(on_exit)});
}

Result<void> ExecutionEnvironment::start_extensions(Deadline deadline) {
  std::error_code error;
  std::vector<fs::path> programs;
  for (const auto& entry : fs::directory_iterator(options_.extensions, error))
    if (entry.is_regular_file() && ::access(entry.path().c_str(), X_OK) == 0) programs.push_back(entry.path());
  if (error) return fail(ErrorKind::not_found, fmt::format("extensions: {}: {}", options_.extensions, error.message()));
  std::ranges::sort(programs);
  for (const auto& program : programs) extensions_->expect(program.filename());
  for (const auto& program : programs) {
    const std::string name = program.filename();
    auto process = start_process({fs::absolute(program)}, "extension",
                                 [extensions = extensions_.get(), name] { extensions->ended(name); });
    if (!process) return fail(process.error().within("extension " + name));
    const std::lock_guard lock(mutex_);
    external_.push_back({name, std::move(*process)});
  }
  if (extensions_->wait_registered(deadline)) return {};
  return fail(ErrorKind::unavailable, extensions_->failure() ? "an extension failed before it had registered"
                                                             : "an extension did not register in time");
}

Result<Clock::time_point> ExecutionEnvironment::start(std::string_view phase, Deadline deadline) {
  if (!api_)
    if (auto made = make_apis(); !made) return fail(made.error());
  log_.platform("platform.initStart", {{"initializationType", initialization_type(options_)},
                                       {"phase", phase},
                                       {"functionName", options_.name},
                                       {"functionVersion", "$LATEST"}});
  if (options_.attach) return Clock::now();
  const std::string stamp = program_stamp();
  if (options_.on_log && !started_stamp_.empty() && stamp != started_stamp_)
    options_.on_log(fmt::format("{} has changed; reloading", options_.command.front()));
  started_stamp_ = stamp;
  if (options_.limits && limits_problem_.empty()) {
    auto group = make_group();
    if (!group) return fail(group.error());
    group_ = std::move(*group);
  }
  limit_cpu(false);
  const auto before_extensions = Clock::now();
  if (!options_.extensions.empty())
    if (auto started = start_extensions(deadline); !started) return fail(started.error());
  auto process = start_process(options_.command, "function", [api = api_.get(), extensions = extensions_.get()] {
    api->process_ended();
    extensions->cancel();
  });
  if (!process) return fail(process.error());
  const std::lock_guard lock(mutex_);
  process_ = std::move(*process);
  if (interrupted_) process_->send_kill();
  return external_.empty() ? process_->called() : before_extensions;
}

std::optional<EnvironmentFailure> ExecutionEnvironment::wait_initialised(Deadline deadline) {
  switch (api_->wait_while({RuntimePhase::started}, deadline)) {
    case RuntimePhase::started: return EnvironmentFailure{.type = "Sandbox.Timedout", .status = "timeout"};
    case RuntimePhase::ended: return ended_failure();
    case RuntimePhase::init_failed: return posted_failure();
    default: break;
  }
  if (!extensions_->empty() && !extensions_->wait_ready(deadline)) {
    if (const auto failed = extensions_->failure())
      return EnvironmentFailure{.type = *failed, .message = "an extension failed"};
    if (process_ && process_->exited()) return ended_failure();
    return EnvironmentFailure{.type = "Sandbox.Timedout", .status = "timeout"};
  }
  return std::nullopt;
}

EnvironmentFailure ExecutionEnvironment::posted_failure() const {
  auto posted = api_->init_error().value_or(PostedResult{});
  return {.type = std::move(posted.error_type), .body = std::move(posted.body)};
}

std::optional<EnvironmentFailure> ExecutionEnvironment::initialise(std::string_view phase, Deadline deadline,
                                                                   Milliseconds& took) {
  stop("FAILURE");
  const auto started = start(phase, deadline);
  const auto begin = started.value_or(Clock::now());
  std::optional<EnvironmentFailure> failure;
  if (!started) {
    const auto extension = extensions_ ? extensions_->failure() : std::nullopt;
    failure =
        EnvironmentFailure{.type = extension.value_or("Runtime.InvalidEntrypoint"), .message = started.error().message};
  } else {
    if (phase == "invoke") limit_cpu(true);
    failure = wait_initialised(deadline);
  }
  took = Clock::now() - begin;
  const std::string status = failure ? failure->status : "success";
  JsonObject done{{"initializationType", initialization_type(options_)}, {"phase", phase}, {"status", status}};
  if (failure) done["errorType"] = failure->type;
  log_.platform("platform.initRuntimeDone", done);
  done["metrics"] = {{"durationMs", took.count()}};
  if (failure && process_) process_->drain_output();
  log_.platform("platform.initReport", done,
                failure ? init_report_line(took, phase, status, status == "timeout" ? "" : failure->type) : "");
  initialised_ = !failure;
  if (failure)
    stop(failure->status == "timeout" ? "TIMEOUT" : "FAILURE");
  else
    extensions_->close();
  return failure;
}

std::optional<EnvironmentFailure> ExecutionEnvironment::restore(Deadline deadline, Milliseconds& took) {
  log_.platform("platform.restoreStart", {{"functionName", options_.name}, {"functionVersion", "$LATEST"}});
  const auto begin = Clock::now();
  api_->restore();
  std::optional<EnvironmentFailure> failure;
  switch (api_->wait_while({RuntimePhase::restore_ready, RuntimePhase::restoring}, deadline)) {
    case RuntimePhase::serving: break;
    case RuntimePhase::ended: failure = ended_failure(); break;
    case RuntimePhase::restore_failed: failure = posted_failure(); break;
    default:
      failure = EnvironmentFailure{.type = "Sandbox.Timedout", .message = "the restore hooks took too long"};
      break;
  }
  took = Clock::now() - begin;
  JsonObject done{{"status", failure ? "failure" : "success"}};
  if (failure) done["errorType"] = failure->type;
  log_.platform("platform.restoreRuntimeDone", done);
  done["metrics"] = {{"durationMs", took.count()}};
  log_.platform("platform.restoreReport", done);
  return failure;
}

EnvironmentFailure ExecutionEnvironment::ended_failure() const {
  if (extensions_)
    if (const auto failed = extensions_->failure(); failed && process_ && !process_->exited())
      return {.type = *failed, .message = "an extension failed"};
  const auto exit = process_ ? process_->exited().value_or(ProcessExit{}) : ProcessExit{};
  const bool out_of_memory = group_ && exit.signal == SIGKILL && group_->killed_for_memory() > 0;
  EnvironmentFailure failure{.type = out_of_memory ? "Runtime.OutOfMemory" : "Runtime.ExitError"};
  failure.message = exit.signal == 0 && exit.status == 0 ? "Runtime exited without providing a reason"
                                                         : "Runtime exited with error: " + exit.text();
  return failure;
}

void ExecutionEnvironment::limit_cpu(bool limited) {
  // The limit worked when the group was made; if it does not now, the function runs on with the one before.
  if (group_) (void)group_->limit_cpu(limited ? cpu_share(options_.memory_size) : 0);
}

void ExecutionEnvironment::drain_output() {
  if (process_) process_->drain_output();
}

std::uint64_t ExecutionEnvironment::used_memory() const {
  std::uint64_t peak = 0;
  if (process_) {
    const auto exit = process_->exited();
    peak = exit ? exit->peak_memory : process_->peak_memory();
  }
  return std::max(peak, group_ ? group_->peak_memory() : 0);
}

std::chrono::nanoseconds ExecutionEnvironment::used_cpu() const {
  return group_ ? group_->cpu_time() : std::chrono::nanoseconds(0);
}

std::string ExecutionEnvironment::program_stamp() const {
  struct stat status{};
  if (::stat(options_.command.front().c_str(), &status) != 0) return "";
  return fmt::format("{}:{}:{}.{:09}", status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

}  // namespace sloop::emulator
