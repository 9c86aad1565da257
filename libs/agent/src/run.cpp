// SPDX-License-Identifier: Apache-2.0
#include "sloop/agent/run.hpp"

#include "sloop/core/reflect.hpp"

namespace sloop {
namespace {

void add(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

Usage operator+(Usage sum, const Usage& more) {
  add(sum.input, more.input);
  add(sum.output, more.output);
  add(sum.cached_input, more.cached_input);
  add(sum.cache_write, more.cache_write);
  add(sum.reasoning, more.reasoning);
  return sum;
}

}  // namespace

/// A run as it is written.
struct AgentRun::Saved {
  State state;
  Json request;
  std::vector<Json> added;
  std::string text;
  FinishReason finish;
  std::string finish_raw;
  Usage usage;
  Json provider_usage;
  std::vector<std::string> warnings;
};

AgentRun::AgentRun(ModelRequest request) : request_(std::move(request)) {}

const ModelRequest* AgentRun::next_request() const {
  return state_ == State::model ? &request_ : nullptr;
}

Result<void> AgentRun::take(ModelReply reply) {
  state_ = State::over;
  answer_.text = reply.text();
  answer_.finish = reply.finish;
  answer_.finish_raw = reply.finish_raw;
  answer_.usage = answer_.usage + reply.usage;
  answer_.provider_usage = std::move(reply.provider_usage);
  answer_.warnings.insert(answer_.warnings.end(), reply.warnings.begin(), reply.warnings.end());
  answer_.messages.push_back(reply.message);
  request_.messages.push_back(reply.message);
  const auto calls = reply.tool_calls();
  if (calls.empty()) return {};
  return fail(ErrorKind::unsupported,
              "the model asks for the tool '" + calls.front().name + "', which this run does not have");
}

Json AgentRun::to_json() const {
  Saved saved{.state = state_,
              .request = to_neutral_json(request_),
              .text = answer_.text,
              .finish = answer_.finish,
              .finish_raw = answer_.finish_raw,
              .usage = answer_.usage,
              .provider_usage = answer_.provider_usage,
              .warnings = answer_.warnings};
  for (const auto& message : answer_.messages) saved.added.push_back(to_neutral_json(message));
  return sloop::to_json(saved);
}

Result<AgentRun> AgentRun::from_json(const Json& value) {
  auto saved = sloop::from_json<Saved>(value, {.place = "run"});
  if (!saved) return fail(saved.error());
  auto request = request_from_neutral_json(saved->request);
  if (!request) return fail(request.error().within("run.request"));
  AgentRun run(std::move(*request));
  run.state_ = saved->state;
  run.answer_ = {.text = std::move(saved->text),
                 .finish = saved->finish,
                 .finish_raw = std::move(saved->finish_raw),
                 .usage = saved->usage,
                 .provider_usage = std::move(saved->provider_usage),
                 .warnings = std::move(saved->warnings)};
  for (std::size_t i = 0; i < saved->added.size(); ++i) {
    auto message = message_from_neutral_json(saved->added[i], "run.added[" + std::to_string(i) + "]");
    if (!message) return fail(message.error());
    run.answer_.messages.push_back(std::move(*message));
  }
  return run;
}

}  // namespace sloop
