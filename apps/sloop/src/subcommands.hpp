// SPDX-License-Identifier: Apache-2.0
//
// What the subcommands share: how one is declared, and how it says what went wrong.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "sloop/command/command.hpp"
#include "sloop/core/error.hpp"

namespace sloop::command {

/// One command line in the making: a subcommand's callback stores what is to be run.
struct Invocation {
  Streams streams;
  std::function<int()> action = {};

  /// Writes `sloop: message` and returns the exit status.
  [[nodiscard]] int report(const Error& error) const;
};

void add_bench(CLI::App& app, Invocation& invocation);
void add_complete(CLI::App& app, Invocation& invocation);
void add_invoke(CLI::App& app, Invocation& invocation);
void add_mock(CLI::App& app, Invocation& invocation);
void add_package(CLI::App& app, Invocation& invocation);
void add_prompt(CLI::App& app, Invocation& invocation);
void add_watch(CLI::App& app, Invocation& invocation);

/// The text itself; `-` is standard input, `@FILE` the contents of a file. Fails with `not_found`.
[[nodiscard]] Result<std::string> read_argument(const std::string& text, std::istream& in);

}  // namespace sloop::command
