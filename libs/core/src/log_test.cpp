// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/log.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(log, json_lines_have_lambdas_members) {
  std::string out;
  Log log({.format = LogFormat::json, .write = [&](std::string_view line) { out += line; }, .now = [] { return "T"; }});
  log.set_request_id("r-1");
  log.warn("too \"large\"", {{"bytes", 7}});
  EXPECT_EQ(out, R"({"timestamp":"T","level":"WARN","message":"too \"large\"","requestId":"r-1","bytes":7})"
                 "\n");
}

TEST(log, text_is_one_line_and_lower_levels_are_silent) {
  std::string out;
  Log log({.level = LogLevel::info, .write = [&](std::string_view line) { out += line; }});
  log.debug("unseen");
  log.error("first\nsecond", {{"code", "x"}});
  EXPECT_EQ(out, "ERROR first\rsecond code=\"x\"\n");
}

}  // namespace
}  // namespace sloop
