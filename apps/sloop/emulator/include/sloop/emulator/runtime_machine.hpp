// SPDX-License-Identifier: Apache-2.0
//
// Which call of the Runtime API is allowed when: the states of a process and of its invocations, as values without
// sockets, clocks or locks.
//
//   RuntimeMachine machine;
//   machine.ask_next();                      // the process waits for an event
//   machine.offer({.request_id = "id"});
//   machine.take_next();                     // and has it
//   machine.begin_result("id", {});          // it posts ...
//   machine.end_result("id", {.body = "1"});
//
// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API"; the states and texts are those of the AWS Lambda
// Runtime Interface Emulator.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/headers.hpp"
#include "sloop/emulator/response_channel.hpp"

namespace sloop::emulator {

/// Where a process is.
enum class RuntimePhase {
  /// It runs and has not asked for an event.
  started,
  /// It asked to be restored (SnapStart): what a snapshot would hold.
  restore_ready,
  /// It was restored and has not asked for an event.
  restoring,
  /// It has asked for an event: initialisation is over.
  serving,
  /// It posted to `/init/error`.
  init_failed,
  /// It posted to `/restore/error`.
  restore_failed,
  ended,
};

/// Where an invocation is.
enum class InvocationPhase {
  /// There for the process to take.
  offered,
  running,
  /// A result, or an error, is being posted.
  responding,
  failing,
  /// The result is there whole; the process has not asked for another event.
  responded,
  /// The process has asked for another event, or takes several at once.
  done,
  /// Out of time: a result is not taken any more.
  expired,
  /// The process ended before it was done; or there is no such invocation.
  lost,
};

/// An event with the headers that go with it.
struct OfferedEvent {
  std::string request_id = {};
  Headers headers = {};
  std::string body = {};
  /// Where a streamed result goes; null: it is collected.
  std::shared_ptr<ResponseChannel> channel = {};
};

/// What the process posted.
struct PostedResult {
  bool is_error = false;
  /// Empty for a result that went to a channel.
  std::string body = {};
  /// `Category.Reason` of an error.
  std::string error_type = {};
  std::string content_type = {};
  /// Whether the function streamed it.
  bool streamed = false;
};

/// An answer that refuses a call.
struct Refusal {
  int status = 403;
  std::string type = {};
  std::string message = {};
};

class RuntimeMachine {
 public:
  /// `concurrent`: the process takes several events at once (Lambda Managed Instances).
  explicit RuntimeMachine(bool concurrent = false) : concurrent_(concurrent) {}

  // The platform's side.

  void offer(OfferedEvent event);
  /// Lets a process go on that asked to be restored.
  void restore();
  /// The invocation is out of time; the process may go on.
  void expire(std::string_view id);
  void end();
  [[nodiscard]] RuntimePhase phase() const { return phase_; }
  [[nodiscard]] InvocationPhase invocation(std::string_view id) const;
  /// What was posted for the invocation, once it is there whole; null before.
  [[nodiscard]] const PostedResult* result(std::string_view id) const;
  /// What was posted to `/init/error` or `/restore/error`.
  [[nodiscard]] const std::optional<PostedResult>& init_error() const { return init_error_; }
  /// Drops what is known of an invocation that is over.
  void forget(std::string_view id);

  // The process's side. A refusal leaves the state as it was, unless it says otherwise.

  [[nodiscard]] std::optional<Refusal> ask_next();
  /// The event to hand out now; null: there is none yet. After `ask_next`.
  [[nodiscard]] const OfferedEvent* take_next();
  [[nodiscard]] std::optional<Refusal> ask_restore();
  /// A wrong response mode fails the invocation.
  [[nodiscard]] std::optional<Refusal> begin_result(std::string_view id, bool is_error,
                                                    std::optional<std::string_view> response_mode = {});
  void end_result(std::string_view id, PostedResult result);
  [[nodiscard]] std::optional<Refusal> fail_init(PostedResult error);
  [[nodiscard]] std::optional<Refusal> fail_restore(PostedResult error);
  /// The channel of an invocation; null: its result is collected.
  [[nodiscard]] std::shared_ptr<ResponseChannel> channel(std::string_view id) const;

 private:
  struct Slot {
    OfferedEvent event;
    InvocationPhase phase = InvocationPhase::offered;
    std::optional<PostedResult> result = {};
  };

  [[nodiscard]] Slot* find(std::string_view id);
  [[nodiscard]] const Slot* find(std::string_view id) const;
  [[nodiscard]] std::string name_of_state() const;

  bool concurrent_;
  RuntimePhase phase_ = RuntimePhase::started;
  std::optional<PostedResult> init_error_;
  std::map<std::string, Slot, std::less<>> slots_;
  /// In the order of their coming.
  std::deque<std::string> offered_;
  /// The event that the process has, where it takes one at a time.
  std::string current_;
};

/// `{"errorMessage":...,"errorType":...}`, the form of every error of the Runtime API.
[[nodiscard]] std::string runtime_error_body(std::string_view type, std::string_view message);

}  // namespace sloop::emulator
