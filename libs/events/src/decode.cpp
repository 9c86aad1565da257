// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/decode.hpp"

#include "sloop/core/base64.hpp"

namespace sloop::events {
namespace {

/// 16 for what is no hexadecimal digit.
unsigned hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a' + 10) : 16;
}

}  // namespace

std::string url_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) < 16 && hex_digit(text[i + 2]) < 16) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

Result<std::string> from_base64(std::string_view text, std::string_view field) {
  auto bytes = decode_base64(text);
  if (!bytes) return fail(ErrorKind::invalid_input, std::string(field) + ": is not base64");
  return std::move(*bytes);
}

Result<std::string> body_of(const std::optional<std::string>& body, std::optional<bool> is_base64) {
  if (!body) return std::string();
  return is_base64.value_or(false) ? from_base64(*body, "body") : Result<std::string>(*body);
}

}  // namespace sloop::events
