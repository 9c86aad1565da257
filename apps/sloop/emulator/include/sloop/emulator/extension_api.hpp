// SPDX-License-Identifier: Apache-2.0
//
// Lambda's Extensions API (2020-01-01) and Telemetry API (2022-07-01; Logs API 2020-08-15) for one environment: an
// `ExtensionRegistry` behind HTTP, and waits for what the extensions do.
//
//   ExtensionApi api({.function_name = "entertainer"}, log);
//   if (api.serves(request.path())) api.handle(request, exchange);
//   if (!api.wait_ready(deadline)) ...
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/call_options.hpp"
#include "sloop/emulator/environment_log.hpp"
#include "sloop/emulator/extension_registry.hpp"
#include "sloop/emulator/telemetry.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

struct ExtensionApiOptions {
  std::string function_name = "function";
  std::string handler = {};
  /// The environment takes several events at once.
  bool concurrent = false;
};

class ExtensionApi {
 public:
  /// Listens to `log` for its subscribers; the log must outlive it.
  ExtensionApi(ExtensionApiOptions options, EnvironmentLog& log);
  ~ExtensionApi();
  ExtensionApi(const ExtensionApi&) = delete;
  ExtensionApi& operator=(const ExtensionApi&) = delete;

  [[nodiscard]] static bool serves(std::string_view path);
  void handle(const serve::Request& request, serve::Exchange& exchange);

  /// An external extension of that name is about to be started.
  void expect(std::string name);
  /// The process of an external extension has ended.
  void ended(std::string_view name);
  /// Block until all external ones have registered, or all wait for an event. False: the deadline passed, one failed or
  /// `cancel` was called.
  [[nodiscard]] bool wait_registered(Deadline deadline);
  [[nodiscard]] bool wait_ready(Deadline deadline);
  /// The environment is initialised: no further registrations.
  void close();
  /// Gives an event to all that asked for its kind.
  void announce(std::string_view kind, const JsonObject& event);
  /// Ends every wait, now and later.
  void cancel();
  /// Delivers what telemetry waits.
  void stop_telemetry() { telemetry_.stop(); }

  /// `Extension.InitError`, `Extension.ExitError`, `Extension.Crash`, once one failed.
  [[nodiscard]] std::optional<std::string> failure() const;
  [[nodiscard]] bool empty() const;
  [[nodiscard]] bool has_external() const;

 private:
  void register_extension(const serve::Request& request, serve::Exchange& exchange);
  void next(const serve::Request& request, serve::Exchange& exchange);
  void fail(const serve::Request& request, std::string_view kind, serve::Exchange& exchange);
  void subscribe(const serve::Request& request, serve::Exchange& exchange);
  template <class Reached>
  bool wait(Deadline deadline, Reached reached);

  const ExtensionApiOptions options_;
  EnvironmentLog& log_;
  Telemetry telemetry_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  ExtensionRegistry registry_;
  std::optional<std::string> crash_;
  bool cancelled_ = false;
};

}  // namespace sloop::emulator
