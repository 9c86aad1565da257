// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include <algorithm>

namespace sloop::http {
namespace {

bool is_token(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";  // RFC 9110 section 5.6.2
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kOthers.contains(c);
  });
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text,
                             [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

std::string origin_of(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return {};
  const auto scheme = url.substr(0, scheme_end);
  if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) return {};
  auto authority = url.substr(scheme_end + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  if (authority.empty() || authority.front() == ':') return {};
  return std::string(scheme).append("://").append(authority);
}

bool is_https(std::string_view url) {
  return equal_ignoring_case(url.substr(0, url.find(':')), "https");
}

Result<void> check_headers(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (!is_token(name))
      return fail(ErrorKind::invalid_input, "a header name holds characters that HTTP does not allow");
    if (has_control_character(value))
      return fail(ErrorKind::invalid_input, "the value of header '" + name + "' holds a line end or control character");
  }
  return {};
}

Result<void> check_request(const Request& request) {
  if (!is_token(request.method)) return fail(ErrorKind::invalid_input, "the HTTP method is not a token");
  if (origin_of(request.url).empty() || has_control_character(request.url) || request.url.contains(' '))
    return fail(ErrorKind::invalid_input,
                "the address is no http or https URL; write it like https://api.example.com/v1");
  return check_headers(request.headers);
}

}  // namespace sloop::http
