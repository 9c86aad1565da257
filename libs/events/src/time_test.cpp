// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/time.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sloop::events {
namespace {

std::int64_t millis(std::string_view text) {
  const auto time = parse_time(text);
  return time ? time->time_since_epoch().count() : -1;
}

TEST(time, every_form_that_aws_writes_is_read) {
  constexpr std::int64_t kSecond = 1'433'353'407'000;
  EXPECT_EQ(millis("2015-06-03T17:43:27Z"), kSecond);
  EXPECT_EQ(millis("2015-06-03T17:43:27.123Z"), kSecond + 123);
  EXPECT_EQ(millis("2015-06-03T17:43:27.1"), kSecond + 100);
  EXPECT_EQ(millis("2015-06-03T17:43:27.123456789+00:00"), kSecond + 123);
  EXPECT_EQ(millis("2015-06-03T19:43:27+0200"), kSecond);
  EXPECT_EQ(millis("2015-06-03T12:13:27-05:30"), kSecond);
  EXPECT_EQ(millis("2015-06-03 17:43:27"), kSecond);
  EXPECT_EQ(millis("03/Jun/2015:17:43:27 +0000"), kSecond);
  EXPECT_EQ(millis("Jun 3, 2015 5:43:27 PM"), kSecond);
  EXPECT_EQ(millis("Jan 1, 1970 12:00:01 AM"), 1000);
}

TEST(time, what_is_no_time_is_refused) {
  for (const auto text : {"", "now", "2015-06-03", "2015-13-03T17:43:27Z", "2015-02-30T00:00:00Z",
                          "2015-06-03T17:61:27Z", "2015-06-03T17:43:27.Z", "2015-06-03T17:43:27Zx",
                          "Jux 3, 2015 5:43:27 PM", "anF 3, 2015 5:43:27 PM", "03/Jun/2015:17:43:27 0000"})
    EXPECT_FALSE(parse_time(text)) << text;
  EXPECT_EQ(parse_time("x").error().kind, ErrorKind::invalid_input);
}

TEST(time, numbers_are_milliseconds_or_seconds) {
  EXPECT_EQ(time_of_millis(1500)->time_since_epoch().count(), 1500);
  EXPECT_EQ(time_of_seconds(1.5)->time_since_epoch().count(), 1500);
  EXPECT_EQ(time_of_seconds(1480642020)->time_since_epoch().count(), 1'480'642'020'000);
  EXPECT_FALSE(time_of_millis({}));
  EXPECT_FALSE(time_of_seconds(std::nan("")));
  EXPECT_FALSE(time_of_seconds(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(time_of_seconds(-1e300));
}

}  // namespace
}  // namespace sloop::events
