// SPDX-License-Identifier: Apache-2.0
//
// The local Lambda: the Invoke calls of the real service in front of functions.
//
//   auto emulator = Emulator::start({.sandbox = {.command = {"./bootstrap"}, .name = "entertainer"}, .port = 9000});
//   // POST http://127.0.0.1:9000/2015-03-31/functions/entertainer/invocations
//   auto outcome = (*emulator)->invoke({.event = "{}"});  // and without HTTP, for other front doors
//
// Source: AWS Lambda API Reference, "Invoke" (2015-03-31), "InvokeWithResponseStream" (2021-11-15).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/emulator/async_queue.hpp"
#include "sloop/emulator/fleet.hpp"
#include "sloop/emulator/sandbox.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

struct EmulatorOptions {
  /// The function; the first one where there are several.
  SandboxOptions sandbox = {};
  /// Functions beside it, of other names.
  std::vector<SandboxOptions> more = {};
  FleetOptions fleet = {};
  AsyncOptions async = {};
  std::string address = "127.0.0.1";
  /// 0: any free port.
  std::uint16_t port = 0;
};

struct InvokeOptions {
  /// Name of the function; empty: the first.
  std::string function = {};
  /// Gets the result as it comes, on the calling thread; empty: the result is collected. A function that does not
  /// stream gives its result in one chunk.
  ResponseReceiver receiver = {};
  /// Return as soon as the function has answered: without `report` and `log_tail`, while the function may go on.
  bool early = false;
};

class Emulator {
 public:
  /// Listens; a function itself is started by its first event. Fails as `serve::Server::start`, and with
  /// `invalid_input` when the options are outside Lambda's limits.
  [[nodiscard]] static Result<std::unique_ptr<Emulator>> start(EmulatorOptions options);

  /// Ends the functions and fails what they serve.
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  /// `http://127.0.0.1:9000`, the `endpoint_url` of AWS's SDKs.
  [[nodiscard]] std::string url() const { return server_->url(); }
  [[nodiscard]] const std::string& limits_problem() const { return first().fleet->limits_problem(); }
  /// Of the first function.
  [[nodiscard]] const SandboxOptions& options() const { return first().fleet->sandbox(); }
  [[nodiscard]] std::string arn() const { return function_arn(options()); }
  /// Names of all, the first one first.
  [[nodiscard]] std::vector<std::string> functions() const;
  /// Where the first function's Runtime API waits for a program to attach; empty: it starts one itself.
  [[nodiscard]] std::string runtime_address() const { return first().fleet->runtime_address(); }
  /// The environments of the first function.
  [[nodiscard]] const Fleet& fleet() const { return *first().fleet; }

  /// Serves one event and waits for its outcome; a failure of the function is an outcome. Any thread may call this.
  /// Fails with `not_found` (no such function), `rate_limited` (too many events at once) or `cancelled` (the emulator
  /// is ended).
  [[nodiscard]] Result<SandboxOutcome> invoke(const SandboxInvocation& invocation, const InvokeOptions& options = {});
  /// Serves one event later and again when it fails, as Lambda's asynchronous invocation does. Fails with `not_found`.
  [[nodiscard]] Result<void> enqueue(const SandboxInvocation& invocation, std::string_view function = {});
  /// Blocks until no asynchronous event is left; false when the deadline passed before.
  [[nodiscard]] bool wait_idle(Deadline deadline);
  /// Ends the functions and fails what they serve, now and later. Any thread may call this.
  void interrupt();

 private:
  struct Function {
    std::unique_ptr<Fleet> fleet;
    std::unique_ptr<AsyncQueue> queue;  // last: what it delivers runs in the fleet
  };

  explicit Emulator(EmulatorOptions options);
  [[nodiscard]] const Function& first() const { return functions_.front(); }
  [[nodiscard]] Result<Function*> find(std::string_view name);
  void handle(const serve::Request& request, serve::Exchange& exchange);
  void add(SandboxOptions sandbox, const EmulatorOptions& options);

  std::mutex log_mutex_;
  std::vector<Function> functions_;
  std::unique_ptr<serve::Server> server_;
};

}  // namespace sloop::emulator
