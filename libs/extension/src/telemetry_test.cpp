// SPDX-License-Identifier: Apache-2.0
#include "sloop/extension/telemetry.hpp"

#include <gtest/gtest.h>

namespace sloop::extension {
namespace {

TelemetryRecord one(const std::string& type, const std::string& record) {
  auto records =
      parse_telemetry(R"([{"time":"2026-01-31T12:00:00.000Z","type":")" + type + R"(","record":)" + record + "}]");
  EXPECT_TRUE(records) << records.error().message;
  return records->at(0);
}

TEST(Telemetry, every_kind_has_its_type) {
  EXPECT_EQ(one("platform.initStart", R"({"initializationType":"on-demand","phase":"init"})")
                .as<PlatformInitStart>()
                ->initializationType,
            "on-demand");
  EXPECT_EQ(
      one("platform.initRuntimeDone", R"({"phase":"init","status":"success"})").as<PlatformInitRuntimeDone>()->status,
      "success");
  EXPECT_EQ(one("platform.initReport", R"({"phase":"init","metrics":{"durationMs":125.33}})")
                .as<PlatformInitReport>()
                ->metrics.durationMs,
            125.33);
  EXPECT_EQ(one("platform.start", R"({"requestId":"r","version":"$LATEST"})").as<PlatformStart>()->requestId, "r");
  const auto done =
      one("platform.runtimeDone",
          R"({"requestId":"r","status":"timeout","spans":[{"name":"responseLatency","durationMs":2.5}],)"
          R"("metrics":{"durationMs":140,"producedBytes":16},"tracing":{"type":"X-Amzn-Trace-Id","value":"Root=1"}})");
  EXPECT_EQ(done.as<PlatformRuntimeDone>()->spans->at(0).durationMs, 2.5);
  EXPECT_EQ(done.as<PlatformRuntimeDone>()->metrics->producedBytes, 16);
  EXPECT_EQ(done.as<PlatformRuntimeDone>()->tracing->value, "Root=1");
  EXPECT_EQ(one("platform.report", R"({"requestId":"r","status":"success","metrics":{"maxMemoryUsedMB":33}})")
                .as<PlatformReport>()
                ->metrics.maxMemoryUsedMB,
            33);
  EXPECT_EQ(one("platform.restoreStart", R"({"functionName":"f"})").as<PlatformRestoreStart>()->functionName, "f");
  EXPECT_EQ(one("platform.restoreRuntimeDone", R"({"status":"failure","errorType":"Runtime.AfterRestoreError"})")
                .as<PlatformRestoreRuntimeDone>()
                ->errorType,
            "Runtime.AfterRestoreError");
  EXPECT_EQ(one("platform.restoreReport", R"({"metrics":{"restoreDurationMs":3}})")
                .as<PlatformRestoreReport>()
                ->metrics.restoreDurationMs,
            3);
  EXPECT_EQ(one("platform.extension", R"({"name":"e","state":"Ready","events":["INVOKE"]})")
                .as<PlatformExtension>()
                ->events->size(),
            1u);
  EXPECT_EQ(
      one("platform.telemetrySubscription", R"({"name":"e","state":"Subscribed","types":["platform","function"]})")
          .as<PlatformSubscription>()
          ->types->at(1),
      "function");
  EXPECT_EQ(one("platform.logsDropped", R"({"reason":"slow","droppedRecords":123,"droppedBytes":9})")
                .as<PlatformLogsDropped>()
                ->droppedRecords,
            123);
  EXPECT_EQ(one("platform.end", R"({"requestId":"r"})").as<PlatformEnd>()->requestId, "r");
  EXPECT_EQ(one("platform.fault", R"("RequestId: r exited")").as<PlatformFault>()->record, "RequestId: r exited");
  EXPECT_EQ(one("function", R"("a line\n")").as<FunctionLog>()->record, "a line\n");
  EXPECT_EQ(one("extension", R"({"level":"INFO"})").as<ExtensionLog>()->record.at("level"), "INFO");
}

TEST(Telemetry, what_is_not_known_is_kept) {
  EXPECT_EQ(one("platform.new", R"({"a":1})").as<UnknownRecord>()->record.at("a"), 1);
  const auto odd = one("platform.start", R"({"requestId":7})");
  EXPECT_EQ(odd.type, "platform.start");
  EXPECT_EQ(odd.as<UnknownRecord>()->record.at("requestId"), 7);
  EXPECT_EQ(one("platform.start", R"({"requestId":"r","colour":"red"})").as<PlatformStart>()->rest.members.at("colour"),
            "red");
  EXPECT_EQ(parse_telemetry("[7]")->at(0).as<UnknownRecord>()->record, 7);
  EXPECT_EQ(parse_telemetry("{}").error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace sloop::extension
