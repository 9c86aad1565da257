// SPDX-License-Identifier: Apache-2.0
//
// Results as `measure` gives them, for the tests of what is made from results.
#pragma once

#include "sloop/bench/harness.hpp"

namespace sloop::bench {

/// All figures are multiples of `unit`, with a range of a tenth of it around the median.
inline Measurement example_measurement(std::string name, int memory_mb, double unit) {
  const auto samples = [&](double factor) {
    return Samples({(factor - 0.1) * unit, factor * unit, (factor + 0.1) * unit});
  };
  return {.name = std::move(name),
          .memory_mb = memory_mb,
          .package_bytes = static_cast<std::uint64_t>(unit * 1.3e6),
          .init_ms = samples(3),
          .first_ms = samples(2),
          .first_reply_ms = samples(5),
          .warm_ms = samples(0.6),
          .init_cpu_ms = samples(2.5),
          .first_cpu_ms = samples(1.4),
          .warm_cpu_ms = samples(0.4),
          .peak_mb = samples(7),
          .cold_billed_ms = Samples({6 * unit}),
          .warm_billed_ms = Samples({1})};
}

/// `sloop` and a slower `rig` at 128 and 512 MB.
inline BenchResults example_results() {
  return {.measurements = {example_measurement("sloop", 128, 1.01), example_measurement("rig", 128, 60.7),
                           example_measurement("sloop", 512, 0.83), example_measurement("rig", 512, 20.9)}};
}

}  // namespace sloop::bench
