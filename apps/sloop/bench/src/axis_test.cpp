// SPDX-License-Identifier: Apache-2.0
#include "axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sloop::bench {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

constexpr Span kSpan{.from = 100, .to = 200};

TEST(Axis, a_linear_axis_goes_in_round_steps_from_zero_beyond_the_highest_value) {
  EXPECT_THAT(Axis::linear(386, kSpan).ticks(), ElementsAre(0, 80, 160, 240, 320, 400));
  EXPECT_THAT(Axis::linear(500, kSpan).ticks().back(), DoubleEq(500));
  EXPECT_THAT(Axis::linear(0.21, kSpan).ticks().back(), DoubleEq(0.25));
  EXPECT_EQ(Axis::linear(0, kSpan).ticks().back(), 5);
}

TEST(Axis, places_follow_from_values_also_downwards) {
  EXPECT_DOUBLE_EQ(Axis::linear(500, kSpan).at(250), 150);
  EXPECT_DOUBLE_EQ(Axis::linear(500, {.from = 200, .to = 100}).at(100), 180);
  EXPECT_DOUBLE_EQ(Axis::linear(500, kSpan).at(9000), 200);
}

TEST(Axis, a_logarithmic_axis_has_whole_decades_and_shows_the_least_value) {
  const auto axis = Axis::logarithmic(4.3, 1080, kSpan);
  EXPECT_THAT(axis.ticks(), ElementsAre(1, 10, 100, 1000, 10000));
  EXPECT_DOUBLE_EQ(axis.at(100), 150);
  // 1 would be a bar without length on an axis from 1.
  EXPECT_THAT(Axis::logarithmic(1, 100, kSpan).ticks().front(), DoubleEq(0.1));
  EXPECT_GE(Axis::logarithmic(5, 5, kSpan).ticks().size(), 2u);
}

TEST(Axis, sizes_stand_at_distances_by_their_ratios_and_one_alone_in_the_middle) {
  const auto axis = Axis::through({512, 128, 2048}, kSpan);
  EXPECT_THAT(axis.ticks(), ElementsAre(128, 512, 2048));
  EXPECT_DOUBLE_EQ(axis.at(512), 150);
  EXPECT_DOUBLE_EQ(Axis::through({128}, kSpan).at(128), 150);
}

TEST(Axis, values_that_would_vanish_ask_for_a_logarithmic_axis) {
  EXPECT_TRUE(spans_decades(4.3, 1080));
  EXPECT_FALSE(spans_decades(4.3, 5.6));
  EXPECT_FALSE(spans_decades(0, 100));
}

}  // namespace
}  // namespace sloop::bench
