// SPDX-License-Identifier: Apache-2.0
#include "wires.hpp"

#include "sloop/model/dialects/anthropic.hpp"
#include "sloop/model/dialects/openai_chat.hpp"

namespace sloop::dialects {

const Wire& wire_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::openai_chat: break;
    case Dialect::anthropic: return anthropic::wire();
    default: break;
  }
  return openai_chat::wire();
}

}  // namespace sloop::dialects
