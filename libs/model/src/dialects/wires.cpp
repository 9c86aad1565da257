// SPDX-License-Identifier: Apache-2.0
#include "wires.hpp"

#include "sloop/model/dialects/mistral.hpp"
#include "sloop/model/dialects/openai_chat.hpp"
#include "sloop/model/dialects/openai_responses.hpp"

namespace sloop::dialects {

const Wire& wire_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::openai_chat: break;
    case Dialect::mistral: return mistral::wire();
    case Dialect::openai_responses: return openai_responses::wire();
    default: break;
  }
  return openai_chat::wire();
}

}  // namespace sloop::dialects
