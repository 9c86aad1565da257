// SPDX-License-Identifier: Apache-2.0
#include "sloop/package/package.hpp"

#include <fmt/format.h>

#include <memory>

#include "sloop/command/exit_status.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

struct Options {
  std::string bootstrap;
  std::string output = "function.zip";
  std::vector<std::string> include;
  bool unchecked = false;
};

int make(const Options& options, Invocation& invocation) {
  const auto facts = package::make_package({.bootstrap = options.bootstrap,
                                            .output = options.output,
                                            .include = {options.include.begin(), options.include.end()},
                                            .unchecked = options.unchecked});
  if (!facts) return invocation.report(facts.error());
  invocation.streams.out << fmt::format("{}: {} bytes (bootstrap: {} bytes, {}, {})", options.output, facts->zip_size,
                                        facts->bootstrap_size, package::to_string(facts->program.architecture),
                                        facts->program.is_static ? "static" : "not checked")
                         << std::endl;
  return kSuccess;
}

}  // namespace

void add_package(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("package", "Makes the zip file for Lambda; the same input gives the same bytes");
  command->add_option("BOOTSTRAP", options->bootstrap, "The function's program")->required();
  command->add_option("--output", options->output, "The zip file")->capture_default_str();
  command->add_option("--include", options->include, "A file or folder that goes beside it; may be repeated")
      ->take_all()
      ->expected(1);
  command->add_flag("--unchecked", options->unchecked, "Take a program that is not static");
  command->footer("Example:\n  sloop package build/bootstrap --output function.zip --include prompts");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return make(*options, invocation); }; });
}

}  // namespace sloop::command
