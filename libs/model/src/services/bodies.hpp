// SPDX-License-Identifier: Apache-2.0
//
// What the wires of images, speech and transcription have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/headers.hpp"
#include "sloop/core/json.hpp"
#include "sloop/model/reply.hpp"

namespace sloop::services {

/// What is sent, and how.
struct Outgoing {
  /// Below the base URL; from the root of the host where it begins with `//`.
  std::string path;
  std::string body;
  std::string content_type = "application/json";
  std::string accept = "application/json";
  std::vector<std::string> warnings = {};
};

/// A JSON body with the members of `extra` over its own.
[[nodiscard]] Outgoing json_outgoing(std::string path, JsonObject body, const Json& extra);

struct PixelSize {
  std::int64_t width = 0;
  std::int64_t height = 0;
};
/// Reads `1024x768`; empty for anything else.
[[nodiscard]] std::optional<PixelSize> pixels_of(std::string_view size);
/// `4:3` as it is, `1024x768` as the ratio it has; empty for anything else.
[[nodiscard]] std::string ratio_of(std::string_view size);

/// `models/NAME`, as Gemini's addresses have it; a name with a folder stays as it is.
[[nodiscard]] std::string gemini_name(std::string_view model);

/// The type and the bytes of `data:image/png;base64,...`; empty for anything else.
struct TypedBytes {
  std::string media_type;
  std::string bytes;
};
[[nodiscard]] std::optional<TypedBytes> bytes_of_data_url(std::string_view url);

/// The type of an image by its first bytes; `image/png` when they say nothing.
[[nodiscard]] std::string image_type_of(std::string_view bytes);

/// One body of several fields and a file (RFC 7578).
class Multipart {
 public:
  void field(std::string_view name, std::string_view value);
  void file(std::string_view name, std::string_view file_name, std::string_view media_type, std::string_view bytes);
  /// The body, and its type with the boundary in it: one that occurs in none of the parts.
  [[nodiscard]] Outgoing take(std::string path) const;

 private:
  struct Part {
    std::string head;
    std::string_view bytes;
    std::string own;
  };
  std::vector<Part> parts_;
};

/// Tokens of `usage` in OpenAI's, Mistral's or Gemini's words.
[[nodiscard]] Usage usage_in(const Json& answer);
/// The answer's own usage object; null when there is none.
[[nodiscard]] Json provider_usage_in(const Json& answer);
/// What OpenRouter (`cost`, US dollars) and xAI (`cost_in_usd_ticks`, 10^-10 US dollars) say that a call cost.
[[nodiscard]] std::optional<double> cost_in(const Json& provider_usage);

}  // namespace sloop::services
