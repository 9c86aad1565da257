// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/compression.hpp"

#include <zlib.h>

#include <charconv>

#include "ascii.hpp"
#include "sloop/web/event.hpp"

namespace sloop::web {
namespace {

constexpr int kGzip = 16;  // Added to the window's size: a gzip header (zlib's manual, deflateInit2).

/// The weight of one element of the list; 1 without one.
double weight_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  double weight = 1;
  if (at != std::string_view::npos)
    (void)std::from_chars(parameters.data() + at + 2, parameters.data() + parameters.size(), weight);
  return weight;
}

std::optional<std::string> compressed(std::string_view body, bool gzip, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, MAX_WBITS + (gzip ? kGzip : 0), MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    return std::nullopt;
  std::string out(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return done == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

bool is_worthwhile(const Response& response, std::size_t min_bytes) {
  return !response.stream && response.body.size() >= min_bytes && response.status != 206 &&
         !response.headers.contains("content-encoding") && is_text(response);
}

}  // namespace

std::string_view choose_encoding(std::string_view accept) {
  double gzip = -1;
  double deflated = -1;
  double any = -1;
  while (!accept.empty()) {
    const std::size_t comma = std::min(accept.find(','), accept.size());
    const std::string_view element = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    const std::string_view name = trimmed(element.substr(0, semicolon));
    const double weight = weight_of(element.substr(semicolon));
    if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip")) gzip = weight;
    if (equal_ignoring_case(name, "deflate")) deflated = weight;
    if (name == "*") any = weight;
  }
  if (gzip < 0) gzip = any;
  if (deflated < 0) deflated = any;
  if (gzip > 0 && gzip >= deflated) return "gzip";
  return deflated > 0 ? "deflate" : "";
}

Middleware compression(CompressionOptions options) {
  return [options](Request& request, const Next& next) {
    const std::string_view encoding = choose_encoding(request.headers.get_or("accept-encoding", ""));
    Response response = next(request);
    if (!is_worthwhile(response, options.min_bytes)) return response;
    response.headers.add("vary", "accept-encoding");
    if (encoding.empty()) return response;
    auto body = compressed(response.body, encoding == "gzip", options.level);
    if (!body) return response;
    response.body = std::move(*body);
    response.headers.set("content-encoding", std::string(encoding));
    response.headers.remove("content-length");
    return response;
  };
}

}  // namespace sloop::web
