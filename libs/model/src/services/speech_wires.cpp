// SPDX-License-Identifier: Apache-2.0
#include "speech_wires.hpp"

#include "dialects/answer.hpp"
#include "dialects/encoding.hpp"
#include "sloop/core/base64.hpp"

namespace sloop::services {
namespace {

using dialects::array_at;
using dialects::LeftOut;

Outgoing spoken(std::string path, JsonObject body, const Json& extra) {
  auto out = json_outgoing(std::move(path), std::move(body), extra);
  out.accept = "*/*";
  return out;
}

/// OpenAI's form, with the voice that is taken where none is named: it is required.
Outgoing openai_like(const SpeechRequest& request, std::string_view model, std::string_view voice) {
  JsonObject body{{"model", model},
                  {"input", request.text},
                  {"voice", request.voice.empty() ? voice : std::string_view(request.voice)}};
  if (!request.format.empty()) body["response_format"] = request.format;
  if (request.speed) body["speed"] = *request.speed;
  if (!request.instructions.empty()) body["instructions"] = request.instructions;
  auto out = spoken("/audio/speech", std::move(body), request.extra);
  LeftOut("this provider", out.warnings).note(!request.language.empty(), "language");
  return out;
}
Outgoing openai(const SpeechRequest& request, std::string_view model) {
  return openai_like(request, model, "alloy");
}
Outgoing groq(const SpeechRequest& request, std::string_view model) {
  return openai_like(request, model, "Fritz-PlayAI");
}
Outgoing venice(const SpeechRequest& request, std::string_view model) {
  return openai_like(request, model, "af_sky");
}

/// Has no models to choose from.
Outgoing xai(const SpeechRequest& request, std::string_view /*model*/) {
  JsonObject body{{"text", request.text},
                  {"voice_id", request.voice.empty() ? "eve" : request.voice},
                  {"language", request.language.empty() ? "auto" : request.language}};
  if (!request.format.empty()) body["output_format"] = JsonObject{{"codec", request.format}};
  auto out = spoken("/tts", std::move(body), request.extra);
  const LeftOut left_out("xAI", out.warnings);
  left_out.note(request.speed.has_value(), "speed");
  left_out.note(!request.instructions.empty(), "instructions");
  return out;
}

Outgoing hyperbolic(const SpeechRequest& request, std::string_view model) {
  JsonObject body{{"text", request.text}, {"speaker", request.voice.empty() ? "EN-US" : request.voice}};
  if (!request.language.empty()) body["language"] = request.language;
  if (request.speed) body["speed"] = *request.speed;
  if (!model.empty()) body["model"] = model;
  auto out = spoken("/audio/generation", std::move(body), request.extra);
  const LeftOut left_out("Hyperbolic", out.warnings);
  left_out.note(!request.format.empty(), "format");
  left_out.note(!request.instructions.empty(), "instructions");
  return out;
}

Outgoing mistral(const SpeechRequest& request, std::string_view model) {
  JsonObject body{{"model", model}, {"input", request.text}};
  if (!request.voice.empty()) body["voice_id"] = request.voice;
  if (!request.format.empty()) body["response_format"] = request.format;
  auto out = spoken("/v1/audio/speech", std::move(body), request.extra);
  const LeftOut left_out("Mistral", out.warnings);
  left_out.note(request.speed.has_value(), "speed");
  left_out.note(!request.instructions.empty(), "instructions");
  left_out.note(!request.language.empty(), "language");
  return out;
}

/// How to speak is said in front of what to say.
Outgoing gemini(const SpeechRequest& request, std::string_view model) {
  const std::string text = request.instructions.empty() ? request.text : request.instructions + ":\n" + request.text;
  JsonObject speech{
      {"voiceConfig",
       JsonObject{{"prebuiltVoiceConfig", JsonObject{{"voiceName", request.voice.empty() ? "Kore" : request.voice}}}}}};
  if (!request.language.empty()) speech["languageCode"] = request.language;
  JsonObject body{
      {"contents", JsonArray{JsonObject{{"role", "user"}, {"parts", JsonArray{JsonObject{{"text", text}}}}}}},
      {"generationConfig",
       JsonObject{{"responseModalities", JsonArray{"AUDIO"}}, {"speechConfig", std::move(speech)}}}};
  auto out = json_outgoing("/v1beta/" + gemini_name(model) + ":generateContent", std::move(body), request.extra);
  const LeftOut left_out("Gemini", out.warnings);
  left_out.note(request.speed.has_value(), "speed");
  left_out.note(!request.format.empty(), "format");
  return out;
}

/// The sound in Gemini's answer.
const Json* inline_data_in(const Json& answer) {
  for (const Json& candidate : array_at(answer, "candidates"))
    if (const Json* content = find(candidate, "content"))
      for (const Json& part : array_at(*content, "parts"))
        if (const Json* data = find(part, "inlineData")) return data;
  return nullptr;
}

}  // namespace

EncodeSpeech speech_wire(const Provider& provider) {
  struct Row {
    std::string_view name;
    EncodeSpeech encode;
  };
  constexpr Row kRows[] = {{"openai", openai},     {"openai-chat", openai}, {"azure", openai},
                           {"azure-chat", openai}, {"groq", groq},          {"venice", venice},
                           {"openrouter", openai}, {"together", openai},    {"xai", xai},
                           {"mistral", mistral},   {"gemini", gemini},      {"hyperbolic", hyperbolic}};
  for (const auto& row : kRows)
    if (row.name == provider.name) return row.encode;
  return nullptr;
}

Result<SpeechReply> decode_speech(int status, const Headers& headers, std::string_view body) {
  SpeechReply out;
  const auto type = headers.get_or("content-type", "");
  if (status < 400 && !type.starts_with("application/json") && !type.starts_with("text/")) {
    if (body.empty()) return fail(ErrorKind::bad_reply, "the provider's answer holds no sound");
    out.bytes = body;
    out.media_type = type;
    return out;
  }
  const auto answer = dialects::answer_json(status, headers, body, out.warnings);
  if (!answer) return fail(answer.error());
  const Json* inner = inline_data_in(*answer);
  std::string_view text = inner == nullptr ? std::string_view() : find_string(*inner, "data");
  for (const auto key : {"audio_data", "audio"})
    if (text.empty()) text = find_string(*answer, key);
  auto bytes = decode_base64(text);
  if (!bytes || bytes->empty()) return fail(ErrorKind::bad_reply, "the provider's answer holds no sound");
  out.bytes = std::move(*bytes);
  out.media_type = inner == nullptr ? "audio/mpeg" : std::string(find_string(*inner, "mimeType"));
  out.usage = usage_in(*answer);
  out.provider_usage = provider_usage_in(*answer);
  return out;
}

}  // namespace sloop::services
