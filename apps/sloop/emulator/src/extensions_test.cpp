// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "local_emulator.hpp"
#include "sloop/emulator/extension_registry.hpp"

namespace sloop::emulator {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// A function with the external extension of the tests, and what that tells.
class WithExtension {
 public:
  explicit WithExtension(const std::string& act = "") {
    std::filesystem::create_directory(folder_.string());
    std::filesystem::create_symlink(TEST_EXTENSION, folder_.string() + "/shipper");
    options_.sandbox = test_runtime({{"EXTENSION_OUT", out_.string()}, {"EXTENSION_ACT", act}});
    options_.sandbox.extensions = folder_.string();
  }
  LocalEmulator start() { return LocalEmulator(options_); }
  EmulatorOptions& options() { return options_; }

  /// The values of a kind, as JSON text.
  [[nodiscard]] std::vector<std::string> told(std::string_view kind) const {
    std::vector<std::string> values;
    std::istringstream lines(out_.text());
    for (std::string line; std::getline(lines, line);) {
      const auto json = parse_json(line);
      if (json && find_string(*json, "kind") == kind) values.push_back(write_json(*find(*json, "value")));
    }
    return values;
  }
  /// The types of the telemetry that came.
  [[nodiscard]] std::vector<std::string> telemetry() const {
    std::vector<std::string> types;
    for (const auto& record : told("telemetry")) types.emplace_back(find_string(parse_json(record).value(), "type"));
    return types;
  }

 private:
  TemporaryPath folder_;
  TemporaryPath out_;
  EmulatorOptions options_;
};

TEST(Extensions, an_external_one_is_told_of_every_event_and_of_the_end) {
  WithExtension with;
  with.options().fleet.idle_lifetime = 50ms;
  auto local = with.start();
  const auto outcome = local.invoke({{"act", "echo"}, {"value", 1}});
  EXPECT_EQ(outcome.body, "1");
  EXPECT_TRUE(eventually([&] { return with.told("event").size() == 2; }));
  EXPECT_THAT(with.told("registered"), ElementsAre(HasSubstr(R"("accountId":"000000000000")")));
  EXPECT_THAT(with.told("event").at(0), HasSubstr(R"("eventType":"INVOKE")"));
  EXPECT_THAT(with.told("event").at(0), HasSubstr("\"requestId\":\"" + outcome.report.request_id));
  EXPECT_THAT(with.told("event").at(1), HasSubstr(R"("shutdownReason":"SPINDOWN")"));
}

TEST(Extensions, telemetry_tells_of_the_whole_life) {
  WithExtension with;
  auto local = with.start();
  (void)local.invoke({{"act", "error"}, {"type", "Function.Broken"}});
  EXPECT_TRUE(eventually([&] { return !with.telemetry().empty() && with.telemetry().back() == "platform.report"; }));
  EXPECT_THAT(with.telemetry(),
              testing::IsSupersetOf({"platform.initStart", "platform.extension", "platform.telemetrySubscription",
                                     "platform.initRuntimeDone", "platform.initReport", "platform.start", "function",
                                     "platform.runtimeDone", "platform.report"}));
  EXPECT_THAT(with.told("subscribed"), ElementsAre(R"([200,"OK"])"));
  EXPECT_THAT(with.told("refused"), ElementsAre(R"([400,"ValidationError"])"));
}

TEST(Extensions, wrong_calls_are_refused_by_type) {
  WithExtension with("refuse");
  auto local = with.start();
  (void)local.invoke({});
  const auto refused = with.told("refused");
  for (const char* type : {"MissingExtensionIdentifier", "InvalidExtensionIdentifier", "UnknownExtensionIdentifier",
                           "InvalidRequestFormat", "InvalidExtensionName", "InvalidEventType", "MissingHeader"})
    EXPECT_THAT(refused, Contains("[403,\"Extension." + std::string(type) + "\"]"));
}

TEST(Extensions, one_that_fails_fails_the_initialisation) {
  WithExtension crashing("crash");
  auto local = crashing.start();
  EXPECT_EQ(local.invoke({}).error_type, "Extension.Crash");
  EXPECT_THAT(local.log(), HasSubstr("Error Type: Extension.Crash"));
  WithExtension reporting("init_error");
  EXPECT_EQ(reporting.start().invoke({}).error_type, "Extension.InitError");
}

TEST(Extensions, an_external_one_learns_why_the_function_ended) {
  WithExtension with;
  with.options().sandbox.timeout = 1s;
  auto local = with.start();
  const FileSignal never;
  EXPECT_EQ(local.invoke({{"act", "wait"}, {"after", never.path()}}).report.status, "timeout");
  EXPECT_TRUE(eventually([&] { return with.told("event").size() == 2; }));
  EXPECT_THAT(with.told("event").at(1), HasSubstr(R"("shutdownReason":"TIMEOUT")"));
  (void)local.invoke({{"act", "leave"}});
  EXPECT_TRUE(eventually([&] { return with.told("event").size() == 4; }));
  EXPECT_THAT(with.told("event").at(3), HasSubstr(R"("shutdownReason":"FAILURE")"));
}

TEST(Extensions, an_internal_one_lets_the_function_end_in_order) {
  EmulatorOptions options{.sandbox = test_runtime({{"AT_START", "sigterm"}}), .fleet = {.idle_lifetime = 50ms}};
  LocalEmulator local(std::move(options));
  EXPECT_EQ(local.invoke({{"act", "echo"}, {"value", 1}}).body, "1");
  EXPECT_TRUE(local.logs("told to end"));
}

TEST(ExtensionRegistry, an_extension_too_many_or_too_late_is_refused) {
  ExtensionRegistry registry;
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(registry.add("x" + std::to_string(i), "{}"));
  EXPECT_EQ(registry.add("more", "{}").error().type, "Extension.TooManyExtensions");
  ExtensionRegistry closed;
  closed.close();
  EXPECT_EQ(closed.add("late", "{}").error().type, "Extension.RegistrationClosed");
}

TEST(ExtensionRegistry, with_several_events_at_once_none_is_told_of_them) {
  ExtensionRegistry registry(true);
  registry.expect("outer");
  EXPECT_TRUE(registry.add("outer", R"({"events":["SHUTDOWN"]})"));
  EXPECT_EQ(registry.add("inner", R"({"events":["INVOKE"]})").error().message,
            "No events allowed for internal extensions");
}

TEST(ExtensionRegistry, all_are_ready_when_each_waits_for_an_event) {
  ExtensionRegistry registry;
  registry.expect("outer");
  EXPECT_FALSE(registry.all_registered());
  const auto id = registry.add("outer", R"({"events":["INVOKE"]})").value();
  EXPECT_FALSE(registry.all_ready());
  EXPECT_FALSE(registry.ask_next(id));
  EXPECT_TRUE(registry.all_ready());
  registry.announce("INVOKE", {{"eventType", "INVOKE"}});
  EXPECT_FALSE(registry.all_ready());
  EXPECT_TRUE(registry.take_next(id));
  EXPECT_FALSE(registry.ask_next(id));
  EXPECT_TRUE(registry.all_ready());
}

}  // namespace
}  // namespace sloop::emulator
