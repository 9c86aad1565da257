// SPDX-License-Identifier: Apache-2.0
//
// How providers are asked for embeddings, and what their answers mean, as pure functions.
//
// Source: the APIs' documentation (OpenAI `CreateEmbeddingRequest`, Cohere v2 `embed`, Gemini `BatchEmbedContents`,
// Mistral `EmbeddingRequest`, Ollama `EmbedRequest`, Vertex AI `predict`, Bedrock's Titan and Cohere models); and
// recorded traffic.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/headers.hpp"
#include "sloop/model/embedding.hpp"

namespace sloop::vectors {

struct EmbeddingWire {
  std::string (*path)(std::string_view model);
  /// The body for some of the request's texts; tells what it left out.
  JsonObject (*encode)(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view model,
                       std::vector<std::string>& warnings);
  /// Texts that one call takes.
  std::size_t max_texts = 2048;
};

/// Null when the provider has no embeddings, or that model of it none that can be asked for.
[[nodiscard]] const EmbeddingWire* embedding_wire(const Provider& provider, std::string_view model);

/// Understands the answers of all: lists of numbers under `data`, `embeddings` or `predictions`, also as base64.
[[nodiscard]] Result<EmbeddingReply> decode_embeddings(int status, const Headers& headers, std::string_view body);

}  // namespace sloop::vectors
