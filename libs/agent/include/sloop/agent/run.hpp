// SPDX-License-Identifier: Apache-2.0
//
// One run of an agent as a value: what was said, what it cost, and what is to be done next. No model, no clock, no
// thread: a driver asks for the next step, does it, and hands the outcome in.
//
//   AgentRun run({.messages = {Message::user("Hello")}});
//   while (const ModelRequest* request = run.next_request())
//     if (auto taken = run.take(call(*request)); !taken) ...
//   use(run.answer());
//
// A run can be written as JSON between any two steps and taken up elsewhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sloop/core/json.hpp"
#include "sloop/model/reply.hpp"
#include "sloop/model/request.hpp"

namespace sloop {

/// What an agent answered.
struct Answer {
  /// All text of the last message.
  std::string text = {};
  /// The messages that the run added to the history, the answer last.
  std::vector<Message> messages = {};
  FinishReason finish = FinishReason::other;
  std::string finish_raw = {};
  /// Summed over all calls of the run.
  Usage usage = {};
  /// The last call's usage as the provider sent it; null when it sent none.
  Json provider_usage = nullptr;
  std::vector<std::string> warnings = {};
};

class AgentRun {
 public:
  /// Starts with a conversation (preamble and history included), tools and sampling parameters.
  explicit AgentRun(ModelRequest request);

  /// The call of the model that is due; null when the run is over. Valid until the next change.
  [[nodiscard]] const ModelRequest* next_request() const;

  /// Hands in the reply to `next_request`. Fails, and ends the run, with `unsupported` when the model asks for a tool
  /// that the run does not have; what was said is kept.
  [[nodiscard]] Result<void> take(ModelReply reply);

  [[nodiscard]] bool over() const { return state_ == State::over; }
  /// What was answered so far.
  [[nodiscard]] const Answer& answer() const { return answer_; }
  /// The whole conversation so far.
  [[nodiscard]] const std::vector<Message>& messages() const { return request_.messages; }

  [[nodiscard]] Json to_json() const;
  /// Fails with `invalid_input`; the message names the path of the bad field.
  [[nodiscard]] static Result<AgentRun> from_json(const Json& value);

 private:
  enum class State { model, over };
  struct Saved;

  State state_ = State::model;
  ModelRequest request_;
  Answer answer_;
};

}  // namespace sloop
