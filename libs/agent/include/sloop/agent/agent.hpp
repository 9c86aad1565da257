// SPDX-License-Identifier: Apache-2.0
//
// A model with a task.
//
//   sloop::Agent comedian{{.model = "openai/gpt-4o", .preamble = "You are a comedian."}};
//   auto answer = comedian.prompt("Entertain me!");
//   if (answer) use(answer->text);
//
// Several threads may use one agent at the same time. For a single call of a model without a task, see `open_model`.
#pragma once

#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/agent/run.hpp"
#include "sloop/core/call_options.hpp"
#include "sloop/model/model.hpp"

namespace sloop {

struct AgentOptions {
  /// `provider/model`, e.g. `openai/gpt-4o`; not read when `instance` is given.
  std::string model = {};
  /// What the model is told before every conversation; empty: nothing.
  std::string preamble = {};
  /// Empty: from the provider's environment variable (`OPENAI_API_KEY`).
  std::string api_key = {};
  /// Empty: from the provider's environment variable (`OPENAI_BASE_URL`), else the provider's own.
  std::string base_url = {};
  Sampling sampling = {};
  http::RetryPolicy retry = {};
  /// Of each model call.
  Timeouts timeouts = {};
  /// A model to use instead of opening `model`: one shared by several agents, or a scripted one in a test.
  std::shared_ptr<Model> instance = {};
};

/// A streamed answer as a range of events. An error ends the range; `answer` tells.
/// Used by one thread at a time. Destroying it early ends the call.
class AnswerStream {
 public:
  class Iterator {
   public:
    using value_type = StreamEvent;
    using difference_type = std::ptrdiff_t;

    const StreamEvent& operator*() const { return *stream_->current_; }
    const StreamEvent* operator->() const { return &*stream_->current_; }
    Iterator& operator++() {
      stream_->advance();
      return *this;
    }
    void operator++(int) { stream_->advance(); }
    friend bool operator==(const Iterator& it, std::default_sentinel_t) { return it.at_end(); }

   private:
    friend class AnswerStream;
    explicit Iterator(AnswerStream* stream) : stream_(stream) {}
    [[nodiscard]] bool at_end() const { return !stream_->current_; }
    AnswerStream* stream_;
  };

  /// Waits for the first event. Call once.
  [[nodiscard]] Iterator begin();
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

  /// Goes on without waiting: true when `event` is the next one or the answer is over, false when it has to come yet.
  /// For one thread that looks after many streams, see `collect`.
  [[nodiscard]] bool poll() { return advance(Waiting::no); }
  /// The event that `poll` found; null at the end.
  [[nodiscard]] const StreamEvent* event() const { return current_ ? &*current_ : nullptr; }
  /// The model that is asked; null when there is none.
  [[nodiscard]] Model* model() const { return model_.get(); }

  /// Reads what is left, then returns the answer, or why there is none.
  [[nodiscard]] Result<Answer> answer();
  /// What was said so far, also after an error.
  [[nodiscard]] const ModelReply& partial() const;

 private:
  friend class Agent;
  AnswerStream(Result<std::shared_ptr<Model>> model, AgentRun run, CallOptions options);
  enum class Waiting { no, yes };
  bool advance(Waiting waiting = Waiting::yes);
  void step();
  void open_next();
  void finish(Error error);

  std::shared_ptr<Model> model_;
  AgentRun run_;
  CallOptions options_;
  std::unique_ptr<ReplyStream> reply_;
  ModelReply last_;
  std::optional<StreamEvent> current_;
  std::optional<Error> error_;
  bool begun_ = false;
};

class Agent {
 public:
  /// Does no I/O and never fails: a missing key or an unknown model is the error of the first call, and of `ready`.
  explicit Agent(AgentOptions options);

  /// Whether the agent can be called, with the reason if not.
  [[nodiscard]] Result<void> ready() const;

  /// Asks one question. Blocks. Errors are those of `Model::complete` and `AgentRun::take`.
  [[nodiscard]] Result<Answer> prompt(std::string_view text, const CallOptions& options = {}) const;
  /// Asks within a conversation: `history` gets the question and all messages of the answer, only when that succeeds.
  [[nodiscard]] Result<Answer> chat(std::vector<Message>& history, std::string_view text,
                                    const CallOptions& options = {}) const;
  /// Asks one question and returns the answer as it comes; the call begins with the loop over it.
  [[nodiscard]] AnswerStream stream(std::string_view text, const CallOptions& options = {}) const;
  /// The same within a conversation.
  [[nodiscard]] AnswerStream stream(std::vector<Message> history, std::string_view text,
                                    const CallOptions& options = {}) const;

 private:
  [[nodiscard]] AgentRun start(std::vector<Message> history, std::string_view text) const;

  AgentOptions options_;
  Result<std::shared_ptr<Model>> model_;
};

}  // namespace sloop
