// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/image.hpp"

#include "image_wires.hpp"
#include "service_call.hpp"

namespace sloop {
namespace {

class HttpImageModel final : public ImageModel {
 public:
  HttpImageModel(Endpoint endpoint, services::EncodeImage encode, std::string model)
      : endpoint_(std::move(endpoint)), encode_(encode), model_(std::move(model)) {}

  Result<ImageReply> generate(const ImageRequest& request, const CallOptions& options) override {
    if (request.prompt.empty()) return fail(ErrorKind::invalid_input, "prompt: is empty");
    return services::call(endpoint_, encode_(request, model_), model_, options, services::decode_images);
  }

 private:
  Endpoint endpoint_;
  services::EncodeImage encode_;
  std::string model_;
};

Result<std::shared_ptr<ImageModel>> open_at(const Provider& provider, std::string model, const ModelOptions& options) {
  const auto encode = services::image_wire(provider);
  if (encode == nullptr)
    return fail(ErrorKind::unsupported, std::string(provider.name) + " makes no images that can be asked for here");
  auto endpoint = Endpoint::open(provider, options, model);
  if (!endpoint) return fail(endpoint.error());
  return std::make_shared<HttpImageModel>(std::move(*endpoint), encode, std::move(model));
}

}  // namespace

Result<std::shared_ptr<ImageModel>> open_image_model(std::string_view name, const ModelOptions& options) {
  auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return open_at(named->provider, std::move(named->model), options);
}

Result<std::shared_ptr<ImageModel>> open_image_model(Dialect dialect, std::string_view model,
                                                     const ModelOptions& options) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return open_at(home_of(dialect), std::string(model), options);
}

bool has_images(const Provider& provider) {
  return services::image_wire(provider) != nullptr;
}

}  // namespace sloop
