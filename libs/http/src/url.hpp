// SPDX-License-Identifier: Apache-2.0
//
// What the transport itself must know of a URL; libcurl parses it for the rest.
#pragma once

#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/http/transport.hpp"

namespace sloop::http {

/// Scheme, host and port of an absolute URL (`https://api.openai.com`), without user information; empty when it is
/// none. This is all of a URL that messages may show: paths and queries of some providers hold keys.
[[nodiscard]] std::string origin_of(std::string_view url);

[[nodiscard]] bool is_https(std::string_view url);

/// Refuses header fields (or trailers) that must not reach the wire.
[[nodiscard]] Result<void> check_headers(const Headers& headers);

/// Refuses what must not reach the wire: other schemes than http and https, and control characters in method,
/// URL or headers.
[[nodiscard]] Result<void> check_request(const Request& request);

}  // namespace sloop::http
