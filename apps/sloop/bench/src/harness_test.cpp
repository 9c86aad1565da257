// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "example_results.hpp"
#include "figures.hpp"

namespace sloop::bench {
namespace {

using testing::HasSubstr;

Subject subject(std::string name, std::map<std::string, std::string> environment = {}) {
  return {.name = std::move(name), .command = {TEST_FUNCTION}, .environment = std::move(environment)};
}

TEST(Samples, percentiles_are_values_that_were_measured) {
  const Samples samples({5, 1, 4, 2, 3});
  EXPECT_EQ(samples.median(), 3);
  EXPECT_EQ(samples.percentile(0), 1);
  EXPECT_EQ(samples.percentile(90), 5);
  EXPECT_EQ(Samples().median(), 0);
}

TEST(Harness, every_figure_is_there_for_every_function_and_size) {
  const auto results =
      measure({subject("a"), subject("b")}, {.memory_sizes = {128, 256}, .cold_starts = 2, .warm_invocations = 2});
  ASSERT_TRUE(results) << results.error().message;
  ASSERT_EQ(results->measurements.size(), 4u);
  for (const auto& one : results->measurements) {
    EXPECT_EQ(one.init_ms.size(), 2u);
    EXPECT_EQ(one.warm_ms.size(), 4u);
    EXPECT_GT(one.peak_mb.median(), 0.5);
    EXPECT_GT(one.program_bytes, 0u);
  }
  EXPECT_THAT(table_of(*results), HasSubstr("256 MB, medians"));
  const Json json = to_json(*results);
  EXPECT_EQ(*find(json.at("measurements").at(3), {"first_reply_ms", "samples"}), Json(2));
}

TEST(Harness, a_failing_function_is_an_error_with_its_words) {
  const auto results = measure({{.name = "gone", .command = {"/nowhere/bootstrap"}}}, {.cold_starts = 1});
  ASSERT_FALSE(results);
  EXPECT_THAT(results.error().message, HasSubstr("gone at 128 MB failed"));
  EXPECT_THAT(results.error().message, HasSubstr("/nowhere/bootstrap"));
  EXPECT_FALSE(measure({}));
  EXPECT_FALSE(measure({subject("a")}, {.memory_sizes = {64}}));
  EXPECT_THAT(measure({subject("a"), subject("a")}).error().message, HasSubstr("two functions have the name 'a'"));
  EXPECT_FALSE(measure({subject("a")}, {.memory_sizes = {128, 128}}));
}

TEST(Harness, a_price_follows_from_time_and_memory) {
  const Measurement one{.memory_mb = 1024};
  EXPECT_NEAR(one.cost_per_million(1000), 16.8667, 0.0001);
}

// Deliberate costs, each against the same function without it in the same run.
TEST(Harness, known_costs_are_seen_as_what_they_are) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the sanitizer multiplies the memory that is to be seen";
#endif
  const auto results = measure({subject("plain"), subject("sleeps", {{"SLEEP_MS", "50"}}),
                                subject("holds", {{"HOLD_MB", "20"}}), subject("burns", {{"BURN_MS", "10"}})},
                               {.cold_starts = 7, .warm_invocations = 2});
  ASSERT_TRUE(results) << results.error().message;
  if (!results->limits_problem.empty()) GTEST_SKIP() << "no limits here: " << results->limits_problem;
  const auto& all = results->measurements;
  const auto more = [&](std::size_t which, Samples Measurement::* figure) {
    return (all[which].*figure).median() - (all[0].*figure).median();
  };
  EXPECT_NEAR(more(1, &Measurement::init_ms), 50, 25);
  EXPECT_NEAR(more(2, &Measurement::peak_mb), 20, 2);
  EXPECT_NEAR(more(3, &Measurement::first_cpu_ms), 10, 4);
  // 10 ms at 128/1769 of a CPU.
  EXPECT_NEAR(more(3, &Measurement::first_ms), 138, 60);
}

bool ranges_overlap(const Samples& a, const Samples& b) {
  return a.percentile(10) <= b.percentile(90) && b.percentile(10) <= a.percentile(90);
}

/// The figures of which two runs state ranges that exclude each other.
std::string disagreements(const Measurement& a, const Measurement& b) {
  std::string names;
  for (const auto& figure : all_figures())
    if (!ranges_overlap(a.*figure.samples, b.*figure.samples)) names += std::string(figure.key) + " ";
  return names;
}

// A machine whose load changes between two runs may give another verdict; one that does so three times measures noise.
TEST(Harness, two_runs_of_the_same_function_agree_within_their_ranges) {
  std::string names;
  for (int attempt = 0; attempt < 3; ++attempt) {
    const auto one = measure({subject("plain")}, {.cold_starts = 9, .warm_invocations = 5});
    const auto other = measure({subject("plain")}, {.cold_starts = 9, .warm_invocations = 5});
    ASSERT_TRUE(one && other);
    names = disagreements(one->measurements.front(), other->measurements.front());
    if (names.empty()) break;
  }
  EXPECT_EQ(names, "");
}

TEST(Harness, ranges_that_exclude_each_other_are_a_disagreement) {
  EXPECT_EQ(disagreements(example_measurement("a", 128, 1), example_measurement("b", 128, 1)), "");
  EXPECT_THAT(disagreements(example_measurement("a", 128, 1), example_measurement("a", 128, 2)), HasSubstr("init_ms"));
}

}  // namespace
}  // namespace sloop::bench
