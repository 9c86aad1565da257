// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/run.hpp"

#include "loop.hpp"

namespace sloop::lambda::detail {

Error event_error(Error error) {
  error.code = "Runtime.UnmarshalError";
  return error;
}

int run_text(const TextHandler& handler, const RunOptions& options) {
  return run_loop(
      [&](const Turn& turn) {
        auto outcome = outcome_of([&] { return handler(turn.invocation.event, turn.context); }, turn.context);
        return outcome ? turn.client.respond(turn.invocation, std::move(*outcome)) : report(turn, outcome.error());
      },
      &http::make_curl_transport, options);
}

}  // namespace sloop::lambda::detail
