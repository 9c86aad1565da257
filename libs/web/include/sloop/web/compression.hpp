// SPDX-License-Identifier: Apache-2.0
//
// Compressed answers (gzip, deflate), by zlib. Linked only where it is used.
//
//   router.use(web::compression());
#pragma once

#include <cstddef>

#include "sloop/web/router.hpp"

namespace sloop::web {

struct CompressionOptions {
  /// Shorter bodies stay as they are: the gain would be less than a packet.
  std::size_t min_bytes = 860;
  /// zlib's, from 1 (fast) to 9 (small).
  int level = 6;
};

/// Compresses whole bodies of text, JSON, XML, JavaScript and SVG for clients that accept it, and marks them with
/// `Content-Encoding` (so that they go to Lambda as base64) and `Vary`. Streams and partial answers stay as they are.
[[nodiscard]] Middleware compression(CompressionOptions options = {});

/// `gzip`, `deflate`, or empty: what to use for this `Accept-Encoding` (RFC 9110 section 12.5.3).
[[nodiscard]] std::string_view choose_encoding(std::string_view accept_encoding);

}  // namespace sloop::web
