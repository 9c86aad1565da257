// SPDX-License-Identifier: Apache-2.0
#include "environment_options.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

namespace sloop::command {
namespace {

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

}  // namespace

void add_environment_options(CLI::App& command, EnvironmentOptions& options) {
  command
      .add_option("--concurrency", options.concurrency, "Environments at once; an event beyond them is answered 429")
      ->capture_default_str();
  command.add_option("--idle-timeout", options.idle_timeout, "Seconds after which an idle environment ends")
      ->capture_default_str();
  command.add_flag("--no-freeze", options.no_freeze, "Let the function run on between events");
  command.add_option("--extensions", options.extensions, "Folder of external extensions, as /opt/extensions");
  command.add_flag("--snap-start", options.snap_start, "Initialise for a snapshot and restore (SnapStart)");
  command
      .add_option("--managed-instances", options.managed_instances,
                  "Events that one process takes at once (Lambda Managed Instances)")
      ->capture_default_str();
  command.add_flag("--only-runtime-api", options.only_runtime_api,
                   "Start no program: print AWS_LAMBDA_RUNTIME_API and wait for one, a debugger's");
  command.add_option("--runtime-port", options.runtime_port, "Of that Runtime API; 0: any free port")
      ->capture_default_str();
  command.add_option("--log-format", options.log_format, "text or json, for Lambda's lines and AWS_LAMBDA_LOG_FORMAT")
      ->capture_default_str();
  command.add_flag("--no-bandwidth-limit", options.no_bandwidth_limit,
                   "Streams pass at any speed, not at 2 MB per second behind the first 6 MB");
  command.add_option("--retries", options.retries, "Repetitions of an asynchronous event that fails: 0 to 2")
      ->capture_default_str();
  command.add_option("--retry-delay", options.retry_delay, "Seconds before the first; twice as long before the second")
      ->capture_default_str();
  command.add_option("--max-event-age", options.max_event_age, "Seconds after which an asynchronous event is given up")
      ->capture_default_str();
  command.add_option("--on-failure", options.on_failure,
                     "File that gets a line of JSON for every asynchronous event that failed for good");
  command.add_option("--on-success", options.on_success, "The same for every one that succeeded");
}

Result<void> apply_environment_options(const EnvironmentOptions& options, emulator::EmulatorOptions& to) {
  if (options.log_format != "text" && options.log_format != "json")
    return fail(ErrorKind::invalid_input, fmt::format("--log-format {}: is neither text nor json", options.log_format));
  if (std::error_code error; !options.extensions.empty() && !std::filesystem::is_directory(options.extensions, error))
    return fail(ErrorKind::not_found, fmt::format("--extensions {}: no such folder", options.extensions));
  if (options.runtime_port != 0 && !options.only_runtime_api)
    return fail(ErrorKind::invalid_input, "--runtime-port goes with --only-runtime-api");
  auto& sandbox = to.sandbox;
  sandbox.attach = options.only_runtime_api;
  sandbox.runtime_port = options.runtime_port;
  sandbox.extensions = options.extensions;
  sandbox.snap_start = options.snap_start;
  sandbox.max_concurrency = options.managed_instances;
  // What takes several events at once is never stopped, and neither is what a debugger holds.
  sandbox.freeze = !options.no_freeze && options.managed_instances == 1 && !options.only_runtime_api;
  if (options.log_format == "json") sandbox.environment["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
  if (options.no_bandwidth_limit) sandbox.stream.bytes_per_second = 0;
  to.fleet = {.max_environments = options.concurrency, .idle_lifetime = milliseconds(options.idle_timeout)};
  to.async = {.retries = options.retries,
              .retry_delay = milliseconds(options.retry_delay),
              .max_age = milliseconds(options.max_event_age),
              .on_failure = options.on_failure,
              .on_success = options.on_success};
  return {};
}

}  // namespace sloop::command
