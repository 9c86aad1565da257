// SPDX-License-Identifier: Apache-2.0
//
// What functions cost, measured from outside under Lambda's rules: cold starts, each in a fresh environment, and warm
// invocations after them. Any program that speaks the Runtime API will do, in any language.
//
//   auto results = measure({{.name = "entertainer", .command = {"./bootstrap"}}}, {.memory_sizes = {128, 512}});
//   std::cout << table_of(*results);
//
// The functions take turns within every round, so that a noisy minute of the machine touches all of them alike.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/bench/samples.hpp"
#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"

namespace sloop::bench {

/// One function to be measured.
struct Subject {
  /// Of this function alone.
  std::string name = {};
  std::vector<std::string> command = {};
  /// Its folder; empty: the current one.
  std::string task_root = {};
  /// Its zip file, for the size; empty: none.
  std::string package = {};
  /// Beside this process's environment.
  std::map<std::string, std::string> environment = {};
};

struct BenchOptions {
  /// MB each.
  std::vector<int> memory_sizes = {128};
  int cold_starts = 15;
  /// After every cold start.
  int warm_invocations = 10;
  std::string event = "{}";
  std::string region = "us-east-1";
  /// Told after every cold start, with the number done and the number in total.
  std::function<void(int, int)> on_progress = {};
};

/// All figures of one function at one memory size.
struct Measurement {
  std::string name = {};
  int memory_mb = 0;
  std::uint64_t package_bytes = 0;
  std::uint64_t program_bytes = 0;
  /// exec to the first `/next`, the first invocation, and both together; milliseconds.
  Samples init_ms, first_ms, first_reply_ms;
  Samples warm_ms;
  /// CPU time of initialisation, the first and the later invocations; milliseconds, empty without control groups.
  Samples init_cpu_ms, first_cpu_ms, warm_cpu_ms;
  /// After the warm invocations; 1 MB is 2^20 bytes.
  Samples peak_mb;
  Samples cold_billed_ms, warm_billed_ms;

  /// USD for a million invocations of `billed_ms` each, on x86_64 in us-east-1 (2026): 0.0000166667 a GB-second and
  /// 0.20 a million requests.
  [[nodiscard]] double cost_per_million(double billed_ms) const;
};

struct BenchResults {
  std::vector<Measurement> measurements = {};
  /// Why memory and CPU were not limited; empty: they were.
  std::string limits_problem = {};
};

/// Blocks for minutes. Fails with `internal` and the function's own error when an invocation fails, and with
/// `invalid_input` for options that make no sense.
[[nodiscard]] Result<BenchResults> measure(const std::vector<Subject>& subjects, const BenchOptions& options = {});

/// For people: a table for each memory size, with median, p10..p90 and the ratio to the first function's median.
[[nodiscard]] std::string table_of(const BenchResults& results);
/// For programs: medians, ranges and sample counts of every figure.
[[nodiscard]] Json to_json(const BenchResults& results);

}  // namespace sloop::bench
