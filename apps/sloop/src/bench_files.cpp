// SPDX-License-Identifier: Apache-2.0
#include "bench_files.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "sloop/bench/chart.hpp"
#include "sloop/bench/report_page.hpp"
#include "sloop/core/json.hpp"

namespace sloop::command {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_be_written(std::string_view option, const std::string& path) {
  return fail(ErrorKind::forbidden, fmt::format("{} {}: can't be written", option, path));
}

Result<void> check_file(std::string_view option, const std::string& path) {
  if (path.empty()) return {};
  std::error_code error;
  const bool was_there = fs::exists(path, error);
  if (!std::ofstream(path, std::ios::app)) return cannot_be_written(option, path);
  if (!was_there) fs::remove(path, error);
  return {};
}

Result<void> write_file(std::string_view option, const std::string& path, const std::string& text) {
  if (std::ofstream file(path); !(file << text << std::flush)) return cannot_be_written(option, path);
  return {};
}

}  // namespace

Result<void> check(const BenchFiles& files) {
  if (auto good = check_file("--json", files.json); !good) return good;
  if (auto good = check_file("--html", files.html); !good) return good;
  if (files.svg.empty()) return {};
  std::error_code error;
  fs::create_directories(files.svg, error);
  if (!fs::is_directory(files.svg, error)) return cannot_be_written("--svg", files.svg);
  return check_file("--svg", (fs::path(files.svg) / "first-reply.svg").string());
}

Result<void> write(const BenchFiles& files, const bench::BenchResults& results) {
  if (!files.json.empty())
    if (auto done = write_file("--json", files.json, write_json(bench::to_json(results)) + "\n"); !done) return done;
  if (!files.html.empty()) {
    const auto facts = bench::facts_of_this_machine(std::chrono::system_clock::now());
    if (auto done = write_file("--html", files.html, bench::report_page(results, facts)); !done) return done;
  }
  if (files.svg.empty()) return {};
  for (const auto& chart : bench::charts_of(results)) {
    const auto path = fs::path(files.svg) / (chart.name + ".svg");
    if (auto done = write_file("--svg", path.string(), bench::svg_file(chart)); !done) return done;
  }
  return {};
}

}  // namespace sloop::command
