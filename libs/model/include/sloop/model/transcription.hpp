// SPDX-License-Identifier: Apache-2.0
//
// Speech to text.
//
//   auto model = open_transcription_model("openai/gpt-4o-transcribe");
//   auto reply = (*model)->transcribe({.bytes = bytes, .media_type = "audio/wav"});
//   reply->text;
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

struct TranscriptionRequest {
  /// A whole recording in a container that the provider takes: wav, mp3, flac, ogg, m4a, webm.
  std::string bytes = {};
  std::string media_type = "audio/wav";
  /// `en`; empty: found out from the recording.
  std::string language = {};
  /// Words that occur in it, or what was said before.
  std::string prompt = {};
  std::optional<double> temperature = {};
  /// Whether `segments` are wanted.
  bool segments = false;
  /// Fields added to those that are sent. Null or an object.
  Json extra = nullptr;
};

struct TranscribedSegment {
  /// Seconds from the beginning.
  double start = 0;
  double end = 0;
  std::string text = {};
  friend bool operator==(const TranscribedSegment&, const TranscribedSegment&) = default;
};

struct TranscriptionReply {
  std::string text = {};
  std::string language = {};
  /// Seconds, where the provider tells.
  std::optional<double> duration = {};
  std::vector<TranscribedSegment> segments = {};
  Usage usage = {};
  Json provider_usage = nullptr;
  /// US dollars, where the provider itself says what the call cost.
  std::optional<double> cost = {};
  std::string model = {};
  /// Settings that the provider does not have.
  std::vector<std::string> warnings = {};
};

class TranscriptionModel {
 public:
  virtual ~TranscriptionModel() = default;
  TranscriptionModel(const TranscriptionModel&) = delete;
  TranscriptionModel& operator=(const TranscriptionModel&) = delete;

  /// Blocks. Errors as of `Model::complete`; `invalid_input` when there are no bytes.
  [[nodiscard]] virtual Result<TranscriptionReply> transcribe(const TranscriptionRequest& request,
                                                              const CallOptions& options = {}) = 0;

 protected:
  TranscriptionModel() = default;
};

/// Opens `provider/model`; errors as of `open_model`, and `unsupported` for providers that do not transcribe.
[[nodiscard]] Result<std::shared_ptr<TranscriptionModel>> open_transcription_model(std::string_view name,
                                                                                   const ModelOptions& options = {});
/// The model of that name at any server that speaks like `dialect`'s provider.
[[nodiscard]] Result<std::shared_ptr<TranscriptionModel>> open_transcription_model(Dialect dialect,
                                                                                   std::string_view model,
                                                                                   const ModelOptions& options = {});
[[nodiscard]] bool has_transcription(const Provider& provider);

}  // namespace sloop
