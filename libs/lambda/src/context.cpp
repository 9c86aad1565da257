// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/context.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace sloop::lambda {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

int number(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

Environment Environment::from_env() {
  return {.runtime_api = variable("AWS_LAMBDA_RUNTIME_API"),
          .function_name = variable("AWS_LAMBDA_FUNCTION_NAME"),
          .function_version = variable("AWS_LAMBDA_FUNCTION_VERSION"),
          .memory_mb = number(variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")),
          .log_group = variable("AWS_LAMBDA_LOG_GROUP_NAME"),
          .log_stream = variable("AWS_LAMBDA_LOG_STREAM_NAME"),
          .initialization_type = variable("AWS_LAMBDA_INITIALIZATION_TYPE"),
          .max_concurrency = std::max(1, number(variable("AWS_LAMBDA_MAX_CONCURRENCY"))),
          .warm_up = variable("SLOOP_WARM_UP") != "0"};
}

}  // namespace sloop::lambda
