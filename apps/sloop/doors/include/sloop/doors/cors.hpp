// SPDX-License-Identifier: Apache-2.0
//
// The CORS settings of a Function URL or an HTTP API: the door answers preflights by itself and puts its headers in the
// place of the function's.
// Source: AWS Lambda API Reference, "Cors"; WHATWG Fetch, "CORS protocol".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sloop/core/headers.hpp"

namespace sloop::doors {

struct CorsOptions {
  /// Origins that may call, or `*`; empty: no CORS at all.
  std::vector<std::string> origins = {};
  std::vector<std::string> methods = {};
  std::vector<std::string> headers = {};
  std::vector<std::string> expose = {};
  /// Seconds for which a browser keeps a preflight; 0: not stated.
  int max_age = 0;
  bool credentials = false;
};

/// The headers of the answer to a preflight, or nothing when the request is none or CORS is not set up.
[[nodiscard]] std::optional<Headers> answer_preflight(const CorsOptions& options, std::string_view method,
                                                      const Headers& request);

/// Replaces what the function said about CORS with what the door says; nothing happens without CORS.
void apply_cors(const CorsOptions& options, const Headers& request, Headers& reply);

}  // namespace sloop::doors
