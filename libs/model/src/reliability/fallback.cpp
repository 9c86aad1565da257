// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/fallback.hpp"

#include "turns.hpp"

namespace sloop {

bool may_fall_back(const Error& error) noexcept {
  return error.kind != ErrorKind::invalid_input && error.kind != ErrorKind::cancelled &&
         error.kind != ErrorKind::internal;
}

FallbackModel::FallbackModel(std::vector<std::shared_ptr<Model>> models, FallbackOptions options)
    : models_(std::move(models)), options_(std::move(options)) {}

Result<ModelReply> FallbackModel::complete(const ModelRequest& request, const CallOptions& options) {
  return reliability::complete({.models = models_, .goes_on = options_.falls_back}, request, options);
}

Result<std::unique_ptr<ReplyStream>> FallbackModel::stream(const ModelRequest& request, const CallOptions& options) {
  return reliability::stream({.models = models_, .goes_on = options_.falls_back}, request, options);
}

Result<std::unique_ptr<ReplyStream>> FallbackModel::start(const ModelRequest& request, const CallOptions& options) {
  return reliability::start({.models = models_, .goes_on = options_.falls_back}, request, options);
}

std::uint64_t FallbackModel::progress() const {
  return reliability::progress(models_);
}

Result<void> FallbackModel::wait_progress(std::uint64_t seen, const CallOptions& options) {
  return reliability::wait_progress(models_, seen, options);
}

}  // namespace sloop
