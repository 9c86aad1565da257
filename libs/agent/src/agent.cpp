// SPDX-License-Identifier: Apache-2.0
#include "sloop/agent/agent.hpp"

namespace sloop {
namespace {

Result<std::shared_ptr<Model>> model_of(const AgentOptions& options) {
  if (options.instance) return options.instance;
  return open_model(
      options.model,
      {.api_key = options.api_key, .base_url = options.base_url, .retry = options.retry, .timeouts = options.timeouts});
}

/// Calls the model until the run is over.
Result<Answer> drive(Model& model, AgentRun& run, const CallOptions& options) {
  while (const ModelRequest* request = run.next_request()) {
    auto reply = model.complete(*request, options);
    if (!reply) return fail(reply.error());
    if (auto taken = run.take(std::move(*reply)); !taken) return fail(taken.error());
  }
  return run.answer();
}

}  // namespace

Agent::Agent(AgentOptions options) : options_(std::move(options)), model_(model_of(options_)) {}

Result<void> Agent::ready() const {
  if (!model_) return fail(model_.error());
  return {};
}

AgentRun Agent::start(std::vector<Message> history, std::string_view text) const {
  ModelRequest request{.sampling = options_.sampling};
  if (!options_.preamble.empty()) request.messages.push_back(Message::system(options_.preamble));
  std::move(history.begin(), history.end(), std::back_inserter(request.messages));
  request.messages.push_back(Message::user(std::string(text)));
  return AgentRun(std::move(request));
}

Result<Answer> Agent::prompt(std::string_view text, const CallOptions& options) const {
  std::vector<Message> history;
  return chat(history, text, options);
}

Result<Answer> Agent::chat(std::vector<Message>& history, std::string_view text, const CallOptions& options) const {
  if (!model_) return fail(model_.error());
  AgentRun run = start(history, text);
  auto answer = drive(**model_, run, options);
  if (answer) {
    history.push_back(Message::user(std::string(text)));
    history.insert(history.end(), answer->messages.begin(), answer->messages.end());
  }
  return answer;
}

AnswerStream Agent::stream(std::string_view text, const CallOptions& options) const {
  return stream({}, text, options);
}

AnswerStream Agent::stream(std::vector<Message> history, std::string_view text, const CallOptions& options) const {
  return AnswerStream(model_, start(std::move(history), text), options);
}

AnswerStream::AnswerStream(Result<std::shared_ptr<Model>> model, AgentRun run, CallOptions options)
    : run_(std::move(run)), options_(std::move(options)) {
  if (model)
    model_ = std::move(*model);
  else
    error_ = model.error();
}

AnswerStream::Iterator AnswerStream::begin() {
  if (!begun_) advance();
  return Iterator(this);
}

bool AnswerStream::advance(Waiting waiting) {
  begun_ = true;
  current_.reset();
  while (!error_ && !current_ && !run_.over()) {
    if (!reply_) open_next();
    if (!reply_) break;
    if (waiting == Waiting::no && !reply_->ready()) return false;
    step();
  }
  return true;
}

/// The next event, or the end of a reply.
void AnswerStream::step() {
  auto event = reply_->next();
  if (!event) return finish(event.error());
  if (*event) {
    current_ = std::move(*event);
    return;
  }
  last_ = reply_->reply();
  reply_.reset();
  if (auto taken = run_.take(last_); !taken) error_ = taken.error();
}

void AnswerStream::open_next() {
  auto reply = model_->start(*run_.next_request(), options_);
  if (reply)
    reply_ = std::move(*reply);
  else
    error_ = reply.error();
}

void AnswerStream::finish(Error error) {
  last_ = reply_->reply();
  reply_.reset();
  error_ = std::move(error);
}

Result<Answer> AnswerStream::answer() {
  if (!begun_) advance();
  while (current_) advance();
  if (error_) return fail(*error_);
  return run_.answer();
}

const ModelReply& AnswerStream::partial() const {
  return reply_ ? reply_->reply() : last_;
}

}  // namespace sloop
