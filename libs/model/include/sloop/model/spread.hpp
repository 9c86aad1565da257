// SPDX-License-Identifier: Apache-2.0
//
// Equal models, or keys of one model, that share the load.
//
//   auto model = spread_over_keys("openai/gpt-4o", {key_one, key_two});
//
// Calls go round. A member that fails rests for a while: as long as it asked for, else `SpreadOptions::rest`; the call
// goes to the next, under the rules of `FallbackModel` for streams. When all rest, the one that rests the shortest is
// asked.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

/// Whether the same request may go better at an equal model: refused keys, limits, faults; not what is wrong with the
/// request.
[[nodiscard]] bool may_go_elsewhere(const Error& error) noexcept;

struct SpreadOptions {
  /// How long a member rests that did not say how long.
  std::chrono::milliseconds rest{30'000};
  std::function<bool(const Error&)> goes_elsewhere = may_go_elsewhere;
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

/// Threads may use one at the same time.
class SpreadModel final : public Model {
 public:
  explicit SpreadModel(std::vector<std::shared_ptr<Model>> members, SpreadOptions options = {});

  /// Errors are those of the last member that was asked; each is asked once.
  [[nodiscard]] Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) override;
  /// Blocks until the first content is there.
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request,
                                                            const CallOptions& options) override;
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> start(const ModelRequest& request,
                                                           const CallOptions& options) override;
  [[nodiscard]] std::uint64_t progress() const override;
  [[nodiscard]] Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override;

 private:
  struct State;
  std::vector<std::shared_ptr<Model>> members_;
  /// Shared with the streams, which may outlive the model.
  std::shared_ptr<State> state_;
};

/// One member a key. Fails as `open_model`, and with `invalid_input` when there are no keys.
[[nodiscard]] Result<std::shared_ptr<SpreadModel>> spread_over_keys(std::string_view model,
                                                                    std::span<const std::string> keys,
                                                                    const ModelOptions& options = {},
                                                                    SpreadOptions spread = {});

}  // namespace sloop
