// SPDX-License-Identifier: Apache-2.0
#include "posted_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sloop/core/base64.hpp"
#include "sloop/emulator/runtime_api.hpp"

namespace sloop::emulator {
namespace {

constexpr std::string_view kErrorType = "lambda-runtime-function-error-type";
constexpr std::string_view kErrorBody = "lambda-runtime-function-error-body";

void fail_with(TakenBody& taken, std::string_view type, std::string_view message) {
  taken.result.is_error = true;
  taken.result.error_type = type;
  taken.result.body = runtime_error_body(type, message);
}

void fail_as_too_large(TakenBody& taken, std::size_t size, std::size_t limit) {
  fail_with(
      taken, "Function.ResponseSizeTooLarge",
      fmt::format("Response payload size ({} bytes) exceeded maximum allowed payload size ({} bytes).", size, limit));
  taken.refusal =
      Refusal{413, "RequestEntityTooLarge", fmt::format("Exceeded maximum allowed payload size ({} bytes).", limit)};
}

/// An error that came behind the stream, which is then kept as it is.
void take_trailers(TakenBody& taken, const Headers& trailers) {
  if (!trailers.contains(kErrorType)) return;
  taken.result.is_error = true;
  taken.result.error_type = error_type_of(trailers, "Function.Unknown");
  const auto decoded = decode_base64(trailers.get_or(kErrorBody, ""));
  taken.result.body = decoded && !decoded->empty() ? *decoded : runtime_error_body(taken.result.error_type, "");
}

/// By the response mode, or, as Go's runtime does, by the trailers that only a stream has.
bool announces_stream(const Headers& headers) {
  if (headers.contains("lambda-runtime-function-response-mode")) return true;
  std::string announced(headers.get_or("trailer", ""));
  std::ranges::transform(announced, announced.begin(), [](unsigned char c) { return std::tolower(c); });
  return announced.find(kErrorType) != std::string::npos;
}

/// False when the rest is not wanted: the caller left, or the stream is too long.
bool take_piece(TakenBody& taken, std::string_view piece, std::size_t size, const TakeOptions& options) {
  if (options.channel == nullptr) {
    if (size <= kMaxPayload) taken.result.body += piece;
    return true;
  }
  if (size > options.max_stream) {
    fail_as_too_large(taken, size, options.max_stream);
    return false;
  }
  taken.broken = !options.channel->push(piece);
  return !taken.broken;
}

}  // namespace

std::string error_type_of(const Headers& headers, std::string_view unknown) {
  const auto type = headers.get_or(kErrorType, "");
  const auto dot = type.find('.');
  if (dot == std::string_view::npos || (type.substr(0, dot) != "Runtime" && type.substr(0, dot) != "Function"))
    return std::string(unknown);
  const auto reason = type.substr(dot + 1);
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool good = reason.size() > 1 && reason[0] <= 'Z' && std::ranges::all_of(reason, is_letter);
  return good ? std::string(type) : std::string(type.substr(0, dot)) + ".Unknown";
}

TakenBody take_body(const serve::Request& head, serve::Exchange& exchange, const TakeOptions& options) {
  TakenBody taken;
  taken.result.is_error = options.is_error;
  taken.result.streamed = !options.is_error && announces_stream(head.headers);
  taken.result.content_type = head.headers.get_or("content-type", "application/octet-stream");
  if (options.is_error) taken.result.error_type = error_type_of(head.headers, "Function.Unknown");
  TakeOptions wanted = options;
  if (!taken.result.streamed) wanted.channel = nullptr;
  if (wanted.channel != nullptr) wanted.channel->begin(taken.result.content_type);
  std::size_t size = 0;
  while (true) {
    const auto piece = exchange.read();
    if (!piece) {
      fail_with(taken, "Runtime.TruncatedResponse", "The runtime's response was cut off before its end.");
      taken.refusal = Refusal{400, "TruncatedHTTPRequest", "HTTP request detected as truncated"};
      return taken;
    }
    if (piece->empty()) break;
    size += piece->size();
    if (!take_piece(taken, *piece, size, wanted)) return taken;
  }
  if (wanted.channel == nullptr && size > kMaxPayload)
    fail_as_too_large(taken, size, kMaxPayload);
  else if (taken.result.streamed)
    take_trailers(taken, exchange.trailers());
  return taken;
}

}  // namespace sloop::emulator
