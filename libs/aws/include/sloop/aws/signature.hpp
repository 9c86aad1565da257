// SPDX-License-Identifier: Apache-2.0
//
// Signature Version 4, as pure functions: a request and credentials to the headers that prove who sends it.
//
//   sign(request, credentials, {.region = "us-east-1", .service = "bedrock", .time = system_clock::now()});
//
// Source: AWS, "Signature Version 4 signing process", with its test suite.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sloop/aws/credentials.hpp"
#include "sloop/http/transport.hpp"

namespace sloop::aws {

/// For what and when a signature is good.
struct SigningScope {
  std::string region = {};
  std::string service = {};
  std::chrono::system_clock::time_point time = {};
};

/// The texts that a signature is made of, step by step.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string signed_headers;
  /// The value of the `authorization` header.
  std::string authorization;
};

/// Over the request as it is: all its headers, `host` from the URL unless it has one. `x-amz-date` must be among them.
[[nodiscard]] Signature signature_of(const http::Request& request, const Credentials& credentials,
                                     const SigningScope& scope);

/// Adds `x-amz-date`, `x-amz-security-token` where there is one, and `authorization`. Headers that are added later are
/// not signed.
void sign(http::Request& request, const Credentials& credentials, const SigningScope& scope);

/// `20150830T123600Z`
[[nodiscard]] std::string amz_date(std::chrono::system_clock::time_point time);

/// Text as it stands in a path or query: everything but letters, digits, `-`, `.`, `_`, `~` as `%XX` (RFC 3986).
[[nodiscard]] std::string uri_encode(std::string_view text);

}  // namespace sloop::aws
