// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/report.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sloop::emulator {
namespace {

constexpr std::uint64_t kMegabyte = 1024 * 1024;

std::int64_t begun_ms(Milliseconds duration) {
  return std::max<std::int64_t>(1, std::llround(std::ceil(duration.count())));
}

std::uint64_t used_mb(const InvocationReport& report) {
  return (report.max_memory + kMegabyte - 1) / kMegabyte;
}

}  // namespace

std::int64_t InvocationReport::billed_ms() const {
  return begun_ms(duration + init_duration.value_or(Milliseconds(0)) + restore_duration.value_or(Milliseconds(0)));
}

std::string report_line(const InvocationReport& report) {
  std::string line = fmt::format(
      "REPORT RequestId: {}\tDuration: {:.2f} ms\tBilled Duration: {} ms\tMemory Size: {} MB\tMax Memory Used: {} MB\t",
      report.request_id, report.duration.count(), report.billed_ms(), report.memory_size_mb, used_mb(report));
  if (report.init_duration) line += fmt::format("Init Duration: {:.2f} ms\t", report.init_duration->count());
  if (report.restore_duration)
    line += fmt::format("Restore Duration: {:.2f} ms\tBilled Restore Duration: {} ms\t",
                        report.restore_duration->count(), begun_ms(*report.restore_duration));
  if (!report.status.empty()) line += fmt::format("Status: {}\t", report.status);
  if (report.status == "error") line += fmt::format("Error Type: {}\t", report.error_type);
  return line;
}

JsonObject report_record(const InvocationReport& report) {
  JsonObject metrics{{"durationMs", report.duration.count()},
                     {"billedDurationMs", report.billed_ms()},
                     {"memorySizeMB", report.memory_size_mb},
                     {"maxMemoryUsedMB", used_mb(report)}};
  if (report.init_duration) metrics["initDurationMs"] = report.init_duration->count();
  if (report.restore_duration) {
    metrics["restoreDurationMs"] = report.restore_duration->count();
    metrics["billedRestoreDurationMs"] = begun_ms(*report.restore_duration);
  }
  JsonObject record{{"requestId", report.request_id},
                    {"status", report.status.empty() ? "success" : report.status},
                    {"metrics", std::move(metrics)}};
  if (!report.error_type.empty()) {
    record["errorType"] = report.error_type;
    if (report.status.empty()) record["status"] = "error";
  }
  return record;
}

std::string init_report_line(Milliseconds duration, std::string_view phase, std::string_view status,
                             std::string_view error_type) {
  std::string line =
      fmt::format("INIT_REPORT Init Duration: {:.2f} ms\tPhase: {}\tStatus: {}", duration.count(), phase, status);
  if (!error_type.empty()) line += fmt::format("\tError Type: {}", error_type);
  return line;
}

}  // namespace sloop::emulator
