// SPDX-License-Identifier: Apache-2.0
//
// The head of a streamed HTTP reply: JSON, then eight NUL bytes, then the body.
//
//   PreludeReader reader;
//   auto rest = reader.feed(bytes);  // what follows the head, once it is there
//   if (rest && reader.head()) begin(*reader.head());
//
// Source: AWS Lambda Developer Guide, "Response streaming"; content type
// `application/vnd.awslambda.http-integration-response`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/doors/door.hpp"

namespace sloop::doors {

inline constexpr std::string_view kPreludeType = "application/vnd.awslambda.http-integration-response";

class PreludeReader {
 public:
  /// Takes the next bytes of the stream and gives those of the body. Fails with `bad_reply` when the head is no JSON of
  /// that form, or longer than 1 MB.
  [[nodiscard]] Result<std::string> feed(std::string_view bytes);
  /// Status and headers; empty while the head is not complete. The body is empty.
  [[nodiscard]] const std::optional<Answer>& head() const { return head_; }

 private:
  std::string pending_;
  std::optional<Answer> head_;
};

}  // namespace sloop::doors
