// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/speech.hpp"

#include "service_call.hpp"
#include "speech_wires.hpp"

namespace sloop {
namespace {

class HttpSpeechModel final : public SpeechModel {
 public:
  HttpSpeechModel(Endpoint endpoint, services::EncodeSpeech encode, std::string model)
      : endpoint_(std::move(endpoint)), encode_(encode), model_(std::move(model)) {}

  Result<SpeechReply> speak(const SpeechRequest& request, const CallOptions& options) override {
    if (request.text.empty()) return fail(ErrorKind::invalid_input, "text: is empty");
    return services::call(endpoint_, encode_(request, model_), model_, options, services::decode_speech);
  }

 private:
  Endpoint endpoint_;
  services::EncodeSpeech encode_;
  std::string model_;
};

Result<std::shared_ptr<SpeechModel>> open_at(const Provider& provider, std::string model, const ModelOptions& options) {
  const auto encode = services::speech_wire(provider);
  if (encode == nullptr) return fail(ErrorKind::unsupported, std::string(provider.name) + " does not speak");
  auto endpoint = Endpoint::open(provider, options, model);
  if (!endpoint) return fail(endpoint.error());
  return std::make_shared<HttpSpeechModel>(std::move(*endpoint), encode, std::move(model));
}

}  // namespace

Result<std::shared_ptr<SpeechModel>> open_speech_model(std::string_view name, const ModelOptions& options) {
  auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return open_at(named->provider, std::move(named->model), options);
}

Result<std::shared_ptr<SpeechModel>> open_speech_model(Dialect dialect, std::string_view model,
                                                       const ModelOptions& options) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return open_at(home_of(dialect), std::string(model), options);
}

bool has_speech(const Provider& provider) {
  return services::speech_wire(provider) != nullptr;
}

}  // namespace sloop
