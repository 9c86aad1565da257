// SPDX-License-Identifier: Apache-2.0
#include "transcription_wires.hpp"

#include "dialects/answer.hpp"
#include "dialects/encoding.hpp"
#include "sloop/core/base64.hpp"

namespace sloop::services {
namespace {

using dialects::array_at;
using dialects::LeftOut;

/// `mp3` for `audio/mpeg`: providers look at the name of the file.
std::string extension_of(std::string_view media_type) {
  if (media_type == "audio/mpeg" || media_type == "audio/mp3") return "mp3";
  if (media_type == "audio/mp4" || media_type == "audio/x-m4a") return "m4a";
  if (media_type == "audio/x-wav") return "wav";
  return std::string(media_type.substr(media_type.rfind('/') + 1));
}

std::string text_of(const Json& value) {
  return value.is_string() ? std::string(value.get_string()) : write_json(value);
}

Outgoing multipart(const TranscriptionRequest& request, std::string_view model, std::string path, bool verbose) {
  Multipart parts;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) parts.field(name, value);
  };
  parts.file("file", "audio." + extension_of(request.media_type), request.media_type, request.bytes);
  parts.field("model", model);
  add("language", request.language);
  add("prompt", request.prompt);
  if (request.temperature) parts.field("temperature", write_json(*request.temperature));
  if (request.segments && verbose) parts.field("response_format", "verbose_json");
  if (request.segments) parts.field(verbose ? "timestamp_granularities[]" : "timestamp_granularities", "segment");
  if (request.extra.is_object())
    for (const auto& member : request.extra.get_object()) parts.field(member.key(), text_of(member.value()));
  return parts.take(std::move(path));
}

Outgoing openai(const TranscriptionRequest& request, std::string_view model) {
  return multipart(request, model, "/audio/transcriptions", true);
}

Outgoing mistral(const TranscriptionRequest& request, std::string_view model) {
  auto with = request;
  with.prompt.clear();
  auto out = multipart(with, model, "/v1/audio/transcriptions", false);
  LeftOut("Mistral", out.warnings).note(!request.prompt.empty(), "prompt");
  return out;
}

Outgoing openrouter(const TranscriptionRequest& request, std::string_view model) {
  JsonObject body{{"model", model},
                  {"input_audio",
                   JsonObject{{"data", encode_base64(request.bytes)}, {"format", extension_of(request.media_type)}}}};
  if (!request.language.empty()) body["language"] = request.language;
  if (request.temperature) body["temperature"] = *request.temperature;
  auto out = json_outgoing("/audio/transcriptions", std::move(body), request.extra);
  const LeftOut left_out("OpenRouter", out.warnings);
  left_out.note(!request.prompt.empty(), "prompt");
  left_out.note(request.segments, "segments");
  return out;
}

/// A conversation about the recording.
Outgoing gemini(const TranscriptionRequest& request, std::string_view model) {
  std::string task = "Write down word for word what is said in this recording, and nothing else.";
  if (!request.language.empty()) task += " It is in the language " + request.language + ".";
  if (!request.prompt.empty()) task += " Words that may occur: " + request.prompt;
  JsonObject body{
      {"contents",
       JsonArray{JsonObject{
           {"role", "user"},
           {"parts", JsonArray{JsonObject{{"text", task}},
                               JsonObject{{"inlineData", JsonObject{{"mimeType", request.media_type},
                                                                    {"data", encode_base64(request.bytes)}}}}}}}}}};
  if (request.temperature) body["generationConfig"] = JsonObject{{"temperature", *request.temperature}};
  auto out = json_outgoing("/v1beta/" + gemini_name(model) + ":generateContent", std::move(body), request.extra);
  LeftOut("Gemini", out.warnings).note(request.segments, "segments");
  return out;
}

/// The recording is the body.
Outgoing huggingface(const TranscriptionRequest& request, std::string_view model) {
  Outgoing out{
      .path = "//hf-inference/models/" + std::string(model), .body = request.bytes, .content_type = request.media_type};
  const LeftOut left_out("Hugging Face", out.warnings);
  left_out.note(!request.language.empty(), "language");
  left_out.note(!request.prompt.empty(), "prompt");
  left_out.note(request.temperature.has_value(), "temperature");
  left_out.note(request.segments, "segments");
  left_out.note(!request.extra.is_null(), "extra");
  return out;
}

double number_of(const Json& value, std::string_view key) {
  const Json* number = find(value, key);
  return number != nullptr && number->is_number() ? number->to_number<double>() : 0;
}

/// The text of Gemini's answer.
std::optional<std::string> said_in(const Json& answer) {
  const auto& candidates = array_at(answer, "candidates");
  if (candidates.empty()) return std::nullopt;
  std::string out;
  if (const Json* content = find(candidates.front(), "content"))
    for (const Json& part : array_at(*content, "parts")) out += find_string(part, "text");
  return out;
}

}  // namespace

EncodeTranscription transcription_wire(const Provider& provider) {
  struct Row {
    std::string_view name;
    EncodeTranscription encode;
  };
  constexpr Row kRows[] = {{"openai", openai},     {"openai-chat", openai},    {"azure", openai},
                           {"azure-chat", openai}, {"groq", openai},           {"venice", openai},
                           {"together", openai},   {"fireworks", openai},      {"sambanova", openai},
                           {"vllm", openai},       {"llamacpp", openai},       {"mistral", mistral},
                           {"gemini", gemini},     {"openrouter", openrouter}, {"huggingface", huggingface}};
  for (const auto& row : kRows)
    if (row.name == provider.name) return row.encode;
  return nullptr;
}

Result<TranscriptionReply> decode_transcription(int status, const Headers& headers, std::string_view body) {
  TranscriptionReply out;
  if (status < 400 && headers.get_or("content-type", "").starts_with("text/plain")) {
    out.text = body;
    return out;
  }
  const auto answer = dialects::answer_json(status, headers, body, out.warnings);
  if (!answer) return fail(answer.error());
  const Json* text = find(*answer, "text");
  const auto said = said_in(*answer);
  if ((text == nullptr || !text->is_string()) && !said)
    return fail(ErrorKind::bad_reply, "the provider's answer holds no text");
  out.text = said ? *said : std::string(text->get_string());
  out.language = find_string(*answer, "language");
  for (const Json& segment : array_at(*answer, "segments"))
    out.segments.push_back({.start = number_of(segment, "start"),
                            .end = number_of(segment, "end"),
                            .text = std::string(find_string(segment, "text"))});
  out.usage = usage_in(*answer);
  out.provider_usage = provider_usage_in(*answer);
  out.cost = cost_in(out.provider_usage);
  out.duration = number_of(*answer, "duration");
  for (const auto key : {"seconds", "prompt_audio_seconds"})
    if (*out.duration == 0) out.duration = number_of(out.provider_usage, key);
  if (*out.duration == 0) out.duration.reset();
  out.model = find_string(*answer, "model");
  return out;
}

}  // namespace sloop::services
