// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "figures.hpp"
#include "sloop/bench/harness.hpp"

namespace sloop::bench {
namespace {

/// `3.93  3.10..4.82  2.10x`; parts may be empty.
struct Cell {
  std::string median = {};
  std::string range = {};
  std::string ratio = {};
};

struct Line {
  std::string name;
  std::vector<Cell> cells = {};
};

std::string ratio_text(double value, double first) {
  return first == 0 ? "" : fmt::format("{:.2f}x", value / first);
}

/// A line of single values; 0 is a missing one.
Line line_of(std::string name, const MemorySize& size, double (*value)(const Measurement&),
             std::string (*text)(double)) {
  Line line{std::move(name)};
  const double first = value(*size.functions.front());
  for (const auto* one : size.functions) {
    const double its = value(*one);
    line.cells.push_back(its == 0 ? Cell{.median = "-"} : Cell{.median = text(its), .ratio = ratio_text(its, first)});
  }
  return line;
}

Line line_of(const Figure& figure, const MemorySize& size) {
  Line line{fmt::format("{}, {}", figure.name, figure.unit)};
  const double first = (size.functions.front()->*figure.samples).median();
  for (const auto* one : size.functions) {
    const Samples& samples = one->*figure.samples;
    line.cells.push_back(samples.empty() ? Cell{.median = "-"}
                                         : Cell{.median = number_text(samples.median()),
                                                .range = number_text(samples.percentile(10)) + ".." +
                                                         number_text(samples.percentile(90)),
                                                .ratio = ratio_text(samples.median(), first)});
  }
  return line;
}

double warm_cost(const Measurement& one) {
  return one.warm_billed_ms.empty() ? 0 : one.cost_per_million(one.warm_billed_ms.median());
}

bool is_missing(const Line& line) {
  return std::ranges::all_of(line.cells, [](const Cell& cell) { return cell.median == "-"; });
}

std::vector<Line> lines_of(const MemorySize& size) {
  std::vector<Line> lines{line_of("zip, MB", size, package_mb, number_text)};
  for (const auto& figure : all_figures()) lines.push_back(line_of(figure, size));
  lines.push_back(line_of("a million warm invocations, USD", size, warm_cost, cost_text));
  std::erase_if(lines, is_missing);
  return lines;
}

/// The cells of one function as texts of equal width, its name above them.
std::vector<std::string> column_of(std::string_view name, const std::vector<Line>& lines, std::size_t index) {
  std::size_t median = 0;
  std::size_t range = 0;
  std::size_t ratio = 0;
  for (const auto& line : lines) {
    median = std::max(median, line.cells[index].median.size());
    range = std::max(range, line.cells[index].range.size());
    ratio = std::max(ratio, line.cells[index].ratio.size());
  }
  std::vector<std::string> texts;
  for (const auto& line : lines) {
    const Cell& cell = line.cells[index];
    texts.push_back(fmt::format("{:>{}}  {:<{}}  {:>{}}", cell.median, median, cell.range, range, cell.ratio, ratio));
  }
  texts.insert(texts.begin(), std::string(name));
  return texts;
}

std::string table_for(const MemorySize& size) {
  const auto lines = lines_of(size);
  std::vector<std::string> rows{fmt::format("{:<32}", fmt::format("{} MB, medians p10..p90", size.memory_mb))};
  for (const auto& line : lines) rows.push_back(fmt::format("{:<32}", line.name));
  for (std::size_t i = 0; i < size.functions.size(); ++i) {
    const auto column = column_of(size.functions[i]->name, lines, i);
    const std::size_t width = std::ranges::max(column, {}, &std::string::size).size();
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row] += fmt::format("   {:>{}}", column[row], width);
  }
  std::string out;
  for (const auto& row : rows) out += row.substr(0, row.find_last_not_of(' ') + 1) + '\n';
  return out;
}

}  // namespace

std::string table_of(const BenchResults& results) {
  std::string out;
  if (!results.limits_problem.empty())
    out += "memory and CPU were NOT limited, and CPU is not measured: " + results.limits_problem + "\n";
  const char* separator = "";
  for (const auto& size : memory_sizes_of(results)) {
    out += separator + table_for(size);
    separator = "\n";
  }
  return out;
}

}  // namespace sloop::bench
