// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/report.hpp"

#include <gtest/gtest.h>

namespace sloop::emulator {
namespace {

TEST(Report, a_cold_start_is_billed_with_its_initialisation) {
  const InvocationReport report{.request_id = "id",
                                .duration = Milliseconds(1.234),
                                .init_duration = Milliseconds(10.5),
                                .memory_size_mb = 128,
                                .max_memory = 3 * 1024 * 1024 + 1};
  EXPECT_EQ(report_line(report),
            "REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 4 "
            "MB\tInit Duration: 10.50 ms\t");
}

TEST(Report, a_failure_says_its_status) {
  InvocationReport report{
      .request_id = "id", .duration = Milliseconds(3000), .memory_size_mb = 128, .status = "timeout"};
  EXPECT_TRUE(report_line(report).ends_with("Max Memory Used: 0 MB\tStatus: timeout\t"));
  report.status = "error";
  report.error_type = "Runtime.ExitError";
  EXPECT_TRUE(report_line(report).ends_with("Status: error\tError Type: Runtime.ExitError\t"));
  EXPECT_EQ(init_report_line(Milliseconds(2), "init", "error", "Runtime.ExitError"),
            "INIT_REPORT Init Duration: 2.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError");
}

}  // namespace
}  // namespace sloop::emulator
