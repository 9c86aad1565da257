// SPDX-License-Identifier: Apache-2.0
//
// Documents by how well they answer a query.
//
//   auto model = open_rerank_model("cohere/rerank-v3.5");
//   auto reply = (*model)->rerank({.query = "What is a panda?", .documents = {"hi", "it is a bear"}});
//   reply->ranking[0].index;   // 1
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

struct RerankRequest {
  std::string query = {};
  std::vector<std::string> documents = {};
  /// How many are wanted; all, where it is empty.
  std::optional<std::int64_t> top_n = {};
};

/// A document by its place in the request.
struct RankedDocument {
  std::int64_t index = 0;
  /// Higher is better; its range is the model's own.
  double score = 0;
  friend bool operator==(const RankedDocument&, const RankedDocument&) = default;
};

struct RerankReply {
  /// The best first.
  std::vector<RankedDocument> ranking = {};
  std::optional<std::int64_t> input_tokens = {};
  Json provider_usage = nullptr;
  std::string model = {};
};

class RerankModel {
 public:
  virtual ~RerankModel() = default;
  RerankModel(const RerankModel&) = delete;
  RerankModel& operator=(const RerankModel&) = delete;

  /// Blocks. Fails with `invalid_input` when the query is empty or there are no documents, else as `Model::complete`.
  [[nodiscard]] virtual Result<RerankReply> rerank(const RerankRequest& request, const CallOptions& options = {}) = 0;

 protected:
  RerankModel() = default;
};

/// Opens `provider/model`; errors as of `open_model`, and `unsupported` for providers that do not rank.
[[nodiscard]] Result<std::shared_ptr<RerankModel>> open_rerank_model(std::string_view name,
                                                                     const ModelOptions& options = {});
/// The model of that name at any server that speaks like `dialect`'s provider (llama.cpp and vLLM: `openai-chat`).
[[nodiscard]] Result<std::shared_ptr<RerankModel>> open_rerank_model(Dialect dialect, std::string_view model,
                                                                     const ModelOptions& options = {});

[[nodiscard]] bool has_ranking(const Provider& provider);

}  // namespace sloop
