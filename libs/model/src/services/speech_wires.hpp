// SPDX-License-Identifier: Apache-2.0
//
// How providers are asked to speak, and what their answers mean, as pure functions.
//
// Source: OpenAI's and Mistral's specifications (`CreateSpeechRequest`, `SpeechRequest`); the documentation of xAI,
// Google, Groq, Venice and Hyperbolic; and recorded traffic.
#pragma once

#include <string_view>

#include "bodies.hpp"
#include "sloop/model/speech.hpp"

namespace sloop::services {

using EncodeSpeech = Outgoing (*)(const SpeechRequest& request, std::string_view model);

/// Null when the provider does not speak.
[[nodiscard]] EncodeSpeech speech_wire(const Provider& provider);

/// Understands the answers of all: sound as the body itself, or as base64 in JSON.
[[nodiscard]] Result<SpeechReply> decode_speech(int status, const Headers& headers, std::string_view body);

}  // namespace sloop::services
