// SPDX-License-Identifier: Apache-2.0
#include "sloop/aws/signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <vector>

#include "sloop/core/percent.hpp"

namespace sloop::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += kDigits[value >> 4];
    out += kDigits[value & 15];
  }
  return out;
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return {digest.begin(), digest.begin() + size};
}

std::string hmac(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
       bytes.size(), digest.data(), &size);
  return {digest.begin(), digest.begin() + size};
}

/// Host, path and query of a URL as they are written.
struct UrlParts {
  std::string_view host;
  std::string_view path;
  std::string_view query;
};
UrlParts parts_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const auto question = std::min(url.find('?'), url.size());
  const auto slash = std::min(url.find('/'), question);
  return {.host = url.substr(0, slash),
          .path = url.substr(slash, question - slash),
          .query = question < url.size() ? url.substr(question + 1) : std::string_view()};
}

/// Without empty and dot segments (RFC 3986, section 5.2.4), every segment encoded once more.
std::string canonical_path(std::string_view path) {
  std::vector<std::string_view> segments;
  const bool ends_open = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!segment.empty() && segment != "." && segment != "..") segments.push_back(segment);
  }
  std::string out;
  for (const auto segment : segments) out += "/" + uri_encode(segment);
  return out.empty() || ends_open ? out + "/" : out;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto value = equals < parameter.size() ? parameter.substr(equals + 1) : std::string_view();
    parameters.emplace_back(uri_encode(decode_percent(parameter.substr(0, equals))), uri_encode(decode_percent(value)));
  }
  std::ranges::sort(parameters);
  std::string out;
  for (const auto& [name, value] : parameters) out += (out.empty() ? "" : "&") + name + "=" + value;
  return out;
}

/// Without white space at the ends, and with one space where there was more inside.
std::string trimmed(std::string_view value) {
  std::string out;
  bool space = false;
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// By name; values of the same name joined in their order.
std::map<std::string, std::string> canonical_headers(const http::Request& request) {
  std::map<std::string, std::string> out;
  for (const auto& header : request.headers) {
    std::string& value = out[lower_case(header.name)];
    value += (value.empty() ? "" : ",") + trimmed(header.value);
  }
  if (!out.contains("host")) out["host"] = parts_of(request.url).host;
  return out;
}

}  // namespace

std::string uri_encode(std::string_view text) {
  return encode_percent(text);
}

std::string amz_date(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 24> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &utc);
  return {text.data(), size};
}

Signature signature_of(const http::Request& request, const Credentials& credentials, const SigningScope& scope) {
  Signature out;
  std::string headers;
  for (const auto& [name, value] : canonical_headers(request)) {
    headers += name + ":" + value + "\n";
    out.signed_headers += (out.signed_headers.empty() ? "" : ";") + name;
  }
  const auto parts = parts_of(request.url);
  out.canonical_request = request.method + "\n" + canonical_path(parts.path) + "\n" + canonical_query(parts.query) +
                          "\n" + headers + "\n" + out.signed_headers + "\n" + hex(sha256(request.body));
  const std::string time = amz_date(scope.time);
  const std::string day = time.substr(0, 8);
  const std::string place = day + "/" + scope.region + "/" + scope.service + "/aws4_request";
  out.string_to_sign = std::string(kAlgorithm) + "\n" + time + "\n" + place + "\n" + hex(sha256(out.canonical_request));
  const std::string key =
      hmac(hmac(hmac(hmac("AWS4" + credentials.secret_access_key, day), scope.region), scope.service), "aws4_request");
  out.authorization = std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" + place +
                      ", SignedHeaders=" + out.signed_headers + ", Signature=" + hex(hmac(key, out.string_to_sign));
  return out;
}

void sign(http::Request& request, const Credentials& credentials, const SigningScope& scope) {
  request.headers.add("x-amz-date", amz_date(scope.time));
  if (!credentials.session_token.empty()) request.headers.add("x-amz-security-token", credentials.session_token);
  request.headers.add("authorization", signature_of(request, credentials, scope).authorization);
}

}  // namespace sloop::aws
