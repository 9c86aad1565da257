// SPDX-License-Identifier: Apache-2.0
//
// For tests: an emulator with its log, and a client of its Invoke calls.
//
//   LocalEmulator local({.command = {"python3", TEST_RUNTIME}});
//   auto outcome = local.invoke({{"act", "echo"}, {"value", 1}});
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>

#include "sloop/core/json.hpp"
#include "sloop/emulator/emulator.hpp"
#include "sloop/http/curl_transport.hpp"

namespace sloop::emulator {

/// The runtime whose events say what it does; `environment` is its.
inline SandboxOptions test_runtime(std::map<std::string, std::string> environment = {}) {
  return {.command = {"python3", TEST_RUNTIME},
          .memory_size = 1769,
          .timeout = std::chrono::seconds(30),
          .environment = std::move(environment)};
}

/// A path that nothing else uses; what is there in the end is removed.
class TemporaryPath {
 public:
  TemporaryPath() : path_(std::filesystem::temp_directory_path() / ("sloop-emulator-test-" + new_request_id())) {}
  ~TemporaryPath() { std::filesystem::remove_all(path_); }
  TemporaryPath(const TemporaryPath&) = delete;
  TemporaryPath& operator=(const TemporaryPath&) = delete;

  [[nodiscard]] std::string string() const { return path_.string(); }
  [[nodiscard]] std::string text() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path path_;
};

/// A file that tells the runtime to go on.
class FileSignal {
 public:
  [[nodiscard]] std::string path() const { return path_.string(); }
  void give() const { std::ofstream(path_.string()).put('!'); }

 private:
  TemporaryPath path_;
};

/// Polls until `reached`, at most twenty seconds.
template <class Reached>
bool eventually(Reached reached) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!reached() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return reached();
}

class LocalEmulator {
 public:
  explicit LocalEmulator(EmulatorOptions options) {
    options.sandbox.on_log = [this](std::string_view line) {
      const std::lock_guard lock(log_mutex_);
      log_.append(line).push_back('\n');
    };
    emulator_ = Emulator::start(std::move(options)).value();
  }
  explicit LocalEmulator(SandboxOptions sandbox) : LocalEmulator(EmulatorOptions{.sandbox = std::move(sandbox)}) {}

  SandboxOutcome invoke(const JsonObject& event, const InvokeOptions& options = {}) {
    return emulator_->invoke({.event = write_json(event)}, options).value();
  }
  http::Request request(std::string body, Headers headers = {}, std::string_view name = "function") {
    return {.method = "POST",
            .url = emulator_->url() + "/2015-03-31/functions/" + std::string(name) + "/invocations",
            .headers = std::move(headers),
            .body = std::move(body)};
  }
  http::Response send(const http::Request& request) {
    return transport_->send(request, {.deadline = Deadline::after(std::chrono::seconds(30))}).value();
  }
  http::Response post(std::string body, Headers headers = {}, std::string_view name = "function") {
    return send(request(std::move(body), std::move(headers), name));
  }
  /// Complete after an outcome is there.
  [[nodiscard]] std::string log() const {
    const std::lock_guard lock(log_mutex_);
    return log_;
  }
  /// Waits until the log has `text`, `times` times.
  bool logs(std::string_view text, int times = 1) const {
    return eventually([&] {
      const std::string all = log();
      int found = 0;
      for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++found;
      return found >= times;
    });
  }
  Emulator& operator*() { return *emulator_; }
  Emulator* operator->() { return emulator_.get(); }

 private:
  mutable std::mutex log_mutex_;
  std::string log_;
  std::unique_ptr<Emulator> emulator_;
  std::shared_ptr<http::Transport> transport_ = http::make_curl_transport({.proxies = false});
};

}  // namespace sloop::emulator
