// SPDX-License-Identifier: Apache-2.0
//
// HTTP/1.1 requests out of bytes in any chunking, as far as telemetry needs them: a length or chunks, no more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sloop::extension {

class DeliveryParser {
 public:
  enum class State { more, request, too_large, broken };

  explicit DeliveryParser(std::size_t max_body) : max_body_(max_body) {}

  void feed(std::string_view bytes) { pending_ += bytes; }
  /// Looks for a whole request in what was fed; after `request`, `body` has it and it is gone from what was fed.
  [[nodiscard]] State next();
  [[nodiscard]] std::string& body() { return body_; }

 private:
  State read_length(std::string_view head, std::size_t begin);
  State read_chunks(std::size_t begin);

  std::size_t max_body_;
  std::string pending_;
  std::string body_;
};

}  // namespace sloop::extension
