// SPDX-License-Identifier: Apache-2.0
//
// OpenAI Chat Completions (POST {base}/chat/completions), as pure functions:
// a request to bytes, bytes to events. The additions of servers that speak it too (reasoning, errors inside an answer
// of 200) are understood.
//
// Source: OpenAI's OpenAPI specification, `CreateChatCompletionRequest`, `CreateChatCompletionResponse`,
// `CreateChatCompletionStreamResponse`; and recorded traffic where it says more.
// Not for: OpenAI Responses, which is a wire format of its own.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::openai_chat {

/// The body of the request. The same request always gives the same bytes; a conversation that grows extends the
/// bytes of its messages. Reasoning is sent back only as the provider sent it itself (`reasoning_content`,
/// `reasoning_details`): the format has no place for it. Fails with `unsupported` when a part
/// can't be said in this format.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, an `error` object, HTML, or a body without choices is an
/// `Error` that keeps status, code, the vendor's own message, and `retry-after`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without finish reason and without `[DONE]`.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::openai_chat
