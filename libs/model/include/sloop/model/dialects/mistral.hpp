// SPDX-License-Identifier: Apache-2.0
//
// Mistral (POST /v1/chat/completions), as pure functions. The answers are those of Chat Completions, with thoughts as
// parts of the content; the requests differ in names, in how thoughts go back, and in the ids of tool calls.
//
// Source: Mistral's OpenAPI specification, `ChatCompletionRequest`; and recorded traffic.
#pragma once

#include <string_view>

#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects::mistral {

/// The body of the request. Ids of tool calls that are not nine letters or digits, as Mistral wants them, are replaced
/// by ones made from them, the same for a call and its result. Fails with `unsupported` when a part can't be said.
[[nodiscard]] Result<Encoded> encode(const ModelRequest& request, std::string_view model, bool stream);

[[nodiscard]] const Wire& wire();

}  // namespace sloop::dialects::mistral
