// SPDX-License-Identifier: Apache-2.0
//
// The larger parts of the page, each a pure function from results to HTML.
#pragma once

#include <string>
#include <string_view>

#include "figures.hpp"

namespace sloop::bench {

/// The page's CSS, without that of the charts.
[[nodiscard]] std::string_view page_style();

/// The first function's main figures at its smallest memory size, large, and how the others compare.
[[nodiscard]] std::string highlights_of(const BenchResults& results);

/// All figures at one memory size: median, p10 to p90, and the ratio to the first function.
[[nodiscard]] std::string html_table_of(const MemorySize& size);

}  // namespace sloop::bench
