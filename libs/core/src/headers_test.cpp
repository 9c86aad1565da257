// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/headers.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(headers, names_compare_without_case_and_order_is_kept) {
  Headers headers{{"Set-Cookie", "a"}, {"X", "1"}};
  headers.add("set-cookie", "b");
  EXPECT_EQ(headers.get("SET-COOKIE"), "a");
  EXPECT_EQ(headers.size(), 3u);
  EXPECT_EQ(headers.get_or("missing", "none"), "none");
}

TEST(headers, setting_replaces_all_of_a_name) {
  Headers headers{{"a", "1"}, {"b", "2"}, {"A", "3"}};
  headers.set("a", "4");
  EXPECT_EQ(headers, (Headers{{"a", "4"}, {"b", "2"}}));
  headers.remove("B");
  EXPECT_FALSE(headers.contains("b"));
}

}  // namespace
}  // namespace sloop
