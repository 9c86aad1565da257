// SPDX-License-Identifier: Apache-2.0
//
// Models that stand in for each other: the next is asked where one fails.
//
//   auto model = std::make_shared<FallbackModel>(std::vector{*open_model("openai/gpt-4o"), *open_model("groq/llama")});
//   Agent agent{{.instance = model}};
//
// Repetitions at one model come first and are its own (`ModelOptions::retry`). Of a stream, nothing is told before the
// model's first content, so that a model which fails until then leaves no trace but a warning; once content was told, a
// failure is final: nothing is said twice. For equal models that share the load see `SpreadModel`.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

/// Whether another model may do better: all failures but `invalid_input`, `cancelled` and `internal`.
[[nodiscard]] bool may_fall_back(const Error& error) noexcept;

struct FallbackOptions {
  /// Whether the next model is asked after this failure.
  std::function<bool(const Error&)> falls_back = may_fall_back;
};

/// Threads may use one at the same time where they may use its models so.
class FallbackModel final : public Model {
 public:
  /// Asked in this order. Without any, every call fails with `invalid_input`.
  explicit FallbackModel(std::vector<std::shared_ptr<Model>> models, FallbackOptions options = {});

  /// Errors are those of the last model that was asked. The deadline is one for all; when it has passed, no further
  /// model is asked. The reply's warnings say who failed before.
  [[nodiscard]] Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) override;
  /// Blocks until the first content is there.
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request,
                                                            const CallOptions& options) override;
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> start(const ModelRequest& request,
                                                           const CallOptions& options) override;
  [[nodiscard]] std::uint64_t progress() const override;
  [[nodiscard]] Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override;

 private:
  std::vector<std::shared_ptr<Model>> models_;
  FallbackOptions options_;
};

}  // namespace sloop
