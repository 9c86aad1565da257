// SPDX-License-Identifier: Apache-2.0
//
// For tests: an emulator with its log, and a client of its Invoke calls.
//
//   LocalEmulator local({.command = {"python3", TEST_RUNTIME}});
//   auto outcome = local.invoke({{"act", "echo"}, {"value", 1}});
#pragma once

#include <mutex>
#include <string>

#include "sloop/core/json.hpp"
#include "sloop/emulator/emulator.hpp"
#include "sloop/http/curl_transport.hpp"

namespace sloop::emulator {

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
  Emulator& operator*() { return *emulator_; }
  Emulator* operator->() { return emulator_.get(); }

 private:
  mutable std::mutex log_mutex_;
  std::string log_;
  std::unique_ptr<Emulator> emulator_;
  std::shared_ptr<http::Transport> transport_ = http::make_curl_transport({.proxies = false});
};

}  // namespace sloop::emulator
