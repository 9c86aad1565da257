// SPDX-License-Identifier: Apache-2.0
#include "sloop/command/command.hpp"

#include <exception>
#include <fstream>
#include <iterator>

#include "sloop/command/exit_status.hpp"
#include "sloop/core/json.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

std::string read_all(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), {}};
}

/// CLI11's messages in the one-line form of all others.
int refuse(const CLI::App& app, const CLI::ParseError& error, const Invocation& invocation) {
  if (error.get_exit_code() == 0) return app.exit(error, invocation.streams.out, invocation.streams.err);
  const CLI::App* used = &app;
  for (const auto* sub : app.get_subcommands()) used = sub;
  return invocation.report({.kind = ErrorKind::invalid_input,
                            .message = std::string(error.what()) + "; see `sloop" +
                                       (used == &app ? "" : " " + used->get_name()) + " --help`"});
}

int dispatch(std::vector<std::string> args, Invocation& invocation) {
  CLI::App app("Builds, runs and measures LLM agents on a local Lambda.", "sloop");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("sloop ") + SLOOP_VERSION);
  app.footer("Example:\n  sloop watch build/bootstrap --invoke '{\"prompt\":\"Entertain me!\"}'\n\n" +
             exit_status_help());
  add_watch(app, invocation);
  add_invoke(app, invocation);
  add_event(app, invocation);
  add_package(app, invocation);
  add_bench(app, invocation);
  add_mock(app, invocation);
  add_complete(app, invocation);
  add_prompt(app, invocation);
  add_embed(app, invocation);
  add_rerank(app, invocation);
  add_image(app, invocation);
  add_speak(app, invocation);
  add_transcribe(app, invocation);
  add_tokens(app, invocation);
  add_moderate(app, invocation);
  add_models(app, invocation);
  add_doctor(app, invocation);
  std::reverse(args.begin(), args.end());  // as CLI11 wants them
  try {
    app.parse(std::move(args));
  } catch (const CLI::ParseError& error) {
    return refuse(app, error, invocation);
  }
  return invocation.action();
}

}  // namespace

int Invocation::report(const Error& error) const {
  streams.err << "sloop: " << error.message << std::endl;
  return exit_status(error.kind);
}

Result<std::string> read_argument(const std::string& text, std::istream& in) {
  if (text == "-") return read_all(in);
  if (!text.starts_with('@')) return text;
  std::ifstream file(text.substr(1), std::ios::binary);
  if (!file) return fail(ErrorKind::not_found, text.substr(1) + ": can't be read");
  return read_all(file);
}

Result<std::string> read_json_argument(const std::string& text, std::string_view option, std::istream& in) {
  auto read = read_argument(text, in);
  if (!read) return fail(read.error().within(option));
  if (auto json = parse_json(*read); !json) return fail(json.error().within(option));
  return read;
}

Result<std::map<std::string, std::string>> read_variables(const std::vector<std::string>& variables) {
  std::map<std::string, std::string> out;
  for (const auto& variable : variables) {
    const auto equals = variable.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorKind::invalid_input, "--env " + variable + ": must be NAME=VALUE");
    out[variable.substr(0, equals)] = variable.substr(equals + 1);
  }
  return out;
}

Result<std::filesystem::path> find_bootstrap(std::filesystem::path path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) path /= "bootstrap";
  if (!std::filesystem::is_regular_file(path, error))
    return fail(ErrorKind::not_found, path.string() + ": no such file; build the function first");
  return std::filesystem::absolute(path).lexically_normal();
}

int run(std::vector<std::string> args, Streams streams) {
  Invocation invocation{streams};
  try {
    return dispatch(std::move(args), invocation);
  } catch (const std::exception& exception) {
    return invocation.report({.kind = ErrorKind::internal, .message = exception.what()});
  }
}

}  // namespace sloop::command
