// SPDX-License-Identifier: Apache-2.0
//
// Where and when something was measured: figures of one machine are not those of another.
//
//   auto facts = facts_of_this_machine(std::chrono::system_clock::now());
//   facts.cpu;  // "AMD EPYC 7R13"
#pragma once

#include <chrono>
#include <string>

namespace sloop::bench {

/// What a reader needs to judge figures; no name that belongs to the machine's owner. Empty: not known.
struct MachineFacts {
  /// UTC, to the minute.
  std::string date = {};
  /// The distribution and the architecture.
  std::string system = {};
  std::string kernel = {};
  std::string cpu = {};
  unsigned int cpu_count = 0;
  double memory_gb = 0;
};

[[nodiscard]] MachineFacts facts_of_this_machine(std::chrono::system_clock::time_point now);

/// The value behind `key` in lines of `key<separator>value`, without blanks and quotes around it; empty: no such line.
[[nodiscard]] std::string value_in_lines(const std::string& lines, const std::string& key, char separator);

}  // namespace sloop::bench
