// SPDX-License-Identifier: Apache-2.0
#include "sloop/agent/collect.hpp"

#include <algorithm>
#include <numeric>

namespace sloop {
namespace {

/// How long to wait for one model when others are asked as well, whose progress it does not know of.
constexpr std::chrono::milliseconds kTurn{5};
/// A stream's own deadline may pass without any progress.
constexpr std::chrono::milliseconds kLookAgain{50};

/// Tells the events that are there; true at the end.
bool read_ready(AnswerStream& stream, std::size_t index,
                const std::function<void(std::size_t, const StreamEvent&)>& on_event) {
  while (stream.poll()) {
    if (stream.event() == nullptr) return true;
    if (on_event) on_event(index, *stream.event());
  }
  return false;
}

}  // namespace

std::vector<Result<Answer>> collect(std::span<AnswerStream> streams,
                                    const std::function<void(std::size_t, const StreamEvent&)>& on_event) {
  std::vector<std::size_t> open(streams.size());
  std::iota(open.begin(), open.end(), std::size_t{0});
  while (!open.empty()) {
    Model* model = streams[open.front()].model();
    const std::uint64_t seen = model != nullptr ? model->progress() : 0;
    std::erase_if(open, [&](std::size_t index) { return read_ready(streams[index], index, on_event); });
    if (open.empty()) break;
    if (streams[open.front()].model() != model) continue;
    const bool others = std::ranges::any_of(open, [&](std::size_t index) { return streams[index].model() != model; });
    (void)model->wait_progress(seen, {.deadline = Deadline::after(others ? kTurn : kLookAgain)});
  }
  std::vector<Result<Answer>> answers;
  answers.reserve(streams.size());
  for (auto& stream : streams) answers.push_back(stream.answer());
  return answers;
}

}  // namespace sloop
