// SPDX-License-Identifier: Apache-2.0
//
// How long a model may take, as one object.
//
//   auto model = open_model("openai/gpt-4o", {.timeouts = {.first_content = 20s, .between_chunks = 10s}});
//
// A limit that is passed ends the call with `ErrorKind::timed_out`; the message names the limit, and what a stream had
// told before stays. For the deadline of one call see `CallOptions`.
#pragma once

#include <chrono>

namespace sloop {

struct Timeouts {
  /// One call from its beginning to the end of the answer, with all repetitions. Counts when the caller sets no
  /// deadline.
  std::chrono::milliseconds whole{600'000};
  /// One attempt to connect, lookup and TLS included; zero: as long as the transport allows (10 s).
  std::chrono::milliseconds connect{0};
  /// Of a stream: until the first piece of text, reasoning or tool call; zero: no limit but the others. Repetitions,
  /// pings, comments and events without content do not help.
  std::chrono::milliseconds first_content{0};
  /// Of a stream: from one such piece to the next, while the next is waited for; zero: no limit but the others.
  std::chrono::milliseconds between_chunks{0};
};

}  // namespace sloop
