// SPDX-License-Identifier: Apache-2.0
#include "sloop/emulator/runtime_machine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sloop/core/json.hpp"

namespace sloop::emulator {
namespace {

std::string_view name_of(RuntimePhase phase) {
  switch (phase) {
    case RuntimePhase::started: return "Started";
    case RuntimePhase::restore_ready: return "RestoreReady";
    case RuntimePhase::restoring: return "Restoring";
    case RuntimePhase::serving: return "Ready";
    case RuntimePhase::init_failed: return "InitError";
    case RuntimePhase::restore_failed: return "RestoreError";
    case RuntimePhase::ended: return "Ended";
  }
  return "";
}

std::string_view name_of(InvocationPhase phase) {
  switch (phase) {
    case InvocationPhase::running: return "Running";
    case InvocationPhase::responding: return "InvocationResponse";
    case InvocationPhase::failing: return "InvocationErrorResponse";
    case InvocationPhase::responded: return "ResponseSent";
    default: return "Ready";
  }
}

Refusal no_transition(std::string_view from, std::string_view to) {
  return {403, "InvalidStateTransition", fmt::format("Transition from {} to {} is not allowed.", from, to)};
}

bool is_over(InvocationPhase phase) {
  return phase == InvocationPhase::done || phase == InvocationPhase::expired || phase == InvocationPhase::lost;
}

}  // namespace

std::string runtime_error_body(std::string_view type, std::string_view message) {
  return write_json(JsonObject{{"errorMessage", message}, {"errorType", type}});
}

RuntimeMachine::Slot* RuntimeMachine::find(std::string_view id) {
  const auto found = slots_.find(id);
  return found == slots_.end() ? nullptr : &found->second;
}

const RuntimeMachine::Slot* RuntimeMachine::find(std::string_view id) const {
  const auto found = slots_.find(id);
  return found == slots_.end() ? nullptr : &found->second;
}

std::string RuntimeMachine::name_of_state() const {
  const Slot* slot = find(current_);
  return std::string(phase_ == RuntimePhase::serving && slot != nullptr ? name_of(slot->phase) : name_of(phase_));
}

void RuntimeMachine::offer(OfferedEvent event) {
  const std::string id = event.request_id;
  offered_.push_back(id);
  slots_.insert_or_assign(id, Slot{.event = std::move(event)});
  if (phase_ == RuntimePhase::ended) find(id)->phase = InvocationPhase::lost;
}

void RuntimeMachine::restore() {
  if (phase_ == RuntimePhase::restore_ready) phase_ = RuntimePhase::restoring;
}

void RuntimeMachine::expire(std::string_view id) {
  Slot* slot = find(id);
  if (slot == nullptr || is_over(slot->phase)) return;
  slot->phase = InvocationPhase::expired;
  std::erase(offered_, id);
}

void RuntimeMachine::end() {
  // A process that reported its failure ends by itself; the report is what counts.
  if (phase_ != RuntimePhase::init_failed && phase_ != RuntimePhase::restore_failed) phase_ = RuntimePhase::ended;
  for (auto& [id, slot] : slots_)
    if (!is_over(slot.phase)) slot.phase = InvocationPhase::lost;
}

InvocationPhase RuntimeMachine::invocation(std::string_view id) const {
  const Slot* slot = find(id);
  return slot == nullptr ? InvocationPhase::lost : slot->phase;
}

const PostedResult* RuntimeMachine::result(std::string_view id) const {
  const Slot* slot = find(id);
  return slot == nullptr || !slot->result ? nullptr : &*slot->result;
}

std::shared_ptr<ResponseChannel> RuntimeMachine::channel(std::string_view id) const {
  const Slot* slot = find(id);
  return slot == nullptr ? nullptr : slot->event.channel;
}

void RuntimeMachine::forget(std::string_view id) {
  const auto found = slots_.find(id);
  if (found == slots_.end()) return;
  // A late result must still be answered as late.
  if (found->second.phase == InvocationPhase::expired) {
    found->second.event = {};
    return;
  }
  std::erase(offered_, id);
  if (current_ == id) current_.clear();
  slots_.erase(found);
}

std::optional<Refusal> RuntimeMachine::ask_next() {
  if (phase_ == RuntimePhase::started || phase_ == RuntimePhase::restoring) {
    phase_ = RuntimePhase::serving;
    return std::nullopt;
  }
  if (phase_ != RuntimePhase::serving) return no_transition(name_of(phase_), "Ready");
  Slot* slot = concurrent_ ? nullptr : find(current_);
  if (slot == nullptr) return std::nullopt;
  if (slot->phase == InvocationPhase::responding || slot->phase == InvocationPhase::failing)
    return no_transition(name_of(slot->phase), "Ready");
  if (slot->phase == InvocationPhase::responded) {
    slot->phase = InvocationPhase::done;
    current_.clear();
  }
  return std::nullopt;
}

const OfferedEvent* RuntimeMachine::take_next() {
  // A process that asks again without having answered gets the same event: its first answer may have been lost.
  if (const Slot* slot = concurrent_ ? nullptr : find(current_);
      slot != nullptr && slot->phase == InvocationPhase::running)
    return &slot->event;
  if (phase_ != RuntimePhase::serving || offered_.empty()) return nullptr;
  current_ = offered_.front();
  offered_.pop_front();
  Slot* slot = find(current_);
  slot->phase = InvocationPhase::running;
  return &slot->event;
}

std::optional<Refusal> RuntimeMachine::ask_restore() {
  if (phase_ != RuntimePhase::started) return no_transition(name_of_state(), "RestoreReady");
  phase_ = RuntimePhase::restore_ready;
  return std::nullopt;
}

std::optional<Refusal> RuntimeMachine::begin_result(std::string_view id, bool is_error,
                                                    std::optional<std::string_view> response_mode) {
  Slot* slot = find(id);
  if (slot == nullptr) return Refusal{400, "InvalidRequestID", "Invalid request ID"};
  if (slot->phase == InvocationPhase::expired)
    return Refusal{410, "InvokeTimeout", "The invocation has timed out; its result is not taken any more."};
  if (slot->phase != InvocationPhase::running)
    return no_transition(name_of(slot->phase), is_error ? "InvocationErrorResponse" : "InvocationResponse");
  if (response_mode && !equal_ignoring_case(*response_mode, "streaming")) {
    const std::string message = fmt::format("Invalid function response mode: {}", *response_mode);
    end_result(id, {.is_error = true,
                    .body = runtime_error_body("Runtime.InvalidResponseModeHeader", message),
                    .error_type = "Runtime.InvalidResponseModeHeader"});
    return Refusal{400, "InvalidFunctionResponseMode", message};
  }
  slot->phase = is_error ? InvocationPhase::failing : InvocationPhase::responding;
  return std::nullopt;
}

void RuntimeMachine::end_result(std::string_view id, PostedResult result) {
  Slot* slot = find(id);
  if (slot == nullptr || is_over(slot->phase)) return;
  slot->result = std::move(result);
  // With several events at once, no later call tells which of them is over.
  slot->phase = concurrent_ ? InvocationPhase::done : InvocationPhase::responded;
}

std::optional<Refusal> RuntimeMachine::fail_init(PostedResult error) {
  // While it is restored, a process may say so by either call.
  if (phase_ == RuntimePhase::restoring) return fail_restore(std::move(error));
  if (phase_ != RuntimePhase::started) return no_transition(name_of_state(), "InitError");
  phase_ = RuntimePhase::init_failed;
  init_error_ = std::move(error);
  return std::nullopt;
}

std::optional<Refusal> RuntimeMachine::fail_restore(PostedResult error) {
  if (phase_ != RuntimePhase::restoring) return no_transition(name_of_state(), "RestoreError");
  phase_ = RuntimePhase::restore_failed;
  init_error_ = std::move(error);
  return std::nullopt;
}

}  // namespace sloop::emulator
