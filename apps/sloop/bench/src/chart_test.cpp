// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstring>

#include "example_results.hpp"
#include "sloop/core/base64.hpp"
#include "svg.hpp"
#include "tuning.hpp"

namespace sloop::bench {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> names_of(const std::vector<Chart>& charts) {
  std::vector<std::string> names;
  for (const auto& chart : charts) names.push_back(chart.name);
  return names;
}

const Chart& chart_named(const std::vector<Chart>& charts, std::string_view name) {
  return *std::ranges::find(charts, name, &Chart::name);
}

TEST(Charts, there_is_one_for_every_comparison_and_two_for_every_function) {
  EXPECT_THAT(names_of(charts_of(example_results())),
              ElementsAre("first-reply", "init", "warm", "warm-cpu", "peak-memory", "zip", "tuning-sloop-cold",
                          "tuning-sloop-warm", "tuning-rig-cold", "tuning-rig-warm"));
}

TEST(Charts, a_comparison_names_sizes_values_ratios_and_its_scale) {
  const auto charts = charts_of(example_results());
  const auto& svg = chart_named(charts, "first-reply").svg;
  for (const char* text : {">128 MB<", ">512 MB<", ">sloop<", ">5.05<", ">304<", ">60×<", "logarithmic scale",
                           "<title>rig at 128 MB: 304 ms (297 to 310)</title>"})
    EXPECT_THAT(svg, HasSubstr(text));
}

TEST(Charts, a_tuning_chart_has_both_axes_and_every_point) {
  const auto charts = charts_of(example_results());
  const auto& svg = chart_named(charts, "tuning-rig-cold").svg;
  for (const char* text : {"exec to first reply, ms", "USD per million", "Memory (MB)", ">128<", ">512<", ">304<",
                           ">104<", "<title>512 MB: 104 ms (102 to 107), 1.245 USD per million</title>"})
    EXPECT_THAT(svg, HasSubstr(text));
}

TEST(Charts, what_was_not_measured_is_left_out_or_said) {
  auto results = example_results();
  for (auto& one : results.measurements) one.warm_cpu_ms = one.warm_ms = one.warm_billed_ms = {};
  results.measurements[1].package_bytes = 0;
  const auto charts = charts_of(results);
  EXPECT_THAT(names_of(charts), AllOf(Not(Contains("warm-cpu")), Not(Contains("tuning-rig-warm"))));
  EXPECT_THAT(chart_named(charts, "zip").svg, HasSubstr(">not measured<"));
  EXPECT_TRUE(charts_of({}).empty());
  EXPECT_TRUE(charts_of({.measurements = {{.name = "a", .memory_mb = 128}}}).empty());
}

TEST(Charts, one_function_at_one_size_is_enough) {
  const auto charts = charts_of({.measurements = {example_measurement("only", 128, 1)}});
  EXPECT_EQ(charts.size(), 8u);
  for (const auto& chart : charts) {
    EXPECT_THAT(chart.svg, Not(HasSubstr("nan")));
    EXPECT_THAT(chart.svg, Not(HasSubstr("inf")));
    EXPECT_THAT(chart.svg, Not(HasSubstr("×")));
  }
}

TEST(Charts, a_name_can_break_neither_the_drawing_nor_out_of_the_folder) {
  const auto charts = charts_of(
      {.measurements = {example_measurement("../<a&\"b\">", 128, 1), example_measurement("..-<a&\"b\">", 128, 1)}});
  EXPECT_THAT(names_of(charts), Contains("tuning-..--a--b---cold"));
  EXPECT_THAT(names_of(charts), Contains("tuning-..--a--b---cold-2"));
  EXPECT_THAT(charts.front().svg, AllOf(HasSubstr("../&lt;a&amp;&quot;b&quot;&gt;"), Not(HasSubstr("<a&"))));
}

TEST(Charts, a_file_brings_its_colours_for_light_and_dark) {
  const auto file = svg_file(charts_of(example_results()).front());
  EXPECT_THAT(file, StartsWith(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 )"));
  EXPECT_THAT(file, AllOf(HasSubstr(R"(role="img"><title>Exec to first reply</title><desc>)"),
                          HasSubstr("@media (prefers-color-scheme:dark)")));
}

TEST(Svg, texts_are_escaped_and_cut_between_characters) {
  EXPECT_EQ(escape("a<b>&\"'\x01"), "a&lt;b&gt;&amp;&quot;&#39;\xEF\xBF\xBD");
  EXPECT_EQ(shortened("éééé", 4), "éééé");
  EXPECT_EQ(shortened("ééééé", 4), "ééé…");
}

template <typename Number>
std::vector<Number> numbers_of(const std::string& text) {
  const std::string bytes = decode_base64(text).value();
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

TEST(Tuner, its_link_decodes_back_to_the_numbers) {
  static_assert(std::endian::native == std::endian::little);
  const std::string url = tuner_url(
      {{.memory_mb = 128, .time_ms = 386.5, .cost = 1.0}, {.memory_mb = 10240, .time_ms = 33, .cost = 16.87}});
  const std::string start = "https://lambda-power-tuning.show/#";
  ASSERT_THAT(url, StartsWith(start));
  const auto first = url.find(';');
  const auto second = url.find(';', first + 1);
  EXPECT_THAT(numbers_of<std::int16_t>(url.substr(start.size(), first - start.size())), ElementsAre(128, 10240));
  EXPECT_THAT(numbers_of<float>(url.substr(first + 1, second - first - 1)), ElementsAre(386.5F, 33.0F));
  EXPECT_THAT(numbers_of<float>(url.substr(second + 1)), ElementsAre(1e-6F, 16.87e-6F));
}

TEST(Tuner, every_function_has_its_link_and_comparisons_have_none) {
  for (const auto& chart : charts_of(example_results()))
    EXPECT_EQ(chart.tuner_url.empty(), !chart.name.starts_with("tuning-")) << chart.name;
}

}  // namespace
}  // namespace sloop::bench
