// SPDX-License-Identifier: Apache-2.0
#include "sandbox_run.hpp"

#include <fmt/format.h>

namespace sloop::emulator {
namespace {

std::int64_t epoch_milliseconds(Deadline deadline) {
  // A debugger's invocation has no end; a day is as good.
  const auto left = deadline.is_never() ? std::chrono::hours(24) : deadline.remaining();
  const auto at = std::chrono::system_clock::now() + left;
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

/// Whether the caller gets what the process posted although the process has ended.
bool result_counts(const SandboxOutcome& outcome) {
  return (!outcome.body.empty() || outcome.streamed) && outcome.error_type != "Runtime.TruncatedResponse";
}

Headers event_headers(const SandboxInvocation& invocation, const std::string& arn, Deadline deadline) {
  Headers headers{{"content-type", "application/json"},
                  {"lambda-runtime-aws-request-id", invocation.request_id},
                  {"lambda-runtime-deadline-ms", std::to_string(epoch_milliseconds(deadline))},
                  {"lambda-runtime-invoked-function-arn", arn},
                  {"lambda-runtime-trace-id", invocation.trace_id}};
  const std::pair<std::string_view, const std::string&> optional_headers[] = {
      {"lambda-runtime-client-context", invocation.client_context},
      {"lambda-runtime-cognito-identity", invocation.cognito_identity},
      {"lambda-runtime-aws-tenant-id", invocation.tenant_id}};
  for (const auto& [name, value] : optional_headers)
    if (!value.empty()) headers.add(std::string(name), value);
  return headers;
}

}  // namespace

void Sandbox::start_event(Run& run) {
  const JsonObject tracing{{"type", "X-Amzn-Trace-Id"}, {"value", run.invocation.trace_id}};
  log_.platform("platform.start", {{"requestId", run.id()}, {"version", "$LATEST"}, {"tracing", tracing}},
                fmt::format("START RequestId: {} Version: $LATEST", run.id()));
}

void Sandbox::run_event(Run& run) {
  using enum InvocationPhase;
  const std::string arn =
      function_arn(options_) + (run.invocation.qualifier.empty() ? "" : ":" + run.invocation.qualifier);
  RuntimeApi& api = environment_.api();
  const bool has_extensions = !environment_.extensions().empty();
  if (has_extensions && options_.max_concurrency == 1)
    environment_.extensions().announce(
        "INVOKE", {{"eventType", "INVOKE"},
                   {"deadlineMs", epoch_milliseconds(run.deadline)},
                   {"requestId", run.id()},
                   {"invokedFunctionArn", arn},
                   {"tracing", {{"type", "X-Amzn-Trace-Id"}, {"value", run.invocation.trace_id}}}});
  api.offer({.request_id = run.id(),
             .headers = event_headers(run.invocation, arn, run.deadline),
             .body = run.invocation.event,
             .channel = run.hooks.channel});
  auto phase = api.wait_while(run.id(), {offered, running, responding, failing}, run.deadline);
  if (api.result(run.id())) {
    take_result(run);
    phase = api.wait_while(run.id(), {responded}, run.deadline);
  }
  run.end = Clock::now();
  // From now on a result is late.
  if (phase != done && phase != lost) api.expire(run.id());
  api.forget(run.id());
  environment_.drain_output();
  tell_done(run, phase);
  if (phase == lost) {
    const EnvironmentFailure failure = environment_.ended_failure();
    if (!result_counts(run.outcome)) return fail(run, failure);
    // The caller has the result; the log tells of the end.
    run.outcome.report.status = failure.status;
    run.outcome.report.error_type = failure.type;
  } else if (phase != done) {
    time_out(run);
  } else if (has_extensions && options_.max_concurrency == 1) {
    wait_extensions(run);
  }
}

void Sandbox::take_result(Run& run) {
  auto posted = environment_.api().result(run.id()).value_or(PostedResult{});
  SandboxOutcome& outcome = run.outcome;
  outcome.body = std::move(posted.body);
  outcome.is_error = posted.is_error;
  outcome.error_type = outcome.report.error_type = posted.error_type;
  outcome.content_type = posted.content_type;
  outcome.streamed = posted.streamed;
  // A result that was cut off is the first sign of a process that ends: its end tells more.
  if (run.hooks.on_answer && outcome.error_type != "Runtime.TruncatedResponse") run.hooks.on_answer(outcome);
}

void Sandbox::tell_done(const Run& run, InvocationPhase phase) {
  const bool error = run.outcome.is_error;
  std::string_view status = error ? "error" : "success";
  if (phase == InvocationPhase::lost)
    status = "failure";
  else if (phase != InvocationPhase::done)
    status = "timeout";
  JsonObject done{
      {"requestId", run.id()},
      {"status", status},
      {"metrics",
       {{"durationMs", Milliseconds(run.end - run.begin).count()}, {"producedBytes", run.outcome.body.size()}}}};
  if (error) done["errorType"] = run.outcome.error_type;
  log_.platform("platform.runtimeDone", std::move(done));
}

void Sandbox::wait_extensions(Run& run) {
  ExtensionApi& extensions = environment_.extensions();
  const bool ready = extensions.wait_ready(run.deadline);
  run.end = Clock::now();
  if (ready) return;
  if (const auto failed = extensions.failure()) {
    run.outcome.report.status = "error";
    run.outcome.report.error_type = *failed;
    log_.note(fmt::format("RequestId: {} Error: an extension failed", run.id()));
    log_.note(*failed);
  } else {
    time_out(run);
  }
}

void Sandbox::fail(Run& run, const EnvironmentFailure& failure) {
  if (failure.status == "timeout") return time_out(run);
  SandboxOutcome& outcome = run.outcome;
  outcome.is_error = true;
  outcome.report.status = failure.status;
  outcome.error_type = outcome.report.error_type = failure.type;
  outcome.body = failure.body;
  if (!failure.body.empty()) return;
  const std::string message = fmt::format("RequestId: {} Error: {}", run.id(), failure.message);
  outcome.body = runtime_error_body(failure.type, message);
  log_.note(message);
  log_.note(failure.type);
}

void Sandbox::time_out(Run& run) {
  SandboxOutcome& outcome = run.outcome;
  outcome.report.status = "timeout";
  const std::string words =
      fmt::format("Task timed out after {:.2f} seconds", std::chrono::duration<double>(options_.timeout).count());
  log_.note(fmt::format("{} {} {}", log_time(), run.id(), words));
  if (!outcome.body.empty() || outcome.streamed) return;
  outcome.is_error = true;
  outcome.error_type = "Sandbox.Timedout";
  outcome.body = runtime_error_body("Sandbox.Timedout", fmt::format("RequestId: {} Error: {}", run.id(), words));
}

}  // namespace sloop::emulator
