// SPDX-License-Identifier: Apache-2.0
#include "page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "svg.hpp"

namespace sloop::bench {
namespace {

/// Rows beside the sampled figures, each with a single number; 0 is a missing one.
struct Single {
  std::string_view name;
  double (*value)(const Measurement&);
  std::string (*text)(double);
};

double program_mb(const Measurement& one) {
  return static_cast<double>(one.program_bytes) / 1e6;
}

double cold_cost(const Measurement& one) {
  return one.cold_billed_ms.empty() ? 0 : one.cost_per_million(one.cold_billed_ms.median());
}

double warm_cost(const Measurement& one) {
  return one.warm_billed_ms.empty() ? 0 : one.cost_per_million(one.warm_billed_ms.median());
}

constexpr Single kSizes[] = {{"zip, MB", package_mb, number_text}, {"program, MB", program_mb, number_text}};
constexpr Single kCosts[] = {{"a million cold starts, USD", cold_cost, cost_text},
                             {"a million warm invocations, USD", warm_cost, cost_text}};

std::string ratio_text(double value, double first) {
  return first == 0 ? "" : fmt::format("<i>{:.2f}×</i>", value / first);
}

std::string cell(bool is_reference, const std::string& content, const std::string& hint = {}) {
  const std::string style = content.empty() ? "absent" : is_reference ? "reference" : "";
  return fmt::format("<td{}{}>{}</td>", style.empty() ? "" : fmt::format(" class=\"{}\"", style),
                     hint.empty() ? "" : fmt::format(" title=\"{}\"", hint), content.empty() ? "–" : content);
}

std::string single_row(const Single& row, const MemorySize& size) {
  const double first = row.value(*size.functions.front());
  std::string cells;
  bool has_any = false;
  for (const auto* one : size.functions) {
    const double value = row.value(*one);
    has_any = has_any || value != 0;
    cells += cell(one == size.functions.front(),
                  value == 0 ? "" : fmt::format("<b>{}</b>{}", row.text(value), ratio_text(value, first)));
  }
  return has_any ? fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", row.name, cells) : "";
}

std::string samples_cell(bool is_reference, const Samples& samples, double first) {
  if (samples.empty()) return cell(is_reference, "");
  return cell(
      is_reference,
      fmt::format("<b>{}</b>{}<span>{} – {}</span>", number_text(samples.median()), ratio_text(samples.median(), first),
                  number_text(samples.percentile(10)), number_text(samples.percentile(90))),
      fmt::format("{} samples from {} to {}, p99 {}", samples.size(), number_text(samples.percentile(0)),
                  number_text(samples.percentile(100)), number_text(samples.percentile(99))));
}

std::string figure_row(const Figure& figure, const MemorySize& size) {
  const auto is_empty = [&](const Measurement* one) { return (one->*figure.samples).empty(); };
  if (std::ranges::all_of(size.functions, is_empty)) return {};
  const double first = (size.functions.front()->*figure.samples).median();
  std::string cells;
  for (const auto* one : size.functions)
    cells += samples_cell(one == size.functions.front(), one->*figure.samples, first);
  return fmt::format("<tr><th scope=\"row\">{}, {}</th>{}</tr>\n", figure.name, figure.unit, cells);
}

/// `The others: 2.1× to 90×`; empty without others.
std::string others_text(const MemorySize& size, Samples Measurement::* figure) {
  const double first = (size.functions.front()->*figure).median();
  std::vector<double> ratios;
  for (const auto* one : size.functions)
    if (one != size.functions.front() && !(one->*figure).empty()) ratios.push_back((one->*figure).median() / first);
  if (ratios.empty() || first == 0) return {};
  const auto [low, high] = std::ranges::minmax(ratios);
  const auto text = [](double ratio) { return fmt::format("{:.{}f}×", ratio, ratio < 9.95 ? 1 : 0); };
  if (text(low) == text(high)) return "others " + text(low);
  return fmt::format("others {} to {}", text(low), text(high));
}

std::string tile(std::string_view name, const MemorySize& size, Samples Measurement::* figure, std::string_view unit) {
  const Samples& samples = size.functions.front()->*figure;
  if (samples.empty()) return {};
  return fmt::format(R"(<div class="tile"><div class="name">{}</div><div class="number">{}<small>{}</small></div>)"
                     "<div class=\"others\">{}</div></div>\n",
                     name, number_text(samples.median()), unit, others_text(size, figure));
}

}  // namespace

std::string highlights_of(const BenchResults& results) {
  const auto sizes = memory_sizes_of(results);
  if (sizes.empty()) return {};
  const auto& size = sizes.front();
  std::string tiles = tile("exec to first reply", size, &Measurement::first_reply_ms, "ms") +
                      tile("warm invocation", size, &Measurement::warm_ms, "ms") +
                      tile("CPU of a warm invocation", size, &Measurement::warm_cpu_ms, "ms") +
                      tile("peak memory", size, &Measurement::peak_mb, "MB");
  return fmt::format("<section class=\"tiles\" aria-label=\"{} at {} MB\">\n{}</section>\n",
                     escape(size.functions.front()->name), size.memory_mb, tiles);
}

std::string html_table_of(const MemorySize& size) {
  std::string head;
  const char* style = " class=\"reference\"";
  for (const auto* one : size.functions) {
    head += fmt::format("<th scope=\"col\"{}>{}</th>", style, escape(one->name));
    style = "";
  }
  std::string body;
  for (const auto& row : kSizes) body += single_row(row, size);
  for (const auto& figure : all_figures()) body += figure_row(figure, size);
  for (const auto& row : kCosts) body += single_row(row, size);
  return fmt::format(
      "<h3>{0} MB</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All figures at {0} MB\">"
      "<table>\n<thead><tr><th scope=\"col\">median, ratio, p10 – p90</th>{1}</tr></thead>\n"
      "<tbody>\n{2}</tbody>\n</table></div>\n",
      size.memory_mb, head, body);
}

}  // namespace sloop::bench
