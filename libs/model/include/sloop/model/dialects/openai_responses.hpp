// SPDX-License-Identifier: Apache-2.0
//
// OpenAI Responses (POST {base}/responses), as pure functions: a request to a body, bytes to events.
//
// Every item of an answer goes back as it came (ids, signatures, encrypted thoughts), so that a conversation can go on
// without the provider keeping it; items that this library does not know are opaque parts.
//
// Source: OpenAI's OpenAPI specification, `CreateResponse`, `Response`, `ResponseStreamEvent`; and recorded traffic.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::openai_responses {

/// The body of the request. Reasoning models are asked for their thoughts in encrypted form. Fails with `unsupported`
/// when a part can't be said in this format.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, an `error` object, HTML, or a body without output is an
/// `Error`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without `response.completed`, `response.incomplete` or `response.failed`.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::openai_responses
