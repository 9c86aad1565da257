// SPDX-License-Identifier: Apache-2.0
//
// Ollama's own chat (POST {base}/api/chat), as pure functions: a request to a body, bytes to events. Streams are one
// JSON object a line.
//
// Source: Ollama's OpenAPI specification, `ChatRequest`, `ChatResponse`, `ChatStreamEvent`; and recorded traffic.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::ollama {

/// The body of the request. Tools can't be forced; with the choice `none` they are not sent. Fails with `unsupported`
/// when a part can't be said in this format: it takes images, as base64, and no other media.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, an `error`, HTML, or a body without message is an `Error`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without an object that says `done`.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::ollama
