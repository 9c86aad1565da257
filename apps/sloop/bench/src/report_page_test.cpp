// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/report_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "example_results.hpp"
#include "figures.hpp"
#include "sloop/bench/chart.hpp"
#include "svg.hpp"

namespace sloop::bench {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

const MachineFacts kFacts{.date = "2026-11-24 10:00 UTC",
                          .system = "Debian, x86_64",
                          .kernel = "Linux 6.1",
                          .cpu = "Fast <CPU>",
                          .cpu_count = 2,
                          .memory_gb = 8.3};

TEST(ReportPage, it_holds_every_number_of_every_function) {
  const auto results = example_results();
  const auto page = report_page(results, kFacts);
  for (const auto& one : results.measurements) {
    for (const auto& figure : all_figures())
      for (const double percent : {10, 50, 90})
        EXPECT_THAT(page, HasSubstr(number_text((one.*figure.samples).percentile(percent)))) << figure.key;
    for (const auto* billed : {&one.cold_billed_ms, &one.warm_billed_ms})
      EXPECT_THAT(page, HasSubstr("<b>" + cost_text(one.cost_per_million(billed->median())) + "</b>"));
  }
  EXPECT_THAT(page, HasSubstr("<b>304</b><i>60.10×</i><span>297 – 310</span>"));
}

TEST(ReportPage, it_says_where_and_when) {
  const auto page = report_page(example_results(), kFacts);
  for (const char* text :
       {"2026-11-24 10:00 UTC", "Debian, x86_64", "Linux 6.1", "Fast &lt;CPU&gt;", "8.3 GB", "What sloop and rig cost",
        "3 cold starts and 3 warm invocations of each function at 128, 512 MB"})
    EXPECT_THAT(page, HasSubstr(text));
}

TEST(ReportPage, it_has_every_chart_and_every_link) {
  const auto page = report_page(example_results(), kFacts);
  for (const auto& chart : charts_of(example_results())) {
    EXPECT_THAT(page, HasSubstr(chart.svg));
    if (!chart.tuner_url.empty()) {
      EXPECT_THAT(page, HasSubstr("href=\"" + escape(chart.tuner_url) + "\""));
    }
  }
}

TEST(ReportPage, it_fetches_and_runs_nothing) {
  const auto page = report_page(example_results(), kFacts);
  for (const char* text : {"<script", "src=", "@import", "url("}) EXPECT_THAT(page, Not(HasSubstr(text)));
}

TEST(ReportPage, missing_figures_are_dashes_and_missing_limits_are_said) {
  auto results = example_results();
  results.limits_problem = "no <cgroups>";
  results.measurements[1].peak_mb = {};
  for (auto& one : results.measurements) one.warm_cpu_ms = {};
  const auto page = report_page(results, {});
  EXPECT_THAT(page, HasSubstr("CPU is not measured: no &lt;cgroups&gt;"));
  EXPECT_THAT(page, HasSubstr("<td class=\"absent\">–</td>"));
  EXPECT_THAT(page, Not(HasSubstr("CPU of a warm invocation")));
  EXPECT_THAT(report_page({}, {}), HasSubstr("No function was measured."));
}

TEST(ReportPage, a_name_is_text_wherever_it_stands) {
  const auto page = report_page({.measurements = {example_measurement("<b onload='x'>", 128, 1)}}, kFacts);
  EXPECT_THAT(page, Not(HasSubstr("<b onload")));
  EXPECT_THAT(page, HasSubstr("What &lt;b onload=&#39;x&#39;&gt; costs"));
}

TEST(Machine, facts_are_found_in_lines_of_key_and_value) {
  EXPECT_EQ(value_in_lines("processor\t: 0\nmodel name\t: Fast CPU \n", "model name", ':'), "Fast CPU");
  EXPECT_EQ(value_in_lines("NAME=x\nPRETTY_NAME=\"Debian 12\"\n", "PRETTY_NAME", '='), "Debian 12");
  EXPECT_EQ(value_in_lines("a=b\n", "c", '='), "");
  const auto facts = facts_of_this_machine(std::chrono::system_clock::time_point(std::chrono::hours(24 * 365)));
  EXPECT_EQ(facts.date, "1971-01-01 00:00 UTC");
  EXPECT_THAT(facts.kernel, MatchesRegex("Linux .+"));
  EXPECT_GT(facts.memory_gb, 0);
}

}  // namespace
}  // namespace sloop::bench
