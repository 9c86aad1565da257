// SPDX-License-Identifier: Apache-2.0
//
// Cohere Chat (POST {base}/v2/chat), as pure functions: a request to a body, bytes to events.
//
// Source: Cohere's documentation of the Chat API, version 2, and of its stream events; and recorded traffic.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::cohere {

/// The body of the request. Text documents stand beside the conversation, as `documents`. A tool that is to be called
/// by name is sent alone, and required. Fails with `unsupported` when a part can't be said in this format.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, HTML, or a body without message is an `Error`. What the model
/// plans before it calls tools (`tool_plan`) is an opaque part, and goes back with the calls.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without `message-end`.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::cohere
