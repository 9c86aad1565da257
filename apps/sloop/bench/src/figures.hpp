// SPDX-License-Identifier: Apache-2.0
//
// The figures of a measurement with their names, and how tables and charts write numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/bench/harness.hpp"

namespace sloop::bench {

/// A figure with its names for programs and for people.
struct Figure {
  std::string_view key;
  std::string_view name;
  std::string_view unit;
  Samples Measurement::* samples;
};

/// All figures that are samples, in the order of the tables.
[[nodiscard]] std::span<const Figure> all_figures();

/// One function with its measurements, smallest memory size first. Points into the results.
struct Function {
  std::string_view name;
  std::vector<const Measurement*> sizes = {};
};

/// In the order in which they were given to `measure`.
[[nodiscard]] std::vector<Function> functions_of(const BenchResults& results);

/// The measurements at one memory size, one for each function.
struct MemorySize {
  int memory_mb = 0;
  std::vector<const Measurement*> functions = {};
};

/// Smallest first.
[[nodiscard]] std::vector<MemorySize> memory_sizes_of(const BenchResults& results);

/// In units of 10^6 bytes; 0: no package.
[[nodiscard]] double package_mb(const Measurement& one);

/// Two or three digits that matter, or all before the point: `0.083`, `3.93`, `38.6`, `1080`; whole numbers bare.
[[nodiscard]] std::string number_text(double value);
/// USD for a million invocations, without a sign: `0.202`, `16.87`.
[[nodiscard]] std::string cost_text(double dollars);

}  // namespace sloop::bench
