// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/machine.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace sloop::bench {
namespace {

std::string contents_of(const char* file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kAround = " \t\"";
  const auto first = text.find_first_not_of(kAround);
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, text.find_last_not_of(kAround) + 1 - first));
}

double memory_gb() {
  return static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE)) / 1e9;
}

}  // namespace

std::string value_in_lines(const std::string& lines, const std::string& key, char separator) {
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const auto end = line.find(separator);
    if (end != std::string::npos && trimmed(std::string_view(line).substr(0, end)) == key)
      return trimmed(std::string_view(line).substr(end + 1));
  }
  return {};
}

MachineFacts facts_of_this_machine(std::chrono::system_clock::time_point now) {
  utsname names{};
  ::uname(&names);
  std::string system = value_in_lines(contents_of("/etc/os-release"), "PRETTY_NAME", '=');
  if (system.empty()) system = names.sysname;
  return {.date = fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(std::chrono::system_clock::to_time_t(now))),
          .system = fmt::format("{}, {}", system, names.machine),
          .kernel = fmt::format("{} {}", names.sysname, names.release),
          .cpu = value_in_lines(contents_of("/proc/cpuinfo"), "model name", ':'),
          .cpu_count = std::thread::hardware_concurrency(),
          .memory_gb = memory_gb()};
}

}  // namespace sloop::bench
