// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/harness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "figures.hpp"
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
  for (const auto& subject : subjects) {
    if (std::ranges::count(subjects, subject.name, &Subject::name) > 1)
      return fail(ErrorKind::invalid_input, fmt::format("two functions have the name '{}'", subject.name));
    if (subject.command.empty()) return fail(ErrorKind::invalid_input, subject.name + ": no program given");
  }
  if (options.cold_starts < 1 || options.warm_invocations < 0)
    return fail(ErrorKind::invalid_input, "at least one cold start, and no negative number of warm invocations");
  for (const int memory_size : options.memory_sizes) {
    if (memory_size < 128 || memory_size > 10240)
      return fail(ErrorKind::invalid_input, fmt::format("memory {} MB: must be 128 to 10240", memory_size));
    if (std::ranges::count(options.memory_sizes, memory_size) > 1)
      return fail(ErrorKind::invalid_input, fmt::format("memory {} MB: named twice", memory_size));
  }
  return {};
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

Json to_json(const BenchResults& results) {
  JsonArray all;
  for (const auto& one : results.measurements) {
    JsonObject object{{"name", one.name},
                      {"memory_mb", one.memory_mb},
                      {"package_bytes", one.package_bytes},
                      {"program_bytes", one.program_bytes},
                      {"cost_per_million_warm_usd", one.cost_per_million(one.warm_billed_ms.median())},
                      {"cost_per_million_cold_usd", one.cost_per_million(one.cold_billed_ms.median())}};
    for (const auto& figure : all_figures())
      if (!(one.*figure.samples).empty()) object[figure.key] = json_of(one.*figure.samples);
    all.push_back(std::move(object));
  }
  return {{"limits_problem", results.limits_problem}, {"measurements", std::move(all)}};
}

}  // namespace sloop::bench
