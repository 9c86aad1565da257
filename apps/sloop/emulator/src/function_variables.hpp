// SPDX-License-Identifier: Apache-2.0
//
// The environment variables that Lambda gives to a function.
// Source: AWS Lambda Developer Guide, "Defined runtime environment variables".
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sloop/emulator/sandbox.hpp"

namespace sloop::emulator {

/// This process's variables, then the function's, then Lambda's, each over the ones before.
[[nodiscard]] std::map<std::string, std::string> function_variables(const SandboxOptions& options,
                                                                    std::string_view runtime_api);

/// `on-demand`, `snap-start`, `lambda-managed-instances`.
[[nodiscard]] std::string_view initialization_type(const SandboxOptions& options);

}  // namespace sloop::emulator
