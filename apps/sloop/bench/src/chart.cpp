// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bar_chart.hpp"
#include "figures.hpp"
#include "svg.hpp"
#include "tuning.hpp"

namespace sloop::bench {
namespace {

constexpr std::size_t kLongestName = 100;

struct Comparison {
  std::string_view name;
  std::string_view title;
  Samples Measurement::* samples;
};

constexpr Comparison kComparisons[] = {
    {"first-reply", "Exec to first reply", &Measurement::first_reply_ms},
    {"init", "Exec to first /next", &Measurement::init_ms},
    {"warm", "Warm invocation", &Measurement::warm_ms},
    {"warm-cpu", "CPU of a warm invocation", &Measurement::warm_cpu_ms},
    {"peak-memory", "Peak memory", &Measurement::peak_mb},
};

Bar bar_of(const Measurement& one, Samples Measurement::* figure) {
  const Samples& samples = one.*figure;
  if (samples.empty()) return {.label = one.name};
  return {.label = one.name, .value = samples.median(), .low = samples.percentile(10), .high = samples.percentile(90)};
}

bool shows_nothing(const BarChart& chart) {
  return std::ranges::none_of(chart.sections, [](const BarSection& section) {
    return std::ranges::any_of(section.bars, [](const Bar& bar) { return bar.value.has_value(); });
  });
}

std::optional<Chart> comparison(const BenchResults& results, const Comparison& what) {
  const auto unit = std::ranges::find(all_figures(), what.samples, &Figure::samples)->unit;
  BarChart chart{.title = std::string(what.title), .unit = std::string(unit)};
  for (const auto& size : memory_sizes_of(results)) {
    chart.sections.push_back({.title = fmt::format("{} MB", size.memory_mb)});
    for (const auto* one : size.functions) chart.sections.back().bars.push_back(bar_of(*one, what.samples));
  }
  if (shows_nothing(chart)) return std::nullopt;
  chart.note = "median, whiskers from p10 to p90";
  if (chart.sections.size() == 1) chart.note += ", at " + chart.sections.front().title;
  return Chart{.name = std::string(what.name), .title = chart.title, .svg = draw(chart)};
}

std::optional<Chart> package_chart(const BenchResults& results) {
  BarChart chart{.title = "Zip", .note = "as uploaded", .unit = "MB", .sections = {{}}};
  for (const auto& function : functions_of(results)) {
    const double size = package_mb(*function.sizes.front());
    chart.sections.front().bars.push_back({.label = std::string(function.name),
                                           .value = size > 0 ? std::optional(size) : std::nullopt,
                                           .low = size,
                                           .high = size});
  }
  if (shows_nothing(chart)) return std::nullopt;
  return Chart{.name = "zip", .title = chart.title, .svg = draw(chart)};
}

std::optional<Chart> tuning(const Function& function, Start start) {
  const auto points = tuning_points(function, start);
  if (points.empty()) return std::nullopt;
  const bool cold = start == Start::cold;
  const auto title = fmt::format("{}, {}", function.name, cold ? "cold" : "warm");
  return Chart{.name = fmt::format("tuning-{}-{}", function.name, cold ? "cold" : "warm"),
               .title = title,
               .svg = draw_tuning(points, title, cold ? "exec to first reply" : "warm invocation"),
               .tuner_url = tuner_url(points)};
}

bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '.' || letter == '_' || letter == '-';
}

/// Names that may be file names, each once.
void make_names_safe(std::vector<Chart>& charts) {
  for (auto chart = charts.begin(); chart != charts.end(); ++chart) {
    chart->name.resize(std::min(chart->name.size(), kLongestName));
    for (char& letter : chart->name)
      if (!is_plain(letter)) letter = '-';
    const auto is_taken = [&] {
      return std::any_of(charts.begin(), chart, [&](const Chart& other) { return other.name == chart->name; });
    };
    const std::string name = chart->name;
    for (int number = 2; is_taken(); ++number) chart->name = fmt::format("{}-{}", name, number);
  }
}

}  // namespace

std::vector<Chart> charts_of(const BenchResults& results) {
  std::vector<Chart> charts;
  const auto add = [&](std::optional<Chart> chart) {
    if (chart) charts.push_back(std::move(*chart));
  };
  for (const auto& what : kComparisons) add(comparison(results, what));
  add(package_chart(results));
  for (const auto& function : functions_of(results))
    for (const auto start : {Start::cold, Start::warm}) add(tuning(function, start));
  make_names_safe(charts);
  return charts;
}

std::string svg_file(const Chart& chart) {
  std::string file = chart.svg;
  return file.insert(file.rfind("</svg>"), fmt::format("<style>{}</style>", chart_style()));
}

}  // namespace sloop::bench
