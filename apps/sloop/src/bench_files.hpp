// SPDX-License-Identifier: Apache-2.0
//
// The files that `sloop bench` leaves.
#pragma once

#include <string>

#include "sloop/bench/harness.hpp"
#include "sloop/core/error.hpp"

namespace sloop::command {

/// Empty: not wanted.
struct BenchFiles {
  std::string json;
  std::string html;
  /// A folder; made if need be.
  std::string svg;
};

/// Measuring takes minutes: fails before it with `forbidden` where `write` would fail after it.
[[nodiscard]] Result<void> check(const BenchFiles& files);

/// Overwrites what is there. Fails with `forbidden`; the message names option and path.
[[nodiscard]] Result<void> write(const BenchFiles& files, const bench::BenchResults& results);

}  // namespace sloop::command
