// SPDX-License-Identifier: Apache-2.0
#include "fill.hpp"

#include <zlib.h>

#include "sloop/core/base64.hpp"

namespace sloop::templates {
namespace {

std::string text_of(const Json& value) {
  return value.is_string() ? std::string(value.get_string()) : write_json(value);
}

Json fill_object(const JsonObject& object) {
  if (object.size() == 1) {
    const auto& [key, inner] = *object.begin();
    if (key == "$json") return Json(write_json(fill(inner)));
    if (key == "$base64") return Json(encode_base64(text_of(fill(inner))));
    if (key == "$gzip") return Json(encode_base64(gzip(write_json(fill(inner)))));
  }
  JsonObject out;
  for (const auto& [key, value] : object) out[key] = fill(value);
  return out;
}

}  // namespace

Json fill(const Json& value) {
  if (const auto* object = value.if_object()) return fill_object(*object);
  const auto* list = value.if_array();
  if (list == nullptr) return value;
  JsonArray out;
  for (const auto& item : *list) out.push_back(fill(item));
  return out;
}

std::string gzip(std::string_view text) {
  constexpr int kGzip = 16;  // zlib's way to ask for a gzip header
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return "";
  std::string out(deflateBound(&stream, text.size()), '\0');
  // zlib's older interface takes no const; it does not write there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace sloop::templates
