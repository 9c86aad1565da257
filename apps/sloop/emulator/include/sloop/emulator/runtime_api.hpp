// SPDX-License-Identifier: Apache-2.0
//
// Lambda's Runtime API (2018-06-01) for one process: a `RuntimeMachine` between the process, which speaks HTTP, and the
// sandbox, which hands out events and waits.
//
//   auto api = RuntimeApi::start();
//   ... start a process with AWS_LAMBDA_RUNTIME_API=api->address()
//   if (api->wait_while({RuntimePhase::started}, deadline) == RuntimePhase::serving) api->offer(event);
//
// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API".
#pragma once

#include <condition_variable>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/emulator/extension_api.hpp"
#include "sloop/emulator/runtime_machine.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

/// Largest payload either way, in bytes.
inline constexpr std::size_t kMaxPayload = 6 * 1024 * 1024 + 100;

struct RuntimeApiOptions {
  /// The process takes several events at once.
  bool concurrent = false;
  /// Largest streamed result, in bytes.
  std::size_t max_stream = StreamLimits().max_bytes;
  /// 0: any free port.
  std::uint16_t port = 0;
  /// Serves the Extensions and Telemetry APIs at the same address; null: they are not there. Must outlive it.
  ExtensionApi* extensions = nullptr;
};

class RuntimeApi {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RuntimeApi>> start(const RuntimeApiOptions& options = {});

  RuntimeApi(const RuntimeApi&) = delete;
  RuntimeApi& operator=(const RuntimeApi&) = delete;

  /// `host:port`, for `AWS_LAMBDA_RUNTIME_API`.
  [[nodiscard]] std::string address() const;

  /// Blocks while the process is in one of `phases`, at most until the deadline; returns the phase then.
  [[nodiscard]] RuntimePhase wait_while(std::initializer_list<RuntimePhase> phases, Deadline deadline);
  /// The same for an invocation.
  [[nodiscard]] InvocationPhase wait_while(std::string_view id, std::initializer_list<InvocationPhase> phases,
                                           Deadline deadline);
  /// Hands out an event.
  void offer(OfferedEvent event);
  /// What was posted for an invocation, or nothing yet.
  [[nodiscard]] std::optional<PostedResult> result(std::string_view id) const;
  /// What was posted to `/init/error` or `/restore/error`.
  [[nodiscard]] std::optional<PostedResult> init_error() const;
  /// Lets a process go on that asked to be restored.
  void restore();
  /// The invocation is out of time: a later result is answered 410.
  void expire(std::string_view id);
  /// Drops what is known of an invocation that is over.
  void forget(std::string_view id);
  /// To be called when the process has ended.
  void process_ended();

 private:
  explicit RuntimeApi(const RuntimeApiOptions& options)
      : options_(options), extensions_(options.extensions), machine_(options.concurrent) {}
  void handle(const serve::Request& request, serve::Exchange& exchange);
  void next(serve::Exchange& exchange);
  void restore_next(serve::Exchange& exchange);
  void take_result(std::string_view path, const serve::Request& request, serve::Exchange& exchange);
  void take_init_error(const serve::Request& request, serve::Exchange& exchange);

  const RuntimeApiOptions options_;
  ExtensionApi* const extensions_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  RuntimeMachine machine_;
  std::unique_ptr<serve::Server> server_;  // last: its threads end before what they use
};

}  // namespace sloop::emulator
