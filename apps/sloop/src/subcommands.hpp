// SPDX-License-Identifier: Apache-2.0
//
// What the subcommands share: how one is declared, and how it says what went wrong.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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
void add_doctor(CLI::App& app, Invocation& invocation);
void add_embed(CLI::App& app, Invocation& invocation);
void add_event(CLI::App& app, Invocation& invocation);
void add_image(CLI::App& app, Invocation& invocation);
void add_invoke(CLI::App& app, Invocation& invocation);
void add_mock(CLI::App& app, Invocation& invocation);
void add_moderate(CLI::App& app, Invocation& invocation);
void add_models(CLI::App& app, Invocation& invocation);
void add_package(CLI::App& app, Invocation& invocation);
void add_prompt(CLI::App& app, Invocation& invocation);
void add_rerank(CLI::App& app, Invocation& invocation);
void add_speak(CLI::App& app, Invocation& invocation);
void add_tokens(CLI::App& app, Invocation& invocation);
void add_transcribe(CLI::App& app, Invocation& invocation);
void add_watch(CLI::App& app, Invocation& invocation);

/// The text itself; `-` is standard input, `@FILE` the contents of a file. Fails with `not_found`.
[[nodiscard]] Result<std::string> read_argument(const std::string& text, std::istream& in);
/// The same for JSON text. Fails with `invalid_input` as well; `option` stands before the message.
[[nodiscard]] Result<std::string> read_json_argument(const std::string& text, std::string_view option,
                                                     std::istream& in);
/// `NAME=VALUE` of every `--env`. Fails with `invalid_input`.
[[nodiscard]] Result<std::map<std::string, std::string>> read_variables(const std::vector<std::string>& variables);
/// The absolute path of a function's program; a folder stands for the `bootstrap` in it. Fails with `not_found`.
[[nodiscard]] Result<std::filesystem::path> find_bootstrap(std::filesystem::path path);

}  // namespace sloop::command
