// SPDX-License-Identifier: Apache-2.0
//
// How providers are asked to rank documents, and what their answers mean, as pure functions.
//
// Source: Cohere's documentation of Rerank, version 2; llama.cpp server, `/v1/rerank`; and recorded traffic, also of
// Together, Voyage and Bedrock.
#pragma once

#include <string_view>

#include "sloop/core/headers.hpp"
#include "sloop/model/rerank.hpp"

namespace sloop::vectors {

/// The path below the base URL; empty when the dialect's provider does not rank.
[[nodiscard]] std::string_view rerank_path(Dialect dialect);

[[nodiscard]] JsonObject encode_rerank(const RerankRequest& request, std::string_view model);

/// Fails with `bad_reply` when an index is none of `documents` documents.
[[nodiscard]] Result<RerankReply> decode_rerank(int status, const Headers& headers, std::string_view body,
                                                std::size_t documents);

}  // namespace sloop::vectors
