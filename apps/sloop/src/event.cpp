// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "sloop/command/exit_status.hpp"
#include "sloop/templates/templates.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

struct EventOptions {
  std::string name;
  std::vector<std::string> settings;
  bool list = false;
};

int event(const EventOptions& options, const Invocation& invocation) {
  if (options.list) {
    for (const auto& entry : templates::all_templates())
      invocation.streams.out << fmt::format("{:30} {}\n", entry.name, entry.about);
    return kSuccess;
  }
  if (options.name.empty())
    return invocation.report({.kind = ErrorKind::invalid_input, .message = "no event named; see `sloop event --list`"});
  const auto json = templates::make_event(options.name, options.settings);
  if (!json) return invocation.report(json.error());
  invocation.streams.out << write_json(*json) << std::endl;
  return kSuccess;
}

}  // namespace

void add_event(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<EventOptions>();
  auto* command = app.add_subcommand("event", "Prints a sample event of any trigger");
  command->add_option("NAME", options->name, "Name of the template");
  command->add_option("--set", options->settings, "PATH=VALUE in the event; may be repeated")->take_all()->expected(1);
  command->add_flag("--list", options->list, "Print the names of all templates");
  command->footer(
      "Examples:\n"
      "  sloop event --list\n"
      "  sloop event s3-put --set Records.0.s3.object.key=boat.jpg\n"
      "  sloop event sqs --set 'Records.0.body={\"id\":7}' | sloop invoke worker --data -");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return event(*options, invocation); }; });
}

}  // namespace sloop::command
