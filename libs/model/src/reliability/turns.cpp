// SPDX-License-Identifier: Apache-2.0
#include "turns.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace sloop::reliability {
namespace {

/// How long to wait for one model when others may move on as well.
constexpr std::chrono::milliseconds kTurn{5};

Error no_models() {
  return {.kind = ErrorKind::invalid_input, .message = "there is no model to ask"};
}

std::string told(std::size_t place, const Turns& turns, const Error& error) {
  return "model " + std::to_string(place + 1) + " of " + std::to_string(turns.models.size()) + " failed (" +
         std::string(to_string(error.kind)) + ": " + error.message + "); the next was asked";
}

/// Notes a failure; whether the next model is to be asked.
bool goes_on(const Turns& turns, std::size_t place, const Error& error, const CallOptions& options) {
  if (turns.failed) turns.failed(place, error);
  return place + 1 < turns.models.size() && !options.deadline.passed() && !options.stop.stop_requested() &&
         turns.goes_on(error);
}

/// What can't be taken back once it was told.
bool is_content(const StreamEvent& event) {
  return std::holds_alternative<BlockDelta>(event.value) || std::holds_alternative<BlockEnd>(event.value) ||
         std::holds_alternative<Finish>(event.value);
}

class TurnStream final : public ReplyStream {
 public:
  TurnStream(Turns turns, ModelRequest request, CallOptions options)
      : turns_(std::move(turns)), request_(std::move(request)), options_(std::move(options)) {
    begin();
  }

  Result<std::optional<StreamEvent>> next() override {
    while (!settled()) pull();
    if (told_ < held_.size()) return tell();
    if (failure_) return fail(*failure_);
    if (!finished_) reply_ = fold_.take();
    finished_ = true;
    stream_.reset();
    return std::nullopt;
  }

  [[nodiscard]] bool ready() override {
    while (!settled() && stream_->ready()) pull();
    return settled();
  }

  [[nodiscard]] const ModelReply& reply() const override { return finished_ ? reply_ : fold_.reply(); }

  /// Blocks until a model has said something, or all have failed.
  Result<void> wait_content() {
    while (!settled()) pull();
    if (failure_ && !released_) return fail(*failure_);
    return {};
  }

 private:
  /// Whether `next` has something to return.
  [[nodiscard]] bool settled() const { return (released_ && told_ < held_.size()) || failure_ || ended_; }

  std::optional<StreamEvent> tell() {
    StreamEvent event = std::move(held_[told_++]);
    if (told_ == held_.size()) {
      held_.clear();
      told_ = 0;
    }
    fold_.add(event);
    return event;
  }

  void begin() {
    auto stream = turns_.models[place_]->start(request_, options_);
    if (stream)
      stream_ = std::move(*stream);
    else
      take_failure(stream.error());
  }

  void pull() {
    auto event = stream_->next();
    if (!event) return take_failure(event.error());
    if (!*event) {
      ended_ = released_ = true;
      return;
    }
    released_ = released_ || is_content(**event);
    held_.push_back(std::move(**event));
  }

  void take_failure(const Error& error) {
    // What was told can't be taken back.
    if (!goes_on(turns_, place_, error, options_) || released_) {
      failure_ = error;
      return;
    }
    warnings_.push_back(told(place_, turns_, error));
    held_.clear();
    for (const auto& text : warnings_) held_.push_back({.value = Warning{text}});
    stream_.reset();
    ++place_;
    begin();
  }

  Turns turns_;
  ModelRequest request_;
  CallOptions options_;
  std::size_t place_ = 0;
  std::unique_ptr<ReplyStream> stream_;
  std::vector<std::string> warnings_;
  /// Events that are not told yet, from `told_` on; until the first content none is.
  std::vector<StreamEvent> held_;
  std::size_t told_ = 0;
  bool released_ = false;
  ReplyFold fold_;
  ModelReply reply_;
  std::optional<Error> failure_;
  bool ended_ = false;
  bool finished_ = false;
};

}  // namespace

Result<ModelReply> complete(const Turns& turns, const ModelRequest& request, const CallOptions& options) {
  std::vector<std::string> warnings;
  for (std::size_t place = 0; place < turns.models.size(); ++place) {
    auto reply = turns.models[place]->complete(request, options);
    if (reply) {
      reply->warnings.insert(reply->warnings.begin(), std::make_move_iterator(warnings.begin()),
                             std::make_move_iterator(warnings.end()));
      return reply;
    }
    if (!goes_on(turns, place, reply.error(), options)) return reply;
    warnings.push_back(told(place, turns, reply.error()));
  }
  return fail(no_models());
}

Result<std::unique_ptr<ReplyStream>> start(Turns turns, const ModelRequest& request, const CallOptions& options) {
  if (turns.models.empty()) return fail(no_models());
  return std::make_unique<TurnStream>(std::move(turns), request, options);
}

Result<std::unique_ptr<ReplyStream>> stream(Turns turns, const ModelRequest& request, const CallOptions& options) {
  if (turns.models.empty()) return fail(no_models());
  auto out = std::make_unique<TurnStream>(std::move(turns), request, options);
  if (auto content = out->wait_content(); !content) return fail(content.error());
  return out;
}

std::uint64_t progress(std::span<const std::shared_ptr<Model>> models) {
  return std::accumulate(models.begin(), models.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& model) { return sum + model->progress(); });
}

Result<void> wait_progress(std::span<const std::shared_ptr<Model>> models, std::uint64_t seen,
                           const CallOptions& options) {
  if (models.empty() || progress(models) > seen) return {};
  if (models.size() == 1) return models.front()->wait_progress(seen, options);
  // Each drives its own transport's I/O only.
  for (const auto& model : models) {
    CallOptions soon = options;
    soon.deadline = std::min(options.deadline, Deadline::after(kTurn));
    const auto waited = model->wait_progress(model->progress(), soon);
    if (!waited && (waited.error().kind != ErrorKind::timed_out || options.deadline.passed())) return waited;
    if (progress(models) > seen) break;
  }
  return {};
}

}  // namespace sloop::reliability
