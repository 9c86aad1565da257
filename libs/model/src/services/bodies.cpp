// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "dialects/answer.hpp"
#include "sloop/core/base64.hpp"

namespace sloop::services {
namespace {

/// Two positive numbers with `between` between them.
std::optional<PixelSize> pair_of(std::string_view text, char between) {
  const auto middle = text.find(between);
  if (middle == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view digits, std::int64_t& out) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return error == std::errc() && end == digits.data() + digits.size() && out > 0;
  };
  PixelSize out;
  if (!number(text.substr(0, middle), out.width) || !number(text.substr(middle + 1), out.height)) return std::nullopt;
  return out;
}

}  // namespace

Outgoing json_outgoing(std::string path, JsonObject body, const Json& extra) {
  if (extra.is_object())
    for (const auto& member : extra.get_object()) body[member.key()] = member.value();
  return {.path = std::move(path), .body = write_json(body)};
}

std::optional<PixelSize> pixels_of(std::string_view size) {
  return pair_of(size, 'x');
}

std::string ratio_of(std::string_view size) {
  if (pair_of(size, ':')) return std::string(size);
  const auto pixels = pixels_of(size);
  if (!pixels) return "";
  const auto common = std::gcd(pixels->width, pixels->height);
  return std::to_string(pixels->width / common) + ':' + std::to_string(pixels->height / common);
}

std::string gemini_name(std::string_view model) {
  return (model.contains('/') ? "" : "models/") + std::string(model);
}

std::optional<TypedBytes> bytes_of_data_url(std::string_view url) {
  constexpr std::string_view kMark = ";base64,";
  const auto mark = url.find(kMark);
  if (!url.starts_with("data:") || mark == std::string_view::npos) return std::nullopt;
  auto bytes = decode_base64(url.substr(mark + kMark.size()));
  if (!bytes) return std::nullopt;
  return TypedBytes{std::string(url.substr(5, mark - 5)), std::move(*bytes)};
}

std::string image_type_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
  if (bytes.starts_with("GIF8")) return "image/gif";
  return "image/png";
}

void Multipart::field(std::string_view name, std::string_view value) {
  parts_.push_back({.head = "content-disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n",
                    .bytes = {},
                    .own = std::string(value)});
}

void Multipart::file(std::string_view name, std::string_view file_name, std::string_view media_type,
                     std::string_view bytes) {
  parts_.push_back({.head = "content-disposition: form-data; name=\"" + std::string(name) + "\"; filename=\"" +
                            std::string(file_name) + "\"\r\ncontent-type: " + std::string(media_type) + "\r\n\r\n",
                    .bytes = bytes,
                    .own = {}});
}

Outgoing Multipart::take(std::string path) const {
  std::string boundary;
  const auto occurs = [&](const Part& part) {
    return part.bytes.contains(boundary) || std::string_view(part.own).contains(boundary);
  };
  int number = 0;
  do boundary = "sloop-part-" + std::to_string(number++);
  while (std::ranges::any_of(parts_, occurs));
  Outgoing out{.path = std::move(path), .body = {}, .content_type = "multipart/form-data; boundary=" + boundary};
  for (const auto& part : parts_) {
    out.body += "--" + boundary + "\r\n" + part.head;
    out.body += part.own;
    out.body += part.bytes;
    out.body += "\r\n";
  }
  out.body += "--" + boundary + "--\r\n";
  return out;
}

Usage usage_in(const Json& answer) {
  using dialects::number_at;
  return {.input = number_at(
              answer, {{"usage", "input_tokens"}, {"usage", "prompt_tokens"}, {"usageMetadata", "promptTokenCount"}}),
          .output = number_at(
              answer,
              {{"usage", "output_tokens"}, {"usage", "completion_tokens"}, {"usageMetadata", "candidatesTokenCount"}})};
}

Json provider_usage_in(const Json& answer) {
  for (const auto key : {"usage", "usageMetadata"})
    if (const Json* usage = find(answer, key); usage != nullptr) return *usage;
  return nullptr;
}

std::optional<double> cost_in(const Json& provider_usage) {
  if (const Json* cost = find(provider_usage, "cost"); cost != nullptr && cost->is_number())
    return cost->to_number<double>();
  if (const Json* ticks = find(provider_usage, "cost_in_usd_ticks"); ticks != nullptr && ticks->is_number())
    return ticks->to_number<double>() / 1e10;
  return std::nullopt;
}

}  // namespace sloop::services
