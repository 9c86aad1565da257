// SPDX-License-Identifier: Apache-2.0
//
// One request that several models are asked in turn, until one answers.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop::reliability {

struct Turns {
  /// In the order in which they are asked.
  std::vector<std::shared_ptr<Model>> models;
  /// Whether the next is asked.
  std::function<bool(const Error&)> goes_on;
  /// Told of every failure, with the place of the model in `models`.
  std::function<void(std::size_t, const Error&)> failed = {};
};

[[nodiscard]] Result<ModelReply> complete(const Turns& turns, const ModelRequest& request, const CallOptions& options);

/// Does not block; events are told from the first content on.
[[nodiscard]] Result<std::unique_ptr<ReplyStream>> start(Turns turns, const ModelRequest& request,
                                                         const CallOptions& options);
/// Blocks until the first content is there.
[[nodiscard]] Result<std::unique_ptr<ReplyStream>> stream(Turns turns, const ModelRequest& request,
                                                          const CallOptions& options);

[[nodiscard]] std::uint64_t progress(std::span<const std::shared_ptr<Model>> models);
/// Returns early where several models are waited for, which need not share a transport.
[[nodiscard]] Result<void> wait_progress(std::span<const std::shared_ptr<Model>> models, std::uint64_t seen,
                                         const CallOptions& options);

}  // namespace sloop::reliability
