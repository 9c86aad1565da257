// SPDX-License-Identifier: Apache-2.0
//
// Many answers at once on one thread: no thread for each, and one loop over all sockets.
//
//   std::vector<AnswerStream> streams;
//   for (const auto& question : questions) streams.push_back(agent.stream(question));
//   for (const auto& answer : collect(streams)) use(answer);
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "sloop/agent/agent.hpp"

namespace sloop {

/// Reads all streams to their ends on the calling thread; `on_event` is told every event with the index of its stream,
/// as they come. Returns the answers in the order of the streams. Blocks; each stream keeps its own deadline.
[[nodiscard]] std::vector<Result<Answer>> collect(
    std::span<AnswerStream> streams, const std::function<void(std::size_t, const StreamEvent&)>& on_event = {});

}  // namespace sloop
