// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/spread.hpp"

#include <algorithm>

#include "turns.hpp"

namespace sloop {

/// Who is next, and who rests until when.
struct SpreadModel::State {
  using Time = std::chrono::steady_clock::time_point;

  SpreadOptions options;
  std::mutex mutex;
  std::size_t next = 0;
  std::vector<Time> rests;

  State(SpreadOptions with, std::size_t members) : options(std::move(with)), rests(members, Time::min()) {}

  /// The members by turn, those that rest behind the others, who is back first before who is back later.
  std::vector<std::size_t> order() {
    const std::lock_guard lock(mutex);
    const auto now = options.now();
    std::vector<std::size_t> out(rests.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = (next + i) % out.size();
    std::ranges::stable_sort(out, {}, [&](std::size_t member) { return std::max(rests[member], now); });
    // Who is asked out of turn does not get the next turn as well.
    if (!out.empty()) next = (out.front() + 1) % out.size();
    return out;
  }

  void note(std::size_t member, const Error& error) {
    if (!options.goes_elsewhere(error)) return;
    const std::lock_guard lock(mutex);
    rests[member] = options.now() + error.retry_after.value_or(options.rest);
  }
};

namespace {

reliability::Turns turns_of(const std::vector<std::shared_ptr<Model>>& members, auto state) {
  reliability::Turns out{.models = {}, .goes_on = state->options.goes_elsewhere};
  auto order = state->order();
  for (const std::size_t member : order) out.models.push_back(members[member]);
  out.failed = [state, order = std::move(order)](std::size_t place, const Error& error) {
    state->note(order[place], error);
  };
  return out;
}

}  // namespace

bool may_go_elsewhere(const Error& error) noexcept {
  switch (error.kind) {
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
    case ErrorKind::rate_limited:
    case ErrorKind::unavailable:
    case ErrorKind::timed_out:
    case ErrorKind::untrusted:
    case ErrorKind::bad_reply: return true;
    case ErrorKind::invalid_input:
    case ErrorKind::not_found:
    case ErrorKind::too_large:
    case ErrorKind::cancelled:
    case ErrorKind::unsupported:
    case ErrorKind::internal: break;
  }
  return false;
}

SpreadModel::SpreadModel(std::vector<std::shared_ptr<Model>> members, SpreadOptions options)
    : members_(std::move(members)), state_(std::make_shared<State>(std::move(options), members_.size())) {}

Result<ModelReply> SpreadModel::complete(const ModelRequest& request, const CallOptions& options) {
  return reliability::complete(turns_of(members_, state_), request, options);
}

Result<std::unique_ptr<ReplyStream>> SpreadModel::stream(const ModelRequest& request, const CallOptions& options) {
  return reliability::stream(turns_of(members_, state_), request, options);
}

Result<std::unique_ptr<ReplyStream>> SpreadModel::start(const ModelRequest& request, const CallOptions& options) {
  return reliability::start(turns_of(members_, state_), request, options);
}

std::uint64_t SpreadModel::progress() const {
  return reliability::progress(members_);
}

Result<void> SpreadModel::wait_progress(std::uint64_t seen, const CallOptions& options) {
  return reliability::wait_progress(members_, seen, options);
}

Result<std::shared_ptr<SpreadModel>> spread_over_keys(std::string_view model, std::span<const std::string> keys,
                                                      const ModelOptions& options, SpreadOptions spread) {
  if (keys.empty()) return fail(ErrorKind::invalid_input, "there are no keys to spread over");
  std::vector<std::shared_ptr<Model>> members;
  for (const auto& key : keys) {
    ModelOptions with = options;
    with.api_key = key;
    auto member = open_model(model, with);
    if (!member) return fail(member.error());
    members.push_back(std::move(*member));
  }
  return std::make_shared<SpreadModel>(std::move(members), std::move(spread));
}

}  // namespace sloop
