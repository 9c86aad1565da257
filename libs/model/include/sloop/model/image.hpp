// SPDX-License-Identifier: Apache-2.0
//
// Words to images.
//
//   auto model = open_image_model("openai/gpt-image-1-mini");
//   auto reply = (*model)->generate({.prompt = "a plain red circle", .size = "1024x1024"});
//   reply->images[0].bytes;   // of type reply->images[0].media_type
//
// Not for: images as part of a conversation's messages; those are parts of a `Message`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/model/model.hpp"

namespace sloop {

struct ImageRequest {
  std::string prompt = {};
  std::int64_t count = 1;
  /// Width and height in pixels (`1024x1536`) or their ratio (`3:2`), as the model takes them; empty: its own choice.
  std::string size = {};
  /// `low`, `high`, `hd`, by model; empty: its own choice.
  std::string quality = {};
  /// `png`, `jpeg`, `webp`; empty: the provider's own choice.
  std::string format = {};
  /// What must not be seen.
  std::string negative_prompt = {};
  std::optional<std::int64_t> seed = {};
  /// Members merged into the body that is sent. Null or an object.
  Json extra = nullptr;
};

/// Either the bytes or an address where they can be had for a while.
struct GeneratedImage {
  std::string bytes = {};
  /// `image/png`; of bytes only.
  std::string media_type = {};
  std::string url = {};
  /// What the provider made of the prompt, where it tells.
  std::string revised_prompt = {};
};

struct ImageReply {
  std::vector<GeneratedImage> images = {};
  Usage usage = {};
  /// As the provider sent it; null when it sent none.
  Json provider_usage = nullptr;
  /// US dollars, where the provider itself says what the call cost.
  std::optional<double> cost = {};
  std::string model = {};
  /// Settings that the provider does not have.
  std::vector<std::string> warnings = {};
};

class ImageModel {
 public:
  virtual ~ImageModel() = default;
  ImageModel(const ImageModel&) = delete;
  ImageModel& operator=(const ImageModel&) = delete;

  /// Blocks. Errors as of `Model::complete`; `invalid_input` when the prompt is empty, `bad_reply` when the answer
  /// holds no image.
  [[nodiscard]] virtual Result<ImageReply> generate(const ImageRequest& request, const CallOptions& options = {}) = 0;

 protected:
  ImageModel() = default;
};

/// Opens `provider/model`; errors as of `open_model`, and `unsupported` for providers without images.
[[nodiscard]] Result<std::shared_ptr<ImageModel>> open_image_model(std::string_view name,
                                                                   const ModelOptions& options = {});
/// The model of that name at any server that speaks like `dialect`'s provider.
[[nodiscard]] Result<std::shared_ptr<ImageModel>> open_image_model(Dialect dialect, std::string_view model,
                                                                   const ModelOptions& options = {});
[[nodiscard]] bool has_images(const Provider& provider);

}  // namespace sloop
