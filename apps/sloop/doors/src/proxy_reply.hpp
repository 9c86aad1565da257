// SPDX-License-Identifier: Apache-2.0
//
// A function's JSON as an HTTP reply: `{"statusCode":200,"headers":{..},"body":".."}`.
#pragma once

#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/core/json.hpp"
#include "sloop/doors/door.hpp"

namespace sloop::doors {

struct ReplyRules {
  /// Formats 2.0: JSON without a status is a body of its own, cookies have a list.
  bool v2 = false;
  /// `headers` count, `multiValueHeaders` count (which win where both name a header).
  bool single = true;
  bool multiple = false;
  /// Base64 is made bytes.
  bool binary = true;
};

/// Fails with `bad_reply` for anything that is no such reply, and for line ends in headers.
[[nodiscard]] Result<Answer> read_reply(std::string_view json, const ReplyRules& rules);

/// Status, headers and cookies of a reply or of a prelude.
[[nodiscard]] Result<Answer> read_reply_head(const Json& reply, const ReplyRules& rules);

}  // namespace sloop::doors
