// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/transcription.hpp"

#include "service_call.hpp"
#include "transcription_wires.hpp"

namespace sloop {
namespace {

class HttpTranscriptionModel final : public TranscriptionModel {
 public:
  HttpTranscriptionModel(Endpoint endpoint, services::EncodeTranscription encode, std::string model)
      : endpoint_(std::move(endpoint)), encode_(encode), model_(std::move(model)) {}

  Result<TranscriptionReply> transcribe(const TranscriptionRequest& request, const CallOptions& options) override {
    if (request.bytes.empty()) return fail(ErrorKind::invalid_input, "bytes: the recording is empty");
    return services::call(endpoint_, encode_(request, model_), model_, options, services::decode_transcription);
  }

 private:
  Endpoint endpoint_;
  services::EncodeTranscription encode_;
  std::string model_;
};

Result<std::shared_ptr<TranscriptionModel>> open_at(const Provider& provider, std::string model,
                                                    const ModelOptions& options) {
  const auto encode = services::transcription_wire(provider);
  if (encode == nullptr) return fail(ErrorKind::unsupported, std::string(provider.name) + " does not transcribe");
  auto endpoint = Endpoint::open(provider, options, model);
  if (!endpoint) return fail(endpoint.error());
  return std::make_shared<HttpTranscriptionModel>(std::move(*endpoint), encode, std::move(model));
}

}  // namespace

Result<std::shared_ptr<TranscriptionModel>> open_transcription_model(std::string_view name,
                                                                     const ModelOptions& options) {
  auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return open_at(named->provider, std::move(named->model), options);
}

Result<std::shared_ptr<TranscriptionModel>> open_transcription_model(Dialect dialect, std::string_view model,
                                                                     const ModelOptions& options) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return open_at(home_of(dialect), std::string(model), options);
}

bool has_transcription(const Provider& provider) {
  return services::transcription_wire(provider) != nullptr;
}

}  // namespace sloop
