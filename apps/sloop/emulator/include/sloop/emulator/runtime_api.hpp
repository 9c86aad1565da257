// SPDX-License-Identifier: Apache-2.0
//
// Lambda's Runtime API (2018-06-01) for one process: a state machine between the process, which speaks HTTP, and the
// sandbox, which hands out events and waits.
//
//   auto api = RuntimeApi::start();
//   ... start a process with AWS_LAMBDA_RUNTIME_API=api->address()
//   if (api->wait_while({RuntimeState::started}, deadline) == RuntimeState::ready) api->offer(event);
//
// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API"; the states and texts are those of the AWS Lambda
// Runtime Interface Emulator.
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
#include "sloop/core/headers.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

/// Largest payload either way, in bytes.
inline constexpr std::size_t kMaxPayload = 6 * 1024 * 1024 + 100;

enum class RuntimeState {
  /// The process runs and has not asked for an event.
  started,
  /// It waits for an event.
  ready,
  /// An event is there for it to take.
  offered,
  /// It has the event.
  running,
  /// It posted a result and has not asked for another event.
  responded,
  /// It posted to `/init/error`.
  init_failed,
  /// The process has ended.
  ended,
};

/// An event with the headers that go with it.
struct OfferedEvent {
  std::string request_id = {};
  Headers headers = {};
  std::string body = {};
};

/// What the process posted.
struct PostedResult {
  bool is_error = false;
  std::string body = {};
  /// `Category.Reason` of an error.
  std::string error_type = {};
};

class RuntimeApi {
 public:
  [[nodiscard]] static Result<std::unique_ptr<RuntimeApi>> start();

  RuntimeApi(const RuntimeApi&) = delete;
  RuntimeApi& operator=(const RuntimeApi&) = delete;

  /// `host:port`, for `AWS_LAMBDA_RUNTIME_API`.
  [[nodiscard]] std::string address() const;

  /// Blocks while the state is one of `states`, at most until the deadline; returns the state then.
  [[nodiscard]] RuntimeState wait_while(std::initializer_list<RuntimeState> states, Deadline deadline);
  /// Hands out an event; the state must be `ready`.
  void offer(OfferedEvent event);
  /// What was posted since the last `offer`, or to `/init/error`.
  [[nodiscard]] std::optional<PostedResult> posted() const;
  /// To be called when the process has ended.
  void process_ended();

 private:
  struct Refusal {
    int status;
    std::string type;
    std::string message;
  };

  RuntimeApi() = default;
  void handle(const serve::Request& request, serve::Exchange& exchange);
  void next(serve::Exchange& exchange);
  void take_result(std::string_view path, const serve::Request& request, serve::Exchange& exchange);
  void take_init_error(const serve::Request& request, serve::Exchange& exchange);
  [[nodiscard]] std::optional<Refusal> accept_result(std::string_view id, bool is_error, const serve::Request& request);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  RuntimeState state_ = RuntimeState::started;
  OfferedEvent event_;
  std::optional<PostedResult> posted_;
  std::unique_ptr<serve::Server> server_;  // last: its threads end before what they use
};

}  // namespace sloop::emulator
