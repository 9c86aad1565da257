// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/log.hpp"

#include <gtest/gtest.h>

namespace sloop {
namespace {

TEST(log, json_lines_have_lambdas_members) {
  std::string out;
  Log log({.format = LogFormat::json, .write = [&](std::string_view line) { out += line; }, .now = [] { return "T"; }});
  log.with({.request_id = "r-1"}).warn("too \"large\"", {{"bytes", 7}});
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

TEST(log, marks_stand_on_every_line_and_the_log_they_came_from_has_none) {
  std::string out;
  Log log({.write = [&](std::string_view line) { out += line; }});
  Log marked = log.with({.request_id = "r-1", .tenant_id = "t-1"});
  marked.info("a");
  log.info("b");
  EXPECT_EQ(out, "INFO RequestId: r-1 TenantId: t-1 a\nINFO b\n");
}

TEST(log, a_long_line_is_cut_and_says_so) {
  for (const auto format : {LogFormat::text, LogFormat::json}) {
    std::string out;
    Log log({.format = format, .write = [&](std::string_view line) { out = line; }, .max_line = 1000});
    log.error(std::string(5000, '"'), {{"code", "x"}});
    EXPECT_LE(out.size(), 1000u);
    EXPECT_GT(out.size(), 700u);
    EXPECT_TRUE(out.contains("[cut: the line had ")) << out;
    if (format == LogFormat::json) {
      EXPECT_TRUE(parse_json(out)) << out;
    }
  }
}

TEST(log, nul_and_broken_utf8_leave_lines_readable) {
  using namespace std::string_literals;
  std::string out;
  Log({.write = [&](std::string_view line) { out = line; }}).error("a\0b\xff"s);
  EXPECT_EQ(out, "ERROR a b\xEF\xBF\xBD\n");
  Log({.format = LogFormat::json, .write = [&](std::string_view line) { out = line; }, .now = [] { return "T"; }})
      .error("a\0b\xff"s);
  EXPECT_EQ(out, "{\"timestamp\":\"T\",\"level\":\"ERROR\",\"message\":\"a\\u0000b\xEF\xBF\xBD\"}\n");
}

}  // namespace
}  // namespace sloop
