// SPDX-License-Identifier: Apache-2.0
//
// Newline-delimited JSON as a pure state machine: bytes in any chunking in, lines out.
//
//   NdjsonDecoder decoder;
//   decoder.feed(bytes);
//   while (auto line = decoder.next()) use(parse_json(*line));
//
// Lines end in LF or CRLF; empty ones are passed over.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sloop::http {

class NdjsonDecoder {
 public:
  /// Appends bytes. Cost is linear in the bytes fed, whatever the chunking.
  void feed(std::string_view bytes);
  /// The next complete line; valid until the next call of any member.
  [[nodiscard]] std::optional<std::string_view> next();
  /// Call at the end of the body: what stands after the last line end counts as a line.
  void finish() { finished_ = true; }

 private:
  std::string buffer_;
  std::size_t position_ = 0;  // of the first byte not yet handed out
  std::size_t scanned_ = 0;   // no line end stands between position_ and here
  bool finished_ = false;
};

}  // namespace sloop::http
