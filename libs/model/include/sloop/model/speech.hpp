// SPDX-License-Identifier: Apache-2.0
//
// Text to speech.
//
//   auto model = open_speech_model("openai/gpt-4o-mini-tts");
//   auto reply = (*model)->speak({.text = "Ahoy!", .voice = "alloy"});
//   reply->bytes;   // of type reply->media_type
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

struct SpeechRequest {
  std::string text = {};
  /// By the provider's own names; empty: one of its voices.
  std::string voice = {};
  /// `mp3`, `wav`, `opus`, `flac`, `pcm`; empty: the provider's own choice.
  std::string format = {};
  /// 1 is the voice's own speed.
  std::optional<double> speed = {};
  /// How to speak, where the model can be told.
  std::string instructions = {};
  /// `en`; empty: what the text is in.
  std::string language = {};
  /// Members merged into the body that is sent. Null or an object.
  Json extra = nullptr;
};

struct SpeechReply {
  std::string bytes = {};
  /// `audio/mpeg`; raw samples have their rate in it: `audio/L16;rate=24000`.
  std::string media_type = {};
  Usage usage = {};
  Json provider_usage = nullptr;
  std::string model = {};
  /// Settings that the provider does not have.
  std::vector<std::string> warnings = {};
};

class SpeechModel {
 public:
  virtual ~SpeechModel() = default;
  SpeechModel(const SpeechModel&) = delete;
  SpeechModel& operator=(const SpeechModel&) = delete;

  /// Blocks until all is spoken. Errors as of `Model::complete`; `invalid_input` when there is no text, `bad_reply`
  /// when the answer holds no sound.
  [[nodiscard]] virtual Result<SpeechReply> speak(const SpeechRequest& request, const CallOptions& options = {}) = 0;

 protected:
  SpeechModel() = default;
};

/// Opens `provider/model`; errors as of `open_model`, and `unsupported` for providers without speech.
[[nodiscard]] Result<std::shared_ptr<SpeechModel>> open_speech_model(std::string_view name,
                                                                     const ModelOptions& options = {});
/// The model of that name at any server that speaks like `dialect`'s provider.
[[nodiscard]] Result<std::shared_ptr<SpeechModel>> open_speech_model(Dialect dialect, std::string_view model,
                                                                     const ModelOptions& options = {});
[[nodiscard]] bool has_speech(const Provider& provider);

}  // namespace sloop
