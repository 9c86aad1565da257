// SPDX-License-Identifier: Apache-2.0
#include "image_wires.hpp"

#include "dialects/answer.hpp"
#include "dialects/encoding.hpp"
#include "sloop/aws/signature.hpp"
#include "sloop/core/base64.hpp"

namespace sloop::services {
namespace {

using dialects::array_at;
using dialects::LeftOut;

void add(JsonObject& body, std::string_view key, std::string_view value) {
  if (!value.empty()) body[key] = value;
}

void add_pixels(JsonObject& body, std::string_view size) {
  const auto pixels = pixels_of(size);
  if (!pixels) return;
  body["width"] = pixels->width;
  body["height"] = pixels->height;
}

/// OpenAI's own models give base64 and refuse to be asked for it; the others have to be asked.
bool gives_base64(std::string_view model) {
  return model.contains("gpt-image");
}

Outgoing openai(const ImageRequest& request, std::string_view model) {
  JsonObject body{{"model", model}, {"prompt", request.prompt}};
  if (request.count != 1) body["n"] = request.count;
  add(body, "size", request.size);
  add(body, "quality", request.quality);
  add(body, "output_format", request.format);
  if (!gives_base64(model)) body["response_format"] = "b64_json";
  auto out = json_outgoing("/images/generations", std::move(body), request.extra);
  const LeftOut left_out("this provider", out.warnings);
  left_out.note(!request.negative_prompt.empty(), "negative_prompt");
  left_out.note(request.seed.has_value(), "seed");
  return out;
}

Outgoing xai(const ImageRequest& request, std::string_view model) {
  JsonObject body{{"model", model}, {"prompt", request.prompt}};
  if (request.count != 1) body["n"] = request.count;
  add(body, "aspect_ratio", ratio_of(request.size));
  add(body, "resolution", request.quality);
  body["response_format"] = "b64_json";
  auto out = json_outgoing("/images/generations", std::move(body), request.extra);
  const LeftOut left_out("xAI", out.warnings);
  left_out.note(!request.format.empty(), "format");
  left_out.note(!request.negative_prompt.empty(), "negative_prompt");
  left_out.note(request.seed.has_value(), "seed");
  return out;
}

Outgoing imagen(const ImageRequest& request, std::string_view model) {
  JsonObject parameters{{"sampleCount", request.count}};
  add(parameters, "aspectRatio", ratio_of(request.size));
  add(parameters, "sampleImageSize", request.quality);
  if (!request.format.empty()) parameters["outputOptions"] = JsonObject{{"mimeType", "image/" + request.format}};
  add(parameters, "negativePrompt", request.negative_prompt);
  if (request.seed) parameters["seed"] = *request.seed;
  JsonObject body{{"instances", JsonArray{JsonObject{{"prompt", request.prompt}}}},
                  {"parameters", std::move(parameters)}};
  return json_outgoing("/v1beta/" + gemini_name(model) + ":predict", std::move(body), request.extra);
}

Outgoing gemini(const ImageRequest& request, std::string_view model) {
  if (model.contains("imagen")) return imagen(request, model);
  JsonObject config{{"responseModalities", JsonArray{"TEXT", "IMAGE"}}};
  JsonObject image;
  add(image, "aspectRatio", ratio_of(request.size));
  add(image, "imageSize", request.quality);
  if (!image.empty()) config["imageConfig"] = std::move(image);
  if (request.seed) config["seed"] = *request.seed;
  JsonObject body{
      {"contents", JsonArray{JsonObject{{"role", "user"}, {"parts", JsonArray{JsonObject{{"text", request.prompt}}}}}}},
      {"generationConfig", std::move(config)}};
  auto out = json_outgoing("/v1beta/" + gemini_name(model) + ":generateContent", std::move(body), request.extra);
  const LeftOut left_out("Gemini", out.warnings);
  left_out.note(request.count != 1, "count");
  left_out.note(!request.format.empty(), "format");
  left_out.note(!request.negative_prompt.empty(), "negative_prompt");
  return out;
}

Outgoing venice(const ImageRequest& request, std::string_view model) {
  JsonObject body{{"model", model}, {"prompt", request.prompt}, {"return_binary", false}};
  if (request.count != 1) body["variants"] = request.count;
  add_pixels(body, request.size);
  add(body, "format", request.format);
  add(body, "negative_prompt", request.negative_prompt);
  if (request.seed) body["seed"] = *request.seed;
  auto out = json_outgoing("/image/generate", std::move(body), request.extra);
  LeftOut("Venice", out.warnings).note(!request.quality.empty(), "quality");
  return out;
}

Outgoing hyperbolic(const ImageRequest& request, std::string_view model) {
  JsonObject body{{"model_name", model}, {"prompt", request.prompt}};
  add_pixels(body, request.size);
  add(body, "negative_prompt", request.negative_prompt);
  if (request.seed) body["seed"] = *request.seed;
  auto out = json_outgoing("/image/generation", std::move(body), request.extra);
  const LeftOut left_out("Hyperbolic", out.warnings);
  left_out.note(request.count != 1, "count");
  left_out.note(!request.quality.empty(), "quality");
  left_out.note(!request.format.empty(), "format");
  return out;
}

/// The inference API of the router; the answer is the image itself.
Outgoing huggingface(const ImageRequest& request, std::string_view model) {
  JsonObject parameters;
  add_pixels(parameters, request.size);
  add(parameters, "negative_prompt", request.negative_prompt);
  if (request.seed) parameters["seed"] = *request.seed;
  auto out = json_outgoing("//hf-inference/models/" + std::string(model),
                           {{"inputs", request.prompt}, {"parameters", std::move(parameters)}}, request.extra);
  out.accept = "image/png";
  const LeftOut left_out("Hugging Face", out.warnings);
  left_out.note(request.count != 1, "count");
  left_out.note(!request.quality.empty(), "quality");
  left_out.note(!request.format.empty(), "format");
  return out;
}

Outgoing nova_canvas(const ImageRequest& request, std::string_view model) {
  JsonObject text{{"text", request.prompt}};
  add(text, "negativeText", request.negative_prompt);
  JsonObject config{{"numberOfImages", request.count}};
  add_pixels(config, request.size);
  add(config, "quality", request.quality);
  if (request.seed) config["seed"] = *request.seed;
  auto out = json_outgoing("/model/" + aws::uri_encode(model) + "/invoke",
                           {{"taskType", "TEXT_IMAGE"},
                            {"textToImageParams", std::move(text)},
                            {"imageGenerationConfig", std::move(config)}},
                           request.extra);
  LeftOut("Nova Canvas", out.warnings).note(!request.format.empty(), "format");
  return out;
}

/// A chat whose answer has images.
Outgoing openrouter(const ImageRequest& request, std::string_view model) {
  JsonObject body{{"model", model},
                  {"messages", JsonArray{JsonObject{{"role", "user"}, {"content", request.prompt}}}},
                  {"modalities", JsonArray{"image", "text"}}};
  if (const auto ratio = ratio_of(request.size); !ratio.empty())
    body["image_config"] = JsonObject{{"aspect_ratio", ratio}};
  if (request.seed) body["seed"] = *request.seed;
  auto out = json_outgoing("/chat/completions", std::move(body), request.extra);
  const LeftOut left_out("OpenRouter", out.warnings);
  left_out.note(request.count != 1, "count");
  left_out.note(!request.quality.empty(), "quality");
  left_out.note(!request.format.empty(), "format");
  left_out.note(!request.negative_prompt.empty(), "negative_prompt");
  return out;
}

// ---- answers

void add_base64(std::string_view text, std::string_view type, ImageReply& out) {
  auto bytes = decode_base64(text);
  if (!bytes || bytes->empty()) return;
  std::string media_type = type.empty() ? image_type_of(*bytes) : std::string(type);
  out.images.push_back({.bytes = std::move(*bytes), .media_type = std::move(media_type)});
}

void add_address(std::string_view url, ImageReply& out) {
  if (auto data = bytes_of_data_url(url)) {
    out.images.push_back({.bytes = std::move(data->bytes), .media_type = std::move(data->media_type)});
  } else if (!url.empty()) {
    out.images.push_back({.url = std::string(url)});
  }
}

/// OpenAI, xAI, Together; `format` is that of the whole answer.
void add_openai(const Json& answer, ImageReply& out) {
  const auto format = find_string(answer, "output_format");
  for (const Json& entry : array_at(answer, "data")) {
    const std::size_t before = out.images.size();
    const auto type = find_string(entry, "mime_type");
    add_base64(find_string(entry, "b64_json"), type.empty() && !format.empty() ? "image/" + std::string(format) : type,
               out);
    if (out.images.size() == before) add_address(find_string(entry, "url"), out);
    if (out.images.size() > before) out.images.back().revised_prompt = find_string(entry, "revised_prompt");
  }
}

/// Venice and Nova Canvas (texts), Hyperbolic (objects with `image`).
void add_listed(const Json& answer, ImageReply& out) {
  for (const Json& entry : array_at(answer, "images"))
    add_base64(entry.is_string() ? std::string_view(entry.get_string()) : find_string(entry, "image"), "", out);
}

void add_google(const Json& answer, ImageReply& out) {
  for (const Json& entry : array_at(answer, "predictions"))
    add_base64(find_string(entry, "bytesBase64Encoded"), find_string(entry, "mimeType"), out);
  for (const Json& candidate : array_at(answer, "candidates"))
    if (const Json* content = find(candidate, "content"))
      for (const Json& part : array_at(*content, "parts"))
        if (const Json* data = find(part, "inlineData"))
          add_base64(find_string(*data, "data"), find_string(*data, "mimeType"), out);
}

void add_chat(const Json& answer, ImageReply& out) {
  for (const Json& choice : array_at(answer, "choices"))
    if (const Json* message = find(choice, "message"))
      for (const Json& image : array_at(*message, "images"))
        if (const Json* url = find(image, "image_url")) add_address(find_string(*url, "url"), out);
}

}  // namespace

EncodeImage image_wire(const Provider& provider) {
  struct Row {
    std::string_view name;
    EncodeImage encode;
  };
  constexpr Row kRows[] = {{"openai", openai},         {"openai-chat", openai},    {"azure", openai},
                           {"azure-chat", openai},     {"together", openai},       {"xai", xai},
                           {"gemini", gemini},         {"vertex", gemini},         {"venice", venice},
                           {"hyperbolic", hyperbolic}, {"openrouter", openrouter}, {"huggingface", huggingface},
                           {"bedrock", nova_canvas}};
  for (const auto& row : kRows)
    if (row.name == provider.name) return row.encode;
  return nullptr;
}

Result<ImageReply> decode_images(int status, const Headers& headers, std::string_view body) {
  ImageReply out;
  if (const auto type = headers.get_or("content-type", ""); status < 400 && type.starts_with("image/")) {
    out.images.push_back({.bytes = std::string(body), .media_type = std::string(type)});
    return out;
  }
  const auto answer = dialects::answer_json(status, headers, body, out.warnings);
  if (!answer) return fail(answer.error());
  add_openai(*answer, out);
  add_listed(*answer, out);
  add_google(*answer, out);
  add_chat(*answer, out);
  if (out.images.empty()) return fail(ErrorKind::bad_reply, "the provider's answer holds no image");
  out.usage = usage_in(*answer);
  out.provider_usage = provider_usage_in(*answer);
  out.cost = cost_in(out.provider_usage);
  out.model = find_string(*answer, "model");
  return out;
}

}  // namespace sloop::services
