// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/decode.hpp"

#include <algorithm>

#include "sloop/core/base64.hpp"
#include "sloop/core/percent.hpp"

namespace sloop::events {
std::string url_decoded(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return decode_percent(spaced);
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
