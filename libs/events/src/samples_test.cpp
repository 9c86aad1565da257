// SPDX-License-Identifier: Apache-2.0
//
// Events that no recorded fixture exists for, as AWS's documentation shapes them: read by their type, nothing left
// over, written again, and told from their shape.
#include <gtest/gtest.h>

#include "fixtures_test.hpp"
#include "sloop/events/kind.hpp"

namespace sloop::events {

std::vector<Sample> samples_of_services();
std::vector<Sample> samples_of_details();

namespace {

void check(const Sample& sample) {
  const auto event = parse_json(sample.text);
  ASSERT_TRUE(event) << sample.text;
  const auto written = sample.fixture.round_trip(*event);
  ASSERT_TRUE(written) << written.error().message << ": " << sample.text;
  EXPECT_TRUE(same(*written, *event)) << write_json(*written);
  EXPECT_EQ(sample.fixture.unnamed(*event), "") << sample.text;
  EXPECT_EQ(kind_of(*event), sample.fixture.kind) << sample.text;
}

TEST(samples, events_of_services_come_back_as_they_were) {
  for (const auto& sample : samples_of_services()) check(sample);
}

TEST(samples, details_of_eventbridge_come_back_as_they_were) {
  for (const auto& sample : samples_of_details()) check(sample);
}

}  // namespace
}  // namespace sloop::events
