// SPDX-License-Identifier: Apache-2.0
//
// The exit status of the command: what a script can do about a failure.
#pragma once

#include <string>

#include "sloop/core/error.hpp"

namespace sloop::command {

inline constexpr int kSuccess = 0;
/// The function answered with an error; or a bug of the command.
inline constexpr int kFunctionError = 1;

/// 2 and more, one for each kind: 2 is wrong input, as with most commands.
[[nodiscard]] int exit_status(ErrorKind kind) noexcept;

/// The table for `--help`.
[[nodiscard]] std::string exit_status_help();

}  // namespace sloop::command
