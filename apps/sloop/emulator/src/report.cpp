// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/report.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sloop::emulator {
namespace {

constexpr std::uint64_t kMegabyte = 1024 * 1024;

}  // namespace

std::int64_t InvocationReport::billed_ms() const {
  return std::max<std::int64_t>(1,
                                std::llround(std::ceil((duration + init_duration.value_or(Milliseconds(0))).count())));
}

std::string report_line(const InvocationReport& report) {
  std::string line = fmt::format(
      "REPORT RequestId: {}\tDuration: {:.2f} ms\tBilled Duration: {} ms\tMemory Size: {} MB\tMax Memory Used: {} MB\t",
      report.request_id, report.duration.count(), report.billed_ms(), report.memory_size_mb,
      (report.max_memory + kMegabyte - 1) / kMegabyte);
  if (report.init_duration) line += fmt::format("Init Duration: {:.2f} ms\t", report.init_duration->count());
  if (!report.status.empty()) line += fmt::format("Status: {}\t", report.status);
  if (report.status == "error") line += fmt::format("Error Type: {}\t", report.error_type);
  return line;
}

std::string init_report_line(Milliseconds duration, std::string_view phase, std::string_view status,
                             std::string_view error_type) {
  std::string line =
      fmt::format("INIT_REPORT Init Duration: {:.2f} ms\tPhase: {}\tStatus: {}", duration.count(), phase, status);
  if (!error_type.empty()) line += fmt::format("\tError Type: {}", error_type);
  return line;
}

}  // namespace sloop::emulator
