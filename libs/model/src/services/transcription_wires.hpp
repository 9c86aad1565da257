// SPDX-License-Identifier: Apache-2.0
//
// How providers are asked to write down what is said, and what their answers mean, as pure functions.
//
// Source: OpenAI's and Mistral's specifications (`CreateTranscriptionRequest`, `AudioTranscriptionRequest`); the
// documentation of Groq, OpenRouter, Google and Hugging Face; and recorded traffic.
#pragma once

#include <string_view>

#include "bodies.hpp"
#include "sloop/model/transcription.hpp"

namespace sloop::services {

using EncodeTranscription = Outgoing (*)(const TranscriptionRequest& request, std::string_view model);

/// Null when the provider does not transcribe.
[[nodiscard]] EncodeTranscription transcription_wire(const Provider& provider);

/// Understands the answers of all, also plain text.
[[nodiscard]] Result<TranscriptionReply> decode_transcription(int status, const Headers& headers,
                                                              std::string_view body);

}  // namespace sloop::services
