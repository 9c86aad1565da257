// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/dialects/wires.hpp"

#include "sloop/model/dialects/anthropic.hpp"
#include "sloop/model/dialects/bedrock_converse.hpp"
#include "sloop/model/dialects/cohere.hpp"
#include "sloop/model/dialects/gemini.hpp"
#include "sloop/model/dialects/mistral.hpp"
#include "sloop/model/dialects/ollama.hpp"
#include "sloop/model/dialects/openai_chat.hpp"
#include "sloop/model/dialects/openai_responses.hpp"

namespace sloop::dialects {

const Wire* find_wire(Dialect dialect) {
  switch (dialect) {
    case Dialect::openai_chat: return &openai_chat::wire();
    case Dialect::openai_responses: return &openai_responses::wire();
    case Dialect::anthropic: return &anthropic::wire();
    case Dialect::mistral: return &mistral::wire();
    case Dialect::gemini: return &gemini::wire();
    case Dialect::cohere: return &cohere::wire();
    case Dialect::ollama: return &ollama::wire();
    case Dialect::bedrock_converse: return &bedrock_converse::wire();
  }
  return nullptr;
}

}  // namespace sloop::dialects
