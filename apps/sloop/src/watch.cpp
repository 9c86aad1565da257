// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "environment_options.hpp"
#include "interrupt.hpp"
#include "rebuild.hpp"
#include "sloop/command/exit_status.hpp"
#include "sloop/doors/front_door.hpp"
#include "sloop/emulator/emulator.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

namespace fs = std::filesystem;

struct WatchOptions {
  std::vector<std::string> program;
  std::string name = "function";
  int memory = 128;
  int timeout = 3;
  std::string address = "127.0.0.1";
  std::uint16_t port = 9000;
  std::vector<std::string> variables;
  bool no_limits = false;
  std::string event;
  std::vector<std::string> more;
  EnvironmentOptions environments;
  std::vector<std::string> doors;
  std::string build;
  std::string sources = ".";
};

/// The program to start: a folder stands for the `bootstrap` in it, which runs in its folder as on Lambda; any other
/// program runs in this one.
Result<void> resolve_program(const std::vector<std::string>& command, emulator::SandboxOptions& sandbox) {
  sandbox.command = command;
  const fs::path program = command.front();
  std::error_code error;
  if (!fs::is_directory(program, error) && program.filename() != "bootstrap") return {};
  auto bootstrap = find_bootstrap(program);
  if (!bootstrap) return fail(bootstrap.error());
  sandbox.command.front() = bootstrap->string();
  sandbox.task_root = bootstrap->parent_path().string();
  return {};
}

/// A `--function NAME=PROGRAM`, with the settings of the first function.
Result<void> add_function(const std::string& text, emulator::EmulatorOptions& options) {
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == text.size())
    return fail(ErrorKind::invalid_input, fmt::format("--function {}: is not NAME=PROGRAM", text));
  auto function = options.sandbox;
  function.name = text.substr(0, equals);
  function.task_root.clear();
  if (auto resolved = resolve_program({text.substr(equals + 1)}, function); !resolved) return resolved;
  options.more.push_back(std::move(function));
  return {};
}

Result<emulator::EmulatorOptions> emulator_options(const WatchOptions& options) {
  emulator::EmulatorOptions out{.sandbox = {.name = options.name,
                                            .memory_size = options.memory,
                                            .timeout = std::chrono::seconds(options.timeout),
                                            .limits = !options.no_limits},
                                .address = options.address,
                                // One event needs no address that others know.
                                .port = options.event.empty() ? options.port : std::uint16_t{0}};
  auto variables = read_variables(options.variables);
  if (!variables) return fail(variables.error());
  out.sandbox.environment = std::move(*variables);
  if (auto applied = apply_environment_options(options.environments, out); !applied) return fail(applied.error());
  if (out.sandbox.attach) return out;
  if (options.program.empty())
    return fail(ErrorKind::invalid_input, "PROGRAM is required (or --only-runtime-api); see `sloop watch --help`");
  if (auto resolved = resolve_program(options.program, out.sandbox); !resolved) return fail(resolved.error());
  for (const auto& text : options.more)
    if (auto added = add_function(text, out); !added) return fail(added.error());
  return out;
}

int invoke_once(emulator::Emulator& emulator, const WatchOptions& options, Interrupt& interrupt,
                Invocation& invocation) {
  const auto event = read_json_argument(options.event, "--invoke", invocation.streams.in);
  if (!event) return invocation.report(event.error());
  interrupt.call([&] { emulator.interrupt(); });
  const auto outcome = emulator.invoke({.event = *event});
  if (!outcome) return invocation.report(outcome.error());
  invocation.streams.out << outcome->body << std::endl;
  return outcome->is_error ? kFunctionError : kSuccess;
}

using OpenDoors = std::vector<std::unique_ptr<doors::FrontDoor>>;

/// Opens every `--door` and says where it is.
Result<OpenDoors> open_doors(const WatchOptions& options, emulator::Emulator& emulator, std::ostream& err) {
  OpenDoors out;
  for (const auto& text : options.doors) {
    auto settings = doors::parse_door(text);
    if (!settings) return fail(settings.error());
    auto door = doors::FrontDoor::open(emulator, std::move(*settings), options.address);
    if (!door) return fail(door.error());
    err << fmt::format("{} is at {}", doors::door_name((*door)->options().kind), (*door)->url()) << std::endl;
    out.push_back(std::move(*door));
  }
  return out;
}

int watch(const WatchOptions& options, Invocation& invocation) {
  auto emulator_with = emulator_options(options);
  if (!emulator_with) return invocation.report(emulator_with.error());
  Interrupt interrupt;
  std::ostream& err = invocation.streams.err;
  emulator_with->sandbox.on_log = [&err](std::string_view line) { err << line << std::endl; };
  auto emulator = emulator::Emulator::start(std::move(*emulator_with));
  if (!emulator) return invocation.report(emulator.error());
  if (!(*emulator)->limits_problem().empty())
    err << "memory and CPU are NOT limited here: " << (*emulator)->limits_problem() << std::endl;
  if (!options.event.empty()) return invoke_once(**emulator, options, interrupt, invocation);
  if (const auto address = (*emulator)->runtime_address(); !address.empty())
    err << fmt::format("start the program with AWS_LAMBDA_RUNTIME_API={}", address) << std::endl;
  err << fmt::format(
             "{} is at {} (the endpoint_url of AWS's SDKs); invoke it: sloop invoke {} --endpoint-url {} --data '{{}}'",
             options.name, (*emulator)->url(), options.name, (*emulator)->url())
      << std::endl;
  const auto open = open_doors(options, **emulator, err);
  if (!open) return invocation.report(open.error());
  std::unique_ptr<Rebuilder> rebuilder;
  if (!options.build.empty()) {
    auto started =
        Rebuilder::start({.command = options.build, .folder = options.sources, .say = [&err](std::string_view line) {
                            err << line << std::endl;
                          }});
    if (!started) return invocation.report(started.error());
    rebuilder = std::move(*started);
  }
  interrupt.wait();
  // Those who wait at a door are answered before it closes.
  (*emulator)->interrupt();
  return kSuccess;
}

}  // namespace

void add_watch(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<WatchOptions>();
  auto* command = app.add_subcommand("watch", "Runs a function on the local Lambda");
  command->add_option("PROGRAM", options->program,
                      "The function's bootstrap, its folder, or any program and its arguments (after --)");
  command->add_option("--name", options->name, "Name of the function")->capture_default_str();
  command->add_option("--memory", options->memory, "MB; gives the CPU share too, as on Lambda")->capture_default_str();
  command->add_option("--timeout", options->timeout, "Seconds that an invocation may take")->capture_default_str();
  command->add_option("--address", options->address, "Where to listen")->capture_default_str();
  command->add_option("--port", options->port, "0: any free port")->capture_default_str();
  command
      ->add_option("--env", options->variables, "NAME=VALUE for the function, beside this environment; may be repeated")
      ->take_all()
      ->expected(1);
  command->add_flag("--no-limits", options->no_limits, "No limits of memory and CPU");
  command->add_option("--invoke", options->event,
                      "Serve this one event (JSON, @FILE, or - for standard input), print the result, end");
  command
      ->add_option("--door", options->doors,
                   "A front door for HTTP, KIND=PORT[,SETTING...]; may be repeated. Kinds and their settings:\n"
                   "url (Function URL): stream, and CORS: origin, method, header, expose, max-age, credentials\n"
                   "http-api (API Gateway, format 2.0): stage, route, CORS as above\n"
                   "rest-api (API Gateway, format 1.0): stage, route, binary\n"
                   "alb (load balancer): multi-value")
      ->take_all()
      ->expected(1);
  command->add_option("--function", options->more, "NAME=PROGRAM: a further function; may be repeated")
      ->take_all()
      ->expected(1);
  add_environment_options(*command, options->environments);
  auto* build = command->add_option("--build", options->build, "Command that builds the program when a source changes");
  command->add_option("--sources", options->sources, "Folder that is watched for --build")
      ->capture_default_str()
      ->needs(build);
  command->footer(
      "The program is started by the first event, and anew when its file has changed.\n\nExamples:\n"
      "  sloop watch build/bootstrap --name entertainer --memory 256\n"
      "  sloop watch build/bootstrap --invoke '{\"prompt\":\"Entertain me!\"}'\n"
      "  sloop watch build/bootstrap --build 'cmake --build build' --sources src\n"
      "  sloop watch build/bootstrap --door url=9001,stream --door 'http-api=9002,route=GET /boats/{id}'\n"
      "  sloop watch build/bootstrap --door rest-api=9003,stage=prod,binary=*/* --door alb=9004,multi-value\n"
      "  sloop watch -- python3 -m awslambdaric app.handler");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return watch(*options, invocation); }; });
}

}  // namespace sloop::command
