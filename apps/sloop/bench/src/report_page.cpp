// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/report_page.hpp"

#include <fmt/format.h>

#include "page_parts.hpp"
#include "sloop/bench/chart.hpp"
#include "svg.hpp"

namespace sloop::bench {
namespace {

std::string title_of(const std::vector<Function>& functions) {
  constexpr std::size_t kMostNames = 4;
  if (functions.size() > kMostNames) return fmt::format("What {} functions cost", functions.size());
  std::string names;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (i > 0) names += i + 1 == functions.size() ? " and " : ", ";
    names += functions[i].name;
  }
  return "What " + (names.empty() ? "nothing" : names) + (functions.size() > 1 ? " cost" : " costs");
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// What the numbers are made of.
std::string lead_of(const BenchResults& results) {
  if (results.measurements.empty()) return "No function was measured.";
  const auto& one = results.measurements.front();
  std::string sizes;
  for (const auto& size : memory_sizes_of(results))
    sizes += fmt::format("{}{}", sizes.empty() ? "" : ", ", size.memory_mb);
  return fmt::format("{} and {} of each function at {} MB, by turns, on a local Lambda.",
                     counted(one.first_reply_ms.size(), "cold start"), counted(one.warm_ms.size(), "warm invocation"),
                     sizes);
}

std::string fact(std::string_view name, const std::string& value) {
  return value.empty() ? "" : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", name, escape(value));
}

std::string facts_of(const MachineFacts& facts) {
  return "<dl class=\"facts\">" + fact("Date", facts.date) + fact("Machine", facts.system) +
         fact("Kernel", facts.kernel) + fact("CPU", facts.cpu) +
         fact("CPUs", facts.cpu_count > 0 ? fmt::format("{}", facts.cpu_count) : "") +
         fact("Memory", facts.memory_gb > 0 ? fmt::format("{:.1f} GB", facts.memory_gb) : "") + "</dl>\n";
}

std::string header_of(const BenchResults& results, const MachineFacts& facts) {
  const std::string warning =
      results.limits_problem.empty()
          ? ""
          : fmt::format(
                "<p class=\"warning\" role=\"note\">Memory and CPU were not limited, and CPU is not measured: "
                "{}</p>\n",
                escape(results.limits_problem));
  return fmt::format(
      "<header>\n<p class=\"kicker\">sloop bench</p>\n<h1>{}</h1>\n<p class=\"lead\">{}</p>\n{}{}</header>\n",
      escape(title_of(functions_of(results))), escape(lead_of(results)), facts_of(facts), warning);
}

std::string figure_of(const Chart& chart) {
  const std::string caption =
      chart.tuner_url.empty()
          ? ""
          : fmt::format(
                R"(<figcaption><a href="{}" rel="noreferrer">Open these numbers in the power tuner's viewer</a>)"
                "</figcaption>",
                escape(chart.tuner_url));
  return fmt::format("<figure id=\"{}\">{}{}</figure>\n", escape(chart.name), chart.svg, caption);
}

std::string section(std::string_view title, std::string_view hint, const std::string& content) {
  if (content.empty()) return {};
  return fmt::format("<section>\n<h2>{}</h2>\n<p class=\"hint\">{}</p>\n{}</section>\n", title, hint, content);
}

std::string charts_section(std::string_view title, std::string_view hint, const std::vector<Chart>& charts,
                           bool of_tuning) {
  std::string figures;
  for (const auto& chart : charts)
    if (chart.tuner_url.empty() != of_tuning) figures += figure_of(chart);
  return section(title, hint, figures.empty() ? "" : "<div class=\"charts\">\n" + figures + "</div>\n");
}

std::string tables_section(const BenchResults& results) {
  std::string tables;
  for (const auto& size : memory_sizes_of(results)) tables += html_table_of(size);
  return section("All figures", "Ratios are to the first function's median.", tables);
}

constexpr std::string_view kFooter =
    "<footer>\n<p>Every cold start is a process in an environment of its own. Initialisation has a full CPU, "
    "invocations "
    "the share that the memory buys. Times are taken from outside the function; 1 MB of peak memory is 2^20 bytes, of "
    "a "
    "file 10^6.</p>\n<p>Costs are those of x86_64 in us-east-1, requests included. Figures of one run may be compared "
    "with each other, not with those of another machine or day.</p>\n</footer>\n";

}  // namespace

std::string report_page(const BenchResults& results, const MachineFacts& facts) {
  const auto charts = charts_of(results);
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src "
      "data:\">\n<link rel=\"icon\" "
      "href=\"data:,\">\n<title>{}</title>\n<style>{}{}</style>\n</head>\n<body>\n<main>\n",
      escape(title_of(functions_of(results))), page_style(), chart_style());
  page += header_of(results, facts);
  page += highlights_of(results);
  page += charts_section("Side by side", "Less is better everywhere; the first function is the measure of the others.",
                         charts, false);
  page += charts_section("What memory buys", "Time and cost by memory size, both from zero.", charts, true);
  page += tables_section(results);
  page += kFooter;
  return page + "</main>\n</body>\n</html>\n";
}

}  // namespace sloop::bench
