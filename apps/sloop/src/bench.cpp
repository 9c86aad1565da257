// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "bench_files.hpp"
#include "sloop/bench/harness.hpp"
#include "sloop/bench/local_provider.hpp"
#include "sloop/command/exit_status.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> functions;
  std::vector<int> memory = {128};
  int cold_starts = 15;
  int warm = 10;
  int latency = 0;
  std::string event = R"({"prompt":"Entertain me!"})";
  std::vector<std::string> variables;
  BenchFiles files;
  bool no_mock = false;
};

/// `[NAME=]PATH`: a bootstrap or its folder; `function.zip` beside it is the package.
Result<bench::Subject> subject_of(const std::string& text) {
  const auto equals = text.find('=');
  const auto program = find_bootstrap(equals == std::string::npos ? text : text.substr(equals + 1));
  if (!program) return fail(program.error());
  std::error_code error;
  const fs::path package = program->parent_path() / "function.zip";
  return bench::Subject{
      .name = equals == std::string::npos ? program->parent_path().filename().string() : text.substr(0, equals),
      .command = {program->string()},
      .task_root = program->parent_path().string(),
      .package = fs::exists(package, error) ? package.string() : ""};
}

Result<std::vector<bench::Subject>> subjects_of(const Options& options, const bench::LocalProvider* provider) {
  const auto variables = read_variables(options.variables);
  if (!variables) return fail(variables.error());
  std::vector<bench::Subject> subjects;
  for (const auto& text : options.functions) {
    auto subject = subject_of(text);
    if (!subject) return fail(subject.error());
    // A variable that was asked for goes before the mock provider's.
    subject->environment = *variables;
    if (provider != nullptr) subject->environment.merge(provider->environment());
    subjects.push_back(std::move(*subject));
  }
  return subjects;
}

int measure(const Options& options, Invocation& invocation) {
  std::unique_ptr<bench::LocalProvider> provider;
  if (!options.no_mock) {
    auto started = bench::LocalProvider::start(std::chrono::milliseconds(options.latency));
    if (!started) return invocation.report(started.error());
    provider = std::move(*started);
  }
  const auto subjects = subjects_of(options, provider.get());
  if (!subjects) return invocation.report(subjects.error());
  const auto event = read_json_argument(options.event, "--event", invocation.streams.in);
  if (!event) return invocation.report(event.error());
  if (const auto good = check(options.files); !good) return invocation.report(good.error());
  const auto results = bench::measure(*subjects, {.memory_sizes = options.memory,
                                                  .cold_starts = options.cold_starts,
                                                  .warm_invocations = options.warm,
                                                  .event = *event});
  if (!results) return invocation.report(results.error());
  invocation.streams.out << bench::table_of(*results) << std::flush;
  if (const auto written = write(options.files, *results); !written) return invocation.report(written.error());
  return kSuccess;
}

}  // namespace

void add_bench(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<Options>();
  auto* command =
      app.add_subcommand("bench", "Measures cold starts, warm invocations and memory of functions side by side");
  command
      ->add_option("FUNCTION", options->functions,
                   "[NAME=]PATH of a bootstrap or its folder, of any language; may be repeated")
      ->required();
  command->add_option("--memory", options->memory, "MB; several by commas")
      ->delimiter(',')
      ->expected(1, 64)
      ->allow_extra_args(false)
      ->capture_default_str();
  command->add_option("--cold-starts", options->cold_starts, "Of each function at each memory size")
      ->capture_default_str();
  command->add_option("--warm", options->warm, "Invocations after each cold start")->capture_default_str();
  command->add_option("--event", options->event, "JSON, @FILE, or - for standard input")->capture_default_str();
  command->add_option("--latency", options->latency, "Milliseconds that the mock provider takes")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--env", options->variables, "NAME=VALUE for the functions; may be repeated")
      ->take_all()
      ->expected(1);
  command->add_flag("--no-mock", options->no_mock,
                    "Leave OPENAI_BASE_URL, OPENAI_API_KEY and SSL_CERT_FILE as they are");
  command->add_option("--json", options->files.json, "Write all figures to this file, too");
  command->add_option("--html", options->files.html, "Write a page with charts and tables to this file");
  command->add_option("--svg", options->files.svg, "Write every chart to this folder");
  command->footer(
      "Every function starts cold in an environment of its own, by turns; initialisation has a full CPU, invocations "
      "what the\n"
      "memory buys. They ask a mock provider over TLS. The table shows medians, the range of the middle 80 % "
      "(p10..p90) "
      "and\n"
      "ratios to the first function. The page of --html needs no network; its links open a function's times and costs "
      "by\n"
      "memory size in the viewer of AWS Lambda Power Tuning.\n\n"
      "Examples:\n"
      "  sloop bench sloop=out/entertainer rig=peers/rig --memory 128,512 --json bench.json\n"
      "  sloop bench out/entertainer --memory 128,256,512,1024,1769 --html bench.html --svg charts");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return measure(*options, invocation); }; });
}

}  // namespace sloop::command
