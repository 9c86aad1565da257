// SPDX-License-Identifier: Apache-2.0
//
// For tests: a function that serves a fake Runtime API in a thread of this process.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "sloop/lambda/run.hpp"
#include "sloop/testing/fake_runtime_api.hpp"
#include "sloop/testing/wire_tap.hpp"

namespace sloop::lambda {

/// Waits until `condition` holds, at most ten seconds.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

class Function {
 public:
  template <class Handler>
  explicit Function(Handler handler, RunOptions options = {}) {
    start([handler = std::move(handler)](const RunOptions& with) { return run(handler, with); }, std::move(options));
  }
  ~Function() { end(); }

  /// A function with a loop of its own kind.
  static std::unique_ptr<Function> with(std::function<int(const RunOptions&)> main, RunOptions options = {},
                                        const Environment& environment = {}) {
    std::unique_ptr<Function> function(new Function(environment));
    function->start(std::move(main), std::move(options));
    return function;
  }

  int end() {
    api->stop();
    if (thread_.joinable()) thread_.join();
    return status;
  }

  testing::InvocationOutcome invoke(std::string event, const testing::FakeInvocation& invocation = {}) {
    auto outcome = api->invoke(std::move(event), invocation);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome.value_or(testing::InvocationOutcome{});
  }

  [[nodiscard]] std::string log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }

  std::unique_ptr<testing::FakeRuntimeApi> api = testing::FakeRuntimeApi::start().value();
  /// Between the function and the API.
  std::unique_ptr<testing::WireTap> tap = testing::WireTap::start(api->port()).value();
  std::atomic<int> status = -1;

 private:
  explicit Function(Environment environment) : environment_(std::move(environment)) {}

  void start(std::function<int(const RunOptions&)> main, RunOptions options) {
    environment_.runtime_api = tap->address();
    environment_.memory_mb = 128;
    options.environment = std::make_shared<const Environment>(environment_);
    options.warm_up = options.transport != nullptr;
    if (!options.log)
      options.log = std::make_shared<Log>(LogOptions{.write = [this](std::string_view line) {
        const std::lock_guard lock(mutex_);
        log_ += line;
      }});
    thread_ = std::jthread([this, main = std::move(main), options = std::move(options)] { status = main(options); });
  }

  Environment environment_ = {};
  mutable std::mutex mutex_;
  std::string log_;
  std::jthread thread_;
};

}  // namespace sloop::lambda
