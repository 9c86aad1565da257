// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "answer.hpp"

namespace sloop::dialects {
namespace {

TEST(VendorError, keeps_kind_code_message_and_wait) {
  const std::string_view body = R"({"error":{"message":"Slow down","type":"requests","code":"rate_limit_exceeded"}})";
  EXPECT_EQ(vendor_error(429, {{"retry-after", "3"}}, body), (Error{.kind = ErrorKind::rate_limited,
                                                                    .message = "Slow down",
                                                                    .status = 429,
                                                                    .retry_after = std::chrono::seconds(3),
                                                                    .code = "rate_limit_exceeded"}));
  EXPECT_EQ(vendor_error(400, {}, R"({"error":{"code":400,"type":"exceed_context_size_error","message":"m"}})").kind,
            ErrorKind::too_large);
  EXPECT_EQ(vendor_error(502, {}, "<html>Bad Gateway</html>").kind, ErrorKind::unavailable);
  EXPECT_EQ(vendor_error(400, {}, R"({"error":{"message":"too long","code":"context_length_exceeded"}})").kind,
            ErrorKind::too_large);
}

TEST(ProviderJson, bytes_that_are_not_utf8_are_mended_and_told) {
  std::vector<std::string> warnings;
  EXPECT_EQ(parse_provider_json("\"a\xFF\"", warnings).value(), Json("a\uFFFD"));
  EXPECT_EQ(warnings.size(), 1u);
  EXPECT_FALSE(parse_provider_json("{", warnings));
}

}  // namespace
}  // namespace sloop::dialects
