// SPDX-License-Identifier: Apache-2.0
//
// Gemini generateContent (POST {base}/v1beta/models/{model}:generateContent), as pure functions: a request to a body,
// bytes to events. For the Developer API and for Vertex AI, whose models are called
// `publishers/google/models/{model}`.
//
// Source: googleapis, `google/ai/generativelanguage/v1beta`, `GenerateContentRequest`, `GenerateContentResponse`;
// Google's documentation of function calling, thinking and thought signatures; and recorded traffic where it says more.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::gemini {

/// The body of the request; the model stands in the address. Messages of users and tools that follow each other are
/// one turn.
///
/// - Every part that came with a thought signature goes back with it. Calls that another provider made carry the mark
///   by which Gemini 3 does not ask for one.
/// - Ids of calls go back only where Gemini gave them; the others are matched by name and order.
/// - `reasoning_effort` is a level from Gemini 3 on, a budget of tokens before.
///
/// Fails with `unsupported` when a part can't be said in this format, with `invalid_input` when the tool of a result
/// is not known.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

/// The events of a whole answer. Status 400 and above, an `error` object, HTML, or a body without candidates is an
/// `Error`. A refused prompt is an answer without text whose finish is `content_filter`.
[[nodiscard]] Result<std::vector<StreamEvent>> decode_whole(int status, const Headers& headers, std::string_view body);

/// Cut off is a stream without finish reason. Calls without an id get one that is unique by the id of the answer.
[[nodiscard]] std::unique_ptr<EventDecoder> event_decoder();

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::gemini
