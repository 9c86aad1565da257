// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/error.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(error, a_status_says_what_the_caller_can_do) {
  EXPECT_EQ(kind_of_status(400), ErrorKind::invalid_input);
  EXPECT_EQ(kind_of_status(401), ErrorKind::unauthenticated);
  EXPECT_EQ(kind_of_status(403), ErrorKind::forbidden);
  EXPECT_EQ(kind_of_status(404), ErrorKind::not_found);
  EXPECT_EQ(kind_of_status(413), ErrorKind::too_large);
  EXPECT_EQ(kind_of_status(429), ErrorKind::rate_limited);
  EXPECT_EQ(kind_of_status(500), ErrorKind::unavailable);
  EXPECT_EQ(kind_of_status(302), ErrorKind::bad_reply);
}

TEST(error, context_is_put_in_front_and_the_rest_stays) {
  const Error error{.kind = ErrorKind::rate_limited, .message = "slow down", .status = 429, .code = "rate_limit"};
  const Error outer = error.within("summarising");
  EXPECT_EQ(outer.message, "summarising: slow down");
  EXPECT_EQ(outer.kind, ErrorKind::rate_limited);
  EXPECT_EQ(outer.status, 429);
  EXPECT_EQ(outer.code, "rate_limit");
  EXPECT_TRUE(outer.retryable());
}

TEST(error, a_kind_is_written_by_its_name) {
  EXPECT_EQ(to_string(ErrorKind::rate_limited), "rate_limited");
  EXPECT_EQ(to_string(ErrorKind::internal), "internal");
}

}  // namespace
}  // namespace sloop
