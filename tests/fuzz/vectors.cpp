// SPDX-License-Identifier: Apache-2.0
//
// Answers to embeddings and rankings.
#include "embedding_wires.hpp"
#include "fuzz.hpp"
#include "rerank_wires.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = text_of(data, size);
  for (const int status : {200, 429}) {
    const auto vectors = sloop::vectors::decode_embeddings(status, {}, text);
    require(status == 200 || !vectors);
    require(!vectors || !vectors->vectors.empty());
    const auto ranking = sloop::vectors::decode_rerank(status, {}, text, 100);
    require(status == 200 || !ranking);
  }
  return 0;
}
