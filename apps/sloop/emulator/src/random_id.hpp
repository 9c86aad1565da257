// SPDX-License-Identifier: Apache-2.0
//
// Identifiers as Lambda makes them.
#pragma once

#include <string>

namespace sloop::emulator {

[[nodiscard]] std::string random_hex(int digits);
/// `Root=1-...;Parent=...;Sampled=0` (AWS X-Ray, "Tracing header").
[[nodiscard]] std::string new_trace_id();

}  // namespace sloop::emulator
