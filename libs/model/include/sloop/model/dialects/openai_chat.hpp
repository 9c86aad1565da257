// SPDX-License-Identifier: Apache-2.0
//
// OpenAI Chat Completions (POST {base}/chat/completions), as pure functions:
// a request to bytes, bytes to events. No sockets, no clocks.
//
// Not for: OpenAI Responses, which is a wire format of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"
#include "sloop/http/sse.hpp"
#include "sloop/model/request.hpp"
#include "sloop/model/stream_event.hpp"

namespace sloop::dialects::openai_chat {

/// The body of the request. The same request always gives the same bytes; a conversation that grows extends the
/// bytes of its messages. Fails with `unsupported` when a part can't be said in this format.
[[nodiscard]] Result<std::string> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, an `error` object, HTML, or a body without choices is an `Error` that keeps
/// status, code, the vendor's own message, and `retry-after`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// The error that an answer of status 400 or above (or an `error` object in an answer of 200) stands for.
[[nodiscard]] Error decode_error(int status, const Headers& headers, std::string_view body);

/// Decodes a streamed answer: feed bytes in any chunking, take the events.
class StreamDecoder {
 public:
  /// Appends the events that `bytes` complete to `out`. An error in the stream is returned after the events before it were appended.
  [[nodiscard]] Result<void> feed(std::string_view bytes, std::vector<StreamEvent>& out);
  /// The body has ended. Fails with `bad_reply` when the reply was cut off (no finish reason and no `[DONE]`).
  [[nodiscard]] Result<void> finish(std::vector<StreamEvent>& out);
  // private members are the room's
};

}  // namespace sloop::dialects::openai_chat
