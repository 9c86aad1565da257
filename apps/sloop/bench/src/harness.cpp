// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/harness.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "sloop/emulator/sandbox.hpp"

namespace sloop::bench {
namespace {

namespace fs = std::filesystem;

constexpr double kDollarsPerGigabyteSecond = 0.0000166667;
constexpr double kDollarsPerMillionRequests = 0.20;

double milliseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

std::uint64_t size_of(const std::string& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return error ? 0 : size;
}

emulator::SandboxOptions sandbox_options(const Subject& subject, int memory_size, const BenchOptions& options) {
  return {.command = subject.command,
          .task_root = subject.task_root,
          .name = subject.name,
          .memory_size = memory_size,
          .timeout = std::chrono::seconds(60),
          .region = options.region,
          .environment = subject.environment};
}

Result<emulator::SandboxOutcome> invoke(emulator::Sandbox& sandbox, const BenchOptions& options) {
  auto outcome = sandbox.invoke({.event = options.event});
  if (outcome.is_error)
    return fail(ErrorKind::internal, fmt::format("{} at {} MB failed: {}", sandbox.options().name,
                                                 sandbox.options().memory_size, outcome.body));
  return outcome;
}

/// One cold start and the warm invocations after it.
Result<void> add_round(emulator::Sandbox& sandbox, const BenchOptions& options, Measurement& to) {
  const bool has_cpu = sandbox.limits_problem().empty();
  auto last = invoke(sandbox, options);
  if (!last) return fail(last.error());
  const auto& cold = last->report;
  const double init = cold.init_duration.value_or(emulator::Milliseconds(0)).count();
  to.init_ms.add(init);
  to.first_ms.add(cold.duration.count());
  to.first_reply_ms.add(init + cold.duration.count());
  to.cold_billed_ms.add(static_cast<double>(cold.billed_ms()));
  if (has_cpu) {
    to.init_cpu_ms.add(milliseconds(cold.init_cpu));
    to.first_cpu_ms.add(milliseconds(cold.cpu));
  }
  for (int i = 0; i < options.warm_invocations; ++i) {
    last = invoke(sandbox, options);
    if (!last) return fail(last.error());
    to.warm_ms.add(last->report.duration.count());
    to.warm_billed_ms.add(static_cast<double>(last->report.billed_ms()));
    if (has_cpu) to.warm_cpu_ms.add(milliseconds(last->report.cpu));
  }
  to.peak_mb.add(static_cast<double>(last->report.max_memory) / (1 << 20));
  return {};
}

std::vector<Measurement> empty_measurements(const std::vector<Subject>& subjects, const BenchOptions& options) {
  std::vector<Measurement> all;
  for (const int memory_size : options.memory_sizes)
    for (const auto& subject : subjects)
      all.push_back({.name = subject.name,
                     .memory_mb = memory_size,
                     .package_bytes = size_of(subject.package),
                     .program_bytes = subject.command.size() == 1 ? size_of(subject.command.front()) : 0});
  return all;
}

Result<void> check(const std::vector<Subject>& subjects, const BenchOptions& options) {
  if (subjects.empty()) return fail(ErrorKind::invalid_input, "no function to measure");
  for (const auto& subject : subjects)
    if (subject.command.empty()) return fail(ErrorKind::invalid_input, subject.name + ": no program given");
  if (options.cold_starts < 1 || options.warm_invocations < 0)
    return fail(ErrorKind::invalid_input, "at least one cold start, and no negative number of warm invocations");
  for (const int memory_size : options.memory_sizes)
    if (memory_size < 128 || memory_size > 10240)
      return fail(ErrorKind::invalid_input, fmt::format("memory {} MB: must be 128 to 10240", memory_size));
  return {};
}

/// A figure with its names for people and for programs.
struct Row {
  std::string_view key;
  std::string_view name;
  std::string_view unit;
  Samples Measurement::* samples;
};

constexpr Row kRows[] = {
    {"init_ms", "exec to first /next", "ms", &Measurement::init_ms},
    {"first_ms", "first invocation", "ms", &Measurement::first_ms},
    {"first_reply_ms", "exec to first reply", "ms", &Measurement::first_reply_ms},
    {"warm_ms", "warm invocation", "ms", &Measurement::warm_ms},
    {"init_cpu_ms", "CPU of initialisation", "ms", &Measurement::init_cpu_ms},
    {"first_cpu_ms", "CPU of the first invocation", "ms", &Measurement::first_cpu_ms},
    {"warm_cpu_ms", "CPU of a warm invocation", "ms", &Measurement::warm_cpu_ms},
    {"peak_mb", "peak memory", "MB", &Measurement::peak_mb},
    {"cold_billed_ms", "billed, cold", "ms", &Measurement::cold_billed_ms},
    {"warm_billed_ms", "billed, warm", "ms", &Measurement::warm_billed_ms},
};

/// `3.93  2.1x`: the median and its ratio to the first function's.
std::string cell(double value, double first) {
  return first == 0 ? fmt::format("{:.2f}", value)
                    : fmt::format("{:.2f} {:>7}", value, fmt::format("{:.2f}x", value / first));
}

std::string table_for(const std::vector<const Measurement*>& columns) {
  std::string out = fmt::format("{:<32}", fmt::format("{} MB, medians", columns.front()->memory_mb));
  for (const auto* column : columns) out += fmt::format(" {:>20}", column->name);
  out += '\n';
  const auto line = [&](std::string_view name, std::string_view unit, auto value) {
    out += fmt::format("{:<32}", fmt::format("{}, {}", name, unit));
    for (const auto* column : columns) out += fmt::format(" {:>20}", cell(value(*column), value(*columns.front())));
    out += '\n';
  };
  line("zip", "MB", [](const Measurement& one) { return static_cast<double>(one.package_bytes) / 1e6; });
  for (const auto& row : kRows)
    if (!(columns.front()->*row.samples).empty())
      line(row.name, row.unit, [&](const Measurement& one) { return (one.*row.samples).median(); });
  line("a million warm invocations", "USD",
       [](const Measurement& one) { return one.cost_per_million(one.warm_billed_ms.median()); });
  return out;
}

Json json_of(const Samples& samples) {
  return {{"median", samples.median()},    {"p10", samples.percentile(10)}, {"p90", samples.percentile(90)},
          {"p99", samples.percentile(99)}, {"min", samples.percentile(0)},  {"max", samples.percentile(100)},
          {"samples", samples.size()}};
}

}  // namespace

double Measurement::cost_per_million(double billed_ms) const {
  return billed_ms / 1000 * memory_mb / 1024 * kDollarsPerGigabyteSecond * 1e6 + kDollarsPerMillionRequests;
}

Result<BenchResults> measure(const std::vector<Subject>& subjects, const BenchOptions& options) {
  if (auto good = check(subjects, options); !good) return fail(good.error());
  BenchResults results{.measurements = empty_measurements(subjects, options)};
  const int total = options.cold_starts * static_cast<int>(results.measurements.size());
  int done = 0;
  for (int round = 0; round < options.cold_starts; ++round)
    for (std::size_t i = 0; i < results.measurements.size(); ++i) {
      Measurement& measurement = results.measurements[i];
      emulator::Sandbox sandbox(sandbox_options(subjects[i % subjects.size()], measurement.memory_mb, options));
      results.limits_problem = sandbox.limits_problem();
      if (auto added = add_round(sandbox, options, measurement); !added) return fail(added.error());
      if (options.on_progress) options.on_progress(++done, total);
    }
  return results;
}

std::string table_of(const BenchResults& results) {
  std::string out;
  if (!results.limits_problem.empty())
    out += "memory and CPU were NOT limited, and CPU is not measured: " + results.limits_problem + "\n";
  std::vector<const Measurement*> columns;
  for (std::size_t i = 0; i < results.measurements.size(); ++i) {
    columns.push_back(&results.measurements[i]);
    const bool last = i + 1 == results.measurements.size();
    if (!last && results.measurements[i + 1].memory_mb == columns.front()->memory_mb) continue;
    out += table_for(columns);
    if (!last) out += '\n';
    columns.clear();
  }
  return out;
}

Json to_json(const BenchResults& results) {
  JsonArray all;
  for (const auto& one : results.measurements) {
    JsonObject object{{"name", one.name},
                      {"memory_mb", one.memory_mb},
                      {"package_bytes", one.package_bytes},
                      {"program_bytes", one.program_bytes},
                      {"cost_per_million_warm_usd", one.cost_per_million(one.warm_billed_ms.median())},
                      {"cost_per_million_cold_usd", one.cost_per_million(one.cold_billed_ms.median())}};
    for (const auto& row : kRows)
      if (!(one.*row.samples).empty()) object[row.key] = json_of(one.*row.samples);
    all.push_back(std::move(object));
  }
  return {{"limits_problem", results.limits_problem}, {"measurements", std::move(all)}};
}

}  // namespace sloop::bench
