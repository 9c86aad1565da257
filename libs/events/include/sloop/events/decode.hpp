// SPDX-License-Identifier: Apache-2.0
//
// What the decoded views of events are made of: URL encoding, base64, bodies.
//
//   record.s3.object.decoded_key();   // calls url_decoded
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"

namespace sloop::events {

/// Undoes the encoding of forms: `+` is a space, `%2F` a slash. An escape that is none stays as it is.
[[nodiscard]] std::string url_decoded(std::string_view text);

/// Fails with `invalid_input` when the text is no base64; the message names `field`.
[[nodiscard]] Result<std::string> from_base64(std::string_view text, std::string_view field);

/// The bytes of an HTTP body; empty when there is none.
[[nodiscard]] Result<std::string> body_of(const std::optional<std::string>& body, std::optional<bool> is_base64);

}  // namespace sloop::events
