// SPDX-License-Identifier: Apache-2.0
//
// What libcurl's result codes mean to a caller.
#pragma once

#include <string>

#include "curl_engine.hpp"
#include "sloop/core/error.hpp"
#include "trust_roots.hpp"

namespace sloop::http {

/// The error of an exchange that ended with another code than `CURLE_OK`; `place` is the origin of its request.
[[nodiscard]] Error error_of(const Exchange& exchange, const std::string& place, const TrustRoots& roots);

}  // namespace sloop::http
