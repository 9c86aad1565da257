// SPDX-License-Identifier: Apache-2.0
//
// The results of a measurement as SVG charts: what memory buys (time and cost by memory size, for each function), and
// functions side by side in one figure.
//
//   for (const auto& chart : charts_of(*results)) std::ofstream(chart.name + ".svg") << svg_file(chart);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/bench/harness.hpp"

namespace sloop::bench {

struct Chart {
  /// Letters, digits, `.`, `_` and `-`, unlike that of any other chart of the same results.
  std::string name = {};
  std::string title = {};
  /// An `svg` element whose colours come from `chart_style`.
  std::string svg = {};
  /// Where AWS Lambda Power Tuning's viewer shows the same data; empty: it can't show this chart.
  std::string tuner_url = {};
};

/// The comparisons first, then each function's charts, cold and warm. Figures that no function has are left out.
[[nodiscard]] std::vector<Chart> charts_of(const BenchResults& results);

/// The CSS rules that charts need, light and dark.
[[nodiscard]] std::string_view chart_style();

/// The chart as a file of its own, with its style.
[[nodiscard]] std::string svg_file(const Chart& chart);

}  // namespace sloop::bench
