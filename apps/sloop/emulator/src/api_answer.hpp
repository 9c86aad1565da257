// SPDX-License-Identifier: Apache-2.0
//
// The answers that the Runtime API and the Extensions API share.
#pragma once

#include <string_view>

#include "sloop/emulator/runtime_machine.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::emulator {

inline void refuse(serve::Exchange& exchange, const Refusal& refusal) {
  exchange.respond(refusal.status, {{"content-type", "application/json"}},
                   runtime_error_body(refusal.type, refusal.message));
}

inline void refuse_path(serve::Exchange& exchange, std::string_view path) {
  refuse(exchange, {404, "NotFound", std::string(path) + " is not served here"});
}

/// 202, as to every post that is taken.
inline void accept(serve::Exchange& exchange) {
  exchange.respond(202, {{"content-type", "application/json"}}, R"({"status":"OK"})");
}

}  // namespace sloop::emulator
