// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sloop::bench {
namespace {

constexpr Figure kFigures[] = {
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

}  // namespace

std::span<const Figure> all_figures() {
  return kFigures;
}

std::vector<Function> functions_of(const BenchResults& results) {
  std::vector<Function> functions;
  for (const auto& one : results.measurements) {
    auto found = std::ranges::find(functions, one.name, &Function::name);
    if (found == functions.end()) found = functions.insert(found, {.name = one.name});
    found->sizes.push_back(&one);
  }
  for (auto& function : functions) std::ranges::stable_sort(function.sizes, {}, &Measurement::memory_mb);
  return functions;
}

std::vector<MemorySize> memory_sizes_of(const BenchResults& results) {
  std::vector<MemorySize> sizes;
  for (const auto& one : results.measurements) {
    auto found = std::ranges::find(sizes, one.memory_mb, &MemorySize::memory_mb);
    if (found == sizes.end()) found = sizes.insert(found, {.memory_mb = one.memory_mb});
    found->functions.push_back(&one);
  }
  std::ranges::stable_sort(sizes, {}, &MemorySize::memory_mb);
  return sizes;
}

double package_mb(const Measurement& one) {
  return static_cast<double>(one.package_bytes) / 1e6;
}

std::string number_text(double value) {
  const double size = std::abs(value);
  if (size == std::floor(size)) return fmt::format("{:.0f}", value);
  // Limits at which the next form would round up to one digit more.
  if (size < 0.0995) return fmt::format("{:.3f}", value);
  if (size < 9.995) return fmt::format("{:.2f}", value);
  if (size < 99.95) return fmt::format("{:.1f}", value);
  return fmt::format("{:.0f}", value);
}

std::string cost_text(double dollars) {
  return fmt::format("{:.{}f}", dollars, dollars < 10 ? 3 : 2);
}

}  // namespace sloop::bench
