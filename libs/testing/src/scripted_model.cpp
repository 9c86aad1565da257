// SPDX-License-Identifier: Apache-2.0
#include "sloop/testing/scripted_model.hpp"

namespace sloop::testing {
namespace {

class ScriptedStream final : public ReplyStream {
 public:
  explicit ScriptedStream(std::vector<StreamEvent> events) : events_(std::move(events)) {}

  Result<std::optional<StreamEvent>> next() override {
    if (at_ == events_.size()) {
      if (!ended_) reply_ = fold_.take();
      ended_ = true;
      return std::optional<StreamEvent>();
    }
    fold_.add(events_[at_]);
    return std::optional(events_[at_++]);
  }
  [[nodiscard]] const ModelReply& reply() const override { return ended_ ? reply_ : fold_.reply(); }

 private:
  std::vector<StreamEvent> events_;
  std::size_t at_ = 0;
  ReplyFold fold_;
  ModelReply reply_;
  bool ended_ = false;
};

}  // namespace

void ScriptedModel::reply(std::string text) {
  reply(std::vector<StreamEvent>{{BlockStart{.block = "0"}},
                                 {BlockDelta{.block = "0", .text = std::move(text)}},
                                 {BlockEnd{.block = "0"}},
                                 {Finish{.reason = FinishReason::stop, .raw = "stop"}}});
}

void ScriptedModel::reply(std::vector<StreamEvent> events) {
  const std::lock_guard lock(mutex_);
  script_.emplace_back(std::move(events));
}

void ScriptedModel::fail(Error error) {
  const std::lock_guard lock(mutex_);
  script_.emplace_back(sloop::fail(std::move(error)));
}

std::vector<ModelRequest> ScriptedModel::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

Result<std::vector<StreamEvent>> ScriptedModel::next(const ModelRequest& request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  if (script_.empty())
    return sloop::fail(ErrorKind::internal, "the scripted model has no reply left: call reply() once more");
  auto events = std::move(script_.front());
  script_.pop_front();
  return events;
}

Result<ModelReply> ScriptedModel::complete(const ModelRequest& request, const CallOptions&) {
  auto events = next(request);
  if (!events) return sloop::fail(events.error());
  ReplyFold fold;
  for (const auto& event : *events) fold.add(event);
  return fold.take();
}

Result<std::unique_ptr<ReplyStream>> ScriptedModel::stream(const ModelRequest& request, const CallOptions&) {
  auto events = next(request);
  if (!events) return sloop::fail(events.error());
  return std::make_unique<ScriptedStream>(std::move(*events));
}

}  // namespace sloop::testing
