// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/sandbox.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>

#include "sloop/core/json.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// X-Amz-Log-Result holds no more.
constexpr std::size_t kLogTail = 4096;
constexpr std::uint64_t kMegabyte = 1024 * 1024;

std::string random_hex(int digits) {
  static thread_local std::random_device device;
  std::string text;
  while (static_cast<int>(text.size()) < digits) text += fmt::format("{:08x}", device());
  text.resize(static_cast<std::size_t>(digits));
  return text;
}

std::string new_trace_id() {
  return fmt::format("Root=1-{:08x}-{};Parent={};Sampled=0", static_cast<std::uint32_t>(std::time(nullptr)),
                     random_hex(24), random_hex(16));
}

std::string log_time() {
  const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(now)),
                     now.time_since_epoch().count() % 1000);
}

std::string epoch_milliseconds(Deadline deadline) {
  const auto at = std::chrono::system_clock::now() + deadline.remaining();
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

/// Whether the caller gets what the process posted although the process has ended.
bool result_counts(const SandboxOutcome& outcome) {
  return (!outcome.body.empty() || outcome.streamed) && outcome.error_type != "Runtime.TruncatedResponse";
}

}  // namespace

std::string new_request_id() {
  std::string hex = random_hex(32);
  hex[12] = '4';
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20));
}

Sandbox::Sandbox(SandboxOptions options) : options_(std::move(options)) {
  if (!options_.limits) return;
  if (auto group = make_group(); !group) limits_problem_ = group.error().message;
}

Result<std::unique_ptr<Cgroup>> Sandbox::make_group() const {
  auto group = Cgroup::create(fmt::format("sloop-{}-{}", ::getpid(), random_hex(8)));
  if (!group) return fail(group.error());
  const auto bytes = static_cast<std::uint64_t>(options_.memory_size) * kMegabyte;
  if (auto limited = (*group)->limit_memory(bytes); !limited) return fail(limited.error());
  // Tried here, so that what does not work is known before the first event; initialisation runs without this limit.
  if (auto limited = (*group)->limit_cpu(cpu_share(options_.memory_size)); !limited) return fail(limited.error());
  return group;
}

Sandbox::~Sandbox() {
  stop();
}

std::string Sandbox::arn() const {
  return fmt::format("arn:aws:lambda:{}:000000000000:function:{}", options_.region, options_.name);
}

SandboxOutcome Sandbox::invoke(const SandboxInvocation& invocation, const SandboxHooks& hooks) {
  SandboxOutcome outcome;
  outcome.report.request_id = invocation.request_id.empty() ? new_request_id() : invocation.request_id;
  outcome.report.memory_size_mb = options_.memory_size;
  if (process_ && (process_->exited() || program_stamp() != started_stamp_)) stop();
  SandboxInvocation identified = invocation;
  identified.request_id = outcome.report.request_id;
  std::optional<Failure> failure;
  Milliseconds init{0};
  const bool cold = process_ == nullptr;
  if (cold) failure = initialise("init", Deadline::after(options_.init_timeout), init);
  if (cold && !failure) outcome.report.init_duration = init;
  log(fmt::format("START RequestId: {} Version: $LATEST", identified.request_id));
  limit_cpu(true);
  const auto begin = Clock::now();
  const auto cpu_before = used_cpu();
  const Deadline deadline(begin + options_.timeout);
  // As on Lambda: an initialisation that failed is tried once more, as part of the invocation.
  if (failure) failure = initialise("invoke", deadline, init);
  if (cold && !failure) outcome.report.init_cpu = cpu_before;
  if (failure)
    fail_outcome(outcome, *failure);
  else
    run_event(identified, hooks, outcome, deadline);
  outcome.report.duration = Clock::now() - begin;
  outcome.report.cpu = used_cpu() - cpu_before;
  outcome.report.max_memory = used_memory();
  if (!outcome.report.status.empty()) stop();
  log("END RequestId: " + identified.request_id);
  log(report_line(outcome.report));
  outcome.log_tail = take_tail();
  return outcome;
}

void Sandbox::stop() {
  std::unique_ptr<FunctionProcess> process;
  {
    const std::lock_guard lock(process_mutex_);
    process = std::move(process_);
  }
  process.reset();
  api_.reset();
  group_.reset();
}

Result<Clock::time_point> Sandbox::start_process() {
  stop();
  auto api = RuntimeApi::start({.max_stream = options_.stream.max_bytes});
  if (!api) return fail(api.error());
  api_ = std::move(*api);
  started_stamp_ = program_stamp();
  if (options_.limits && limits_problem_.empty()) {
    auto group = make_group();
    if (!group) return fail(group.error());
    group_ = std::move(*group);
  }
  limit_cpu(false);
  auto process = FunctionProcess::start({.command = options_.command,
                                         .environment = process_environment(),
                                         .working_directory = options_.task_root,
                                         .group = group_.get(),
                                         .on_output = [this](std::string_view line) { log(line); },
                                         .on_exit = [api = api_.get()] { api->process_ended(); }});
  if (!process) return fail(process.error());
  const std::lock_guard lock(process_mutex_);
  process_ = std::move(*process);
  if (interrupted_) process_->send_kill();
  return process_->called();
}

void Sandbox::interrupt() {
  const std::lock_guard lock(process_mutex_);
  interrupted_ = true;
  if (process_) process_->send_kill();
}

std::optional<Sandbox::Failure> Sandbox::initialise(std::string_view phase, Deadline deadline, Milliseconds& took) {
  const auto started = start_process();
  const auto begin = started.value_or(Clock::now());
  std::optional<Failure> failure;
  if (!started) {
    failure = Failure{.type = "Runtime.InvalidEntrypoint", .message = started.error().message, .status = "error"};
  } else {
    if (phase == "invoke") limit_cpu(true);
    switch (api_->wait_while({RuntimePhase::started}, deadline)) {
      case RuntimePhase::started:
        failure = Failure{.type = "Sandbox.Timedout", .message = "", .status = "timeout"};
        break;
      case RuntimePhase::ended: failure = ended_failure(); break;
      case RuntimePhase::init_failed: {
        const auto posted = api_->init_error().value_or(PostedResult{});
        failure = Failure{.type = posted.error_type, .message = "", .body = posted.body, .status = "error"};
        break;
      }
      default: break;
    }
  }
  took = Clock::now() - begin;
  if (!failure) return std::nullopt;
  if (process_) process_->drain_output();
  log(init_report_line(took, phase, failure->status, failure->status == "timeout" ? "" : failure->type));
  stop();
  return failure;
}

Sandbox::Failure Sandbox::ended_failure() const {
  const auto exit = process_->exited().value_or(ProcessExit{});
  const bool out_of_memory = group_ && exit.signal == SIGKILL && group_->killed_for_memory() > 0;
  Failure failure{.type = out_of_memory ? "Runtime.OutOfMemory" : "Runtime.ExitError", .status = "error"};
  failure.message = exit.signal == 0 && exit.status == 0 ? "Runtime exited without providing a reason"
                                                         : "Runtime exited with error: " + exit.text();
  return failure;
}

void Sandbox::run_event(const SandboxInvocation& invocation, const SandboxHooks& hooks, SandboxOutcome& outcome,
                        Deadline deadline) {
  const std::string& id = invocation.request_id;
  OfferedEvent event{
      .request_id = id,
      .headers = {{"content-type", "application/json"},
                  {"lambda-runtime-aws-request-id", id},
                  {"lambda-runtime-deadline-ms", epoch_milliseconds(deadline)},
                  {"lambda-runtime-invoked-function-arn",
                   arn() + (invocation.qualifier.empty() ? "" : ":" + invocation.qualifier)},
                  {"lambda-runtime-trace-id", invocation.trace_id.empty() ? new_trace_id() : invocation.trace_id}},
      .body = invocation.event,
      .channel = hooks.channel};
  const std::pair<std::string_view, const std::string&> optional_headers[] = {
      {"lambda-runtime-client-context", invocation.client_context},
      {"lambda-runtime-cognito-identity", invocation.cognito_identity},
      {"lambda-runtime-aws-tenant-id", invocation.tenant_id}};
  for (const auto& [name, value] : optional_headers)
    if (!value.empty()) event.headers.add(std::string(name), value);
  api_->offer(std::move(event));
  using enum InvocationPhase;
  auto phase = api_->wait_while(id, {offered, running, responding, failing}, deadline);
  if (auto posted = api_->result(id)) {
    outcome.body = std::move(posted->body);
    outcome.is_error = posted->is_error;
    outcome.error_type = outcome.report.error_type = posted->error_type;
    outcome.content_type = posted->content_type;
    outcome.streamed = posted->streamed;
    // A result that was cut off is the first sign of a process that ends: its end tells more.
    const bool cut = outcome.error_type == "Runtime.TruncatedResponse";
    if (hooks.on_answer && phase == responded && !cut) hooks.on_answer(outcome);
    phase = api_->wait_while(id, {responded}, deadline);
  }
  api_->forget(id);
  process_->drain_output();
  if (phase == lost) {
    const Failure failure = ended_failure();
    if (!result_counts(outcome)) return fail_outcome(outcome, failure);
    // The caller has the result; the log tells of the end.
    outcome.report.status = failure.status;
    outcome.report.error_type = failure.type;
  } else if (phase != done) {
    time_out(outcome);
  }
}

void Sandbox::fail_outcome(SandboxOutcome& outcome, const Failure& failure) {
  if (failure.status == "timeout") return time_out(outcome);
  outcome.is_error = true;
  outcome.report.status = failure.status;
  outcome.error_type = outcome.report.error_type = failure.type;
  outcome.body = failure.body;
  if (!failure.body.empty()) return;
  const std::string message = fmt::format("RequestId: {} Error: {}", outcome.report.request_id, failure.message);
  outcome.body = write_json(JsonObject{{"errorType", failure.type}, {"errorMessage", message}});
  log(message);
  log(failure.type);
}

void Sandbox::time_out(SandboxOutcome& outcome) {
  outcome.report.status = "timeout";
  const double seconds = std::chrono::duration<double>(options_.timeout).count();
  const std::string message = fmt::format("{} Task timed out after {:.2f} seconds", outcome.report.request_id, seconds);
  log(fmt::format("{} {}", log_time(), message));
  if (!outcome.body.empty() || outcome.streamed) return;
  outcome.is_error = true;
  outcome.error_type = "Sandbox.Timedout";
  outcome.body =
      write_json(JsonObject{{"errorType", "Sandbox.Timedout"},
                            {"errorMessage", fmt::format("RequestId: {} Error: Task timed out after {:.2f} seconds",
                                                         outcome.report.request_id, seconds)}});
}

void Sandbox::limit_cpu(bool limited) {
  // The limit worked when the group was made; if it does not now, the function runs on with the one before.
  if (group_) (void)group_->limit_cpu(limited ? cpu_share(options_.memory_size) : 0);
}

std::uint64_t Sandbox::used_memory() const {
  std::uint64_t peak = 0;
  if (process_) {
    const auto exit = process_->exited();
    peak = exit ? exit->peak_memory : process_->peak_memory();
  }
  return std::max(peak, group_ ? group_->peak_memory() : 0);
}

std::chrono::nanoseconds Sandbox::used_cpu() const {
  return group_ ? group_->cpu_time() : std::chrono::nanoseconds(0);
}

std::string Sandbox::program_stamp() const {
  struct stat status{};
  if (::stat(options_.command.front().c_str(), &status) != 0) return "";
  return fmt::format("{}:{}:{}.{:09}", status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

std::map<std::string, std::string> Sandbox::process_environment() const {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (const auto equals = text.find('='); equals != std::string_view::npos)
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& [name, value] : options_.environment) variables.insert_or_assign(name, value);
  variables.erase("_X_AMZN_TRACE_ID");
  const std::string root = options_.task_root.empty() ? std::filesystem::current_path().string() : options_.task_root;
  const std::map<std::string, std::string> lambda = {
      {"AWS_LAMBDA_RUNTIME_API", api_->address()},
      {"AWS_LAMBDA_FUNCTION_NAME", options_.name},
      {"AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"},
      {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(options_.memory_size)},
      {"AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"},
      {"AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + options_.name},
      {"AWS_LAMBDA_LOG_STREAM_NAME",
       fmt::format("{:%Y/%m/%d}/[$LATEST]{}", fmt::gmtime(std::time(nullptr)), random_hex(32))},
      {"AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023"},
      {"AWS_REGION", options_.region},
      {"AWS_DEFAULT_REGION", options_.region},
      {"LAMBDA_TASK_ROOT", root},
      {"LAMBDA_RUNTIME_DIR", "/var/runtime"},
      // The last argument is the handler where the runtime takes one by command line.
      {"_HANDLER", options_.command.size() > 1 ? options_.command.back() : "bootstrap"}};
  for (const auto& [name, value] : lambda) variables.insert_or_assign(name, value);
  return variables;
}

void Sandbox::log(std::string_view line) {
  const std::lock_guard lock(log_mutex_);
  tail_.append(line).push_back('\n');
  if (tail_.size() > kLogTail) tail_.erase(0, tail_.size() - kLogTail);
  if (options_.on_log) options_.on_log(line);
}

std::string Sandbox::take_tail() {
  const std::lock_guard lock(log_mutex_);
  return std::exchange(tail_, {});
}

}  // namespace sloop::emulator
