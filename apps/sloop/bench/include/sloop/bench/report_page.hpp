// SPDX-License-Identifier: Apache-2.0
//
// The results of a measurement as one HTML page: charts, tables, and what they were measured on. The page holds
// everything it shows: no script, nothing to be fetched.
//
//   std::ofstream("bench.html") << report_page(*results, facts_of_this_machine(std::chrono::system_clock::now()));
#pragma once

#include <string>

#include "sloop/bench/harness.hpp"
#include "sloop/bench/machine.hpp"

namespace sloop::bench {

/// The ratios are to the first function's medians.
[[nodiscard]] std::string report_page(const BenchResults& results, const MachineFacts& facts);

}  // namespace sloop::bench
