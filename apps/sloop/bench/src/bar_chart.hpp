// SPDX-License-Identifier: Apache-2.0
//
// Functions side by side in one figure: horizontal bars, the first function's in a colour of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sloop::bench {

struct Bar {
  std::string label = {};
  /// None: it was not measured, and the chart says so.
  std::optional<double> value = {};
  /// The ends of the whisker; equal: none is drawn.
  double low = 0;
  double high = 0;
};

/// Bars that belong together; their ratios are to the first of them.
struct BarSection {
  std::string title = {};
  std::vector<Bar> bars = {};
};

struct BarChart {
  std::string title = {};
  std::string note = {};
  std::string unit = {};
  std::vector<BarSection> sections = {};
};

/// All sections on one axis, which is logarithmic where the values span decades.
[[nodiscard]] std::string draw(const BarChart& chart);

}  // namespace sloop::bench
