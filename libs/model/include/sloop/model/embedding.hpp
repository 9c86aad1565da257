// SPDX-License-Identifier: Apache-2.0
//
// Texts to vectors.
//
//   auto model = open_embedding_model("openai/text-embedding-3-small");
//   auto reply = (*model)->embed({.texts = {"a text", "another"}});
//   reply->vectors[0];   // 1536 numbers
//
// As many texts as there are may be given: they are sent in batches that the provider takes, several at once, and come
// back in their order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

/// What the vectors are for; some providers make better ones when they know.
enum class EmbeddingPurpose { none, query, document, classification, clustering, similarity };

struct EmbeddingRequest {
  std::vector<std::string> texts = {};
  /// How many numbers a vector has, where the model can be told.
  std::optional<std::int64_t> dimensions = {};
  EmbeddingPurpose purpose = EmbeddingPurpose::none;
  /// Members merged into the body that is sent. Null or an object.
  Json extra = nullptr;
};

struct EmbeddingReply {
  /// One for each text, in their order; all of the same length.
  std::vector<std::vector<double>> vectors = {};
  /// Tokens of all batches; empty when the provider does not tell.
  std::optional<std::int64_t> input_tokens = {};
  /// The last batch's usage as the provider sent it; null when it sent none.
  Json provider_usage = nullptr;
  std::string model = {};
  /// Settings that the provider does not have.
  std::vector<std::string> warnings = {};
};

struct EmbeddingOptions {
  ModelOptions access = {};
  /// Texts in one call; 0: as many as the provider takes.
  std::size_t batch_texts = 0;
  /// Estimated tokens in one call, at four bytes each.
  std::size_t batch_tokens = 200'000;
  /// Calls at once.
  std::size_t concurrency = 4;
};

class EmbeddingModel {
 public:
  virtual ~EmbeddingModel() = default;
  EmbeddingModel(const EmbeddingModel&) = delete;
  EmbeddingModel& operator=(const EmbeddingModel&) = delete;

  /// Blocks. Fails as a whole: with the error of the first batch that failed, `invalid_input` when there are no texts
  /// or an empty one, `bad_reply` when vectors are missing.
  [[nodiscard]] virtual Result<EmbeddingReply> embed(const EmbeddingRequest& request,
                                                     const CallOptions& options = {}) = 0;

 protected:
  EmbeddingModel() = default;
};

/// Opens `provider/model`; errors as of `open_model`, and `unsupported` for providers without embeddings.
[[nodiscard]] Result<std::shared_ptr<EmbeddingModel>> open_embedding_model(std::string_view name,
                                                                           const EmbeddingOptions& options = {});
/// The model of that name at any server that speaks like `dialect`'s provider.
[[nodiscard]] Result<std::shared_ptr<EmbeddingModel>> open_embedding_model(Dialect dialect, std::string_view model,
                                                                           const EmbeddingOptions& options = {});

[[nodiscard]] bool has_embeddings(const Provider& provider);

}  // namespace sloop
