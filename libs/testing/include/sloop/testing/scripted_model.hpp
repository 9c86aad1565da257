// SPDX-License-Identifier: Apache-2.0
//
// A model without a network: answers what it was told, and remembers what it was asked.
//
//   auto model = std::make_shared<testing::ScriptedModel>();
//   model->reply("Ha!");
//   Agent agent{{.instance = model}};
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop::testing {

/// Threads may use one at the same time.
class ScriptedModel final : public Model {
 public:
  /// Adds a reply of text, of events, or a failure to the end of the script.
  void reply(std::string text);
  void reply(std::vector<StreamEvent> events);
  void fail(Error error);

  /// What was asked so far.
  [[nodiscard]] std::vector<ModelRequest> requests() const;

  /// Fails with `internal` when the script is over.
  [[nodiscard]] Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) override;
  [[nodiscard]] Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request,
                                                            const CallOptions& options) override;

 private:
  [[nodiscard]] Result<std::vector<StreamEvent>> next(const ModelRequest& request);

  mutable std::mutex mutex_;
  std::deque<Result<std::vector<StreamEvent>>> script_;
  std::vector<ModelRequest> requests_;
};

}  // namespace sloop::testing
