// SPDX-License-Identifier: Apache-2.0
#include "function_variables.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <filesystem>

#include "random_id.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace sloop::emulator {

std::string_view initialization_type(const SandboxOptions& options) {
  if (options.max_concurrency > 1) return "lambda-managed-instances";
  return options.snap_start ? "snap-start" : "on-demand";
}

std::map<std::string, std::string> function_variables(const SandboxOptions& options, std::string_view runtime_api) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (const auto equals = text.find('='); equals != std::string_view::npos)
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& [name, value] : options.environment) variables.insert_or_assign(name, value);
  variables.erase("_X_AMZN_TRACE_ID");
  variables.erase("AWS_LAMBDA_MAX_CONCURRENCY");
  const std::string root = options.task_root.empty() ? std::filesystem::current_path().string() : options.task_root;
  std::map<std::string, std::string> lambda = {
      {"AWS_LAMBDA_RUNTIME_API", std::string(runtime_api)},
      {"AWS_LAMBDA_FUNCTION_NAME", options.name},
      {"AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"},
      {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(options.memory_size)},
      {"AWS_LAMBDA_INITIALIZATION_TYPE", std::string(initialization_type(options))},
      {"AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + options.name},
      {"AWS_LAMBDA_LOG_STREAM_NAME",
       fmt::format("{:%Y/%m/%d}/[$LATEST]{}", fmt::gmtime(std::time(nullptr)), random_hex(32))},
      {"AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023"},
      {"AWS_REGION", options.region},
      {"AWS_DEFAULT_REGION", options.region},
      {"LAMBDA_TASK_ROOT", root},
      {"LAMBDA_RUNTIME_DIR", "/var/runtime"},
      // The last argument is the handler where the runtime takes one by command line.
      {"_HANDLER", options.command.size() > 1 ? options.command.back() : "bootstrap"}};
  if (options.max_concurrency > 1) {
    lambda["AWS_LAMBDA_MAX_CONCURRENCY"] = std::to_string(options.max_concurrency);
    lambda["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
  }
  for (const auto& [name, value] : lambda) variables.insert_or_assign(name, value);
  return variables;
}

}  // namespace sloop::emulator
