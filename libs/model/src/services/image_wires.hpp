// SPDX-License-Identifier: Apache-2.0
//
// How providers are asked for images, and what their answers mean, as pure functions.
//
// Source: OpenAI's specification (`CreateImageRequest`, `ImagesResponse`); the documentation of xAI, Google (Imagen,
// Gemini), Venice, Hyperbolic, Hugging Face and OpenRouter; AWS, Amazon Nova Canvas; and recorded traffic.
#pragma once

#include <string_view>

#include "bodies.hpp"
#include "sloop/model/image.hpp"

namespace sloop::services {

using EncodeImage = Outgoing (*)(const ImageRequest& request, std::string_view model);

/// Null when the provider has no images.
[[nodiscard]] EncodeImage image_wire(const Provider& provider);

/// Understands the answers of all: images as base64, as data URLs, as addresses, or as the body itself.
[[nodiscard]] Result<ImageReply> decode_images(int status, const Headers& headers, std::string_view body);

}  // namespace sloop::services
