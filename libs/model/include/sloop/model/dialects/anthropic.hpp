// SPDX-License-Identifier: Apache-2.0
//
// Anthropic Messages (POST {base}/v1/messages), as pure functions: a request to bytes, bytes to events. For Anthropic
// and for the servers of others that speak it too.
//
// Source: Anthropic's documentation of the Messages API, version 2023-06-01 ("Messages", "Streaming", "Thinking",
// "Effort", "Prompt caching", "Structured outputs"); and recorded traffic where it says more.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::anthropic {

/// The body of the request. The same request always gives the same bytes; a conversation that grows extends the
/// bytes of its messages. All system messages together are the `system` of the body. Messages of users and tools that
/// follow each other are one turn, the results of tools first.
///
/// - `max_tokens`, which the API requires, is as much as the model can write when the request does not say: 4096 to
///   128000 by model, 8192 for those that are not Claude.
/// - `reasoning_effort` is adaptive thinking with an effort from Claude 4.6 on, a budget of tokens below
///   `max_tokens` for earlier ones. Sampling parameters that a thinking or a newer model refuses are left out and told.
/// - A cache point stands on the last block of its message; the API takes four at most.
/// - An output schema without a schema is left out and told: there is no mode of free JSON.
///
/// Reasoning and opaque parts that came from here go back as they came; those of other providers are not sent. Fails
/// with `unsupported` when a part can't be said in this format.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, an `error` object, HTML, or a body without content is an
/// `Error` that keeps status, code, the vendor's own message, and `retry-after`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without `message_stop`. Reads server-sent events, and the binary frames in which Bedrock's
/// InvokeModel wraps the same events.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::anthropic
