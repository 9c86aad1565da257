// SPDX-License-Identifier: Apache-2.0
//
// Every recorded event of other languages' libraries is read by its type and written again, equal as JSON. They are in
// SLOOP_SHARED (default ../shared beside the project), in data/lambda_events.
#include "fixtures_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "sloop/events/kind.hpp"

namespace sloop::events {

bool same(const Json& a, const Json& b) {
  if (a.is_number() && b.is_number()) return a == b || a.to_number<double>() == b.to_number<double>();
  if (a.is_array() && b.is_array()) return std::ranges::equal(a.get_array(), b.get_array(), same);
  if (!a.is_object() || !b.is_object()) return a == b;
  return a.get_object().size() == b.get_object().size() && std::ranges::all_of(a.get_object(), [&](const auto& member) {
           const Json* other = find(b, member.key());
           return other != nullptr && same(member.value(), *other);
         });
}

namespace {

namespace fs = std::filesystem;

// What the folders hold today; one of Go's is broken on purpose.
constexpr std::size_t kRust = 145;
constexpr std::size_t kGo = 104;
constexpr std::string_view kBroken = "dynamodb-event-malformed.2";

fs::path folder() {
  const char* shared = std::getenv("SLOOP_SHARED");
  const fs::path root = shared != nullptr ? fs::path(shared) : fs::path(SLOOP_SOURCE_DIR) / "../shared";
  return root / "data/lambda_events";
}

std::vector<fs::path> files(std::string_view language) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder() / language))
    if (entry.path().extension() == ".json") all.push_back(entry.path());
  std::ranges::sort(all);
  return all;
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// `cloudwatch-logs-event` for `example-cloudwatch_logs-event.json`.
std::string name_of_fixture(const fs::path& path) {
  std::string name = path.stem().string();
  if (name.starts_with("example-")) name.erase(0, 8);
  std::ranges::replace(name, '_', '-');
  return name;
}

std::map<std::string_view, Fixture> fixtures() {
  std::map<std::string_view, Fixture> all;
  for (const auto& list :
       {compute_fixtures(), data_fixtures(), http_fixtures(), identity_fixtures(), operations_fixtures()})
    for (const auto& fixture : list) EXPECT_TRUE(all.emplace(fixture.name, fixture).second) << fixture.name;
  return all;
}

/// Empty when it went well.
std::string trouble_with(const Fixture& fixture, const std::string& text) {
  const auto event = parse_json(text);
  if (!event) return event.error().message;
  if (!fixture.kind.empty() && kind_of(*event) != fixture.kind)
    return "kind '" + std::string(kind_of(*event)) + "', not '" + std::string(fixture.kind) + "'";
  const auto written = fixture.round_trip(*event);
  if (!written) return written.error().message;
  const auto again = parse_json(write_json(*written));
  return again && same(*event, *again) ? "" : "written as " + write_json(*written);
}

TEST(fixtures, every_one_is_read_by_its_type_and_written_again) {
  if (!fs::exists(folder())) GTEST_SKIP() << "no fixtures in " << folder() << "; set SLOOP_SHARED";
  struct Row {
    int fixtures = 0;
    int passed = 0;
    int named = 0;
  };
  std::map<std::string_view, Row> table;
  Row total;
  const auto known = fixtures();
  for (const auto language : {"rust", "go"})
    for (const auto& path : files(language)) {
      const std::string name = name_of_fixture(path);
      if (name == kBroken) continue;
      const auto fixture = known.find(name);
      ASSERT_NE(fixture, known.end()) << "no type is named for " << path;
      const std::string trouble = trouble_with(fixture->second, text_of(path));
      EXPECT_EQ(trouble, "") << path;
      const std::string unnamed = fixture->second.unnamed(*parse_json(text_of(path)));
      if (!unnamed.empty()) std::printf("%s: %s\n", name.c_str(), unnamed.substr(0, unnamed.find(';')).c_str());
      for (Row* row : {&table[fixture->second.module], &total}) {
        ++row->fixtures;
        row->passed += trouble.empty() ? 1 : 0;
        row->named += unnamed.empty() ? 1 : 0;
      }
    }
  std::printf("%-26s %8s %6s %15s\n", "module", "fixtures", "passed", "all in the type");
  for (const auto& [module, row] : table)
    std::printf("%-26.*s %8d %6d %15d\n", static_cast<int>(module.size()), module.data(), row.fixtures, row.passed,
                row.named);
  std::printf("%-26s %8d %6d %15d\n", "all", total.fixtures, total.passed, total.named);
  EXPECT_EQ(total.fixtures, static_cast<int>(kRust + kGo - 1));
}

TEST(fixtures, none_is_missing) {
  if (!fs::exists(folder())) GTEST_SKIP() << "no fixtures in " << folder() << "; set SLOOP_SHARED";
  EXPECT_EQ(files("rust").size(), kRust);
  EXPECT_EQ(files("go").size(), kGo);
}

TEST(fixtures, the_one_that_is_broken_on_purpose_gives_a_clear_error) {
  if (!fs::exists(folder())) GTEST_SKIP() << "no fixtures in " << folder() << "; set SLOOP_SHARED";
  const auto event = parse_json(text_of(folder() / "go" / (std::string(kBroken) + ".json")));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(event.error().message, "not JSON: incomplete JSON at line 135, column 11");
}

}  // namespace
}  // namespace sloop::events
