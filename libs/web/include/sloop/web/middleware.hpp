// SPDX-License-Identifier: Apache-2.0
//
// Middleware for `Router::use` and for single routes. Each is a function; your own is any callable
// `(Request&, const Next&) -> Response`.
//
//   router.use(web::access_log()).use(web::cors({.origins = {"https://example.com"}})).use(web::body_limit(1 << 20));
//   router.get("/private", handler, {.middleware = {web::bearer_auth({token})}});
//
// Compression: <sloop/web/compression.hpp>. Exceptions need none: `Router::handle` catches them.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "sloop/web/router.hpp"

namespace sloop::web {

struct CorsOptions {
  /// Origins that may read answers; empty: every one (`*`).
  std::vector<std::string> origins = {};
  std::vector<std::string> methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
  /// Request headers that may be sent; empty: those that a preflight asks for.
  std::vector<std::string> headers = {};
  /// Response headers that scripts may read.
  std::vector<std::string> exposed = {};
  /// Lets cookies through; wants `origins` to be named.
  bool credentials = false;
  /// How long a preflight's answer is kept.
  std::chrono::seconds max_age{600};
};
/// Cross-origin requests (Fetch standard): answers preflights, marks answers.
[[nodiscard]] Middleware cors(CorsOptions options = {});

/// Takes over the request's id, or gives it one (the invocation's, else a random one); says it in the answer.
[[nodiscard]] Middleware request_id(std::string header = "x-request-id");

/// Refuses bodies of more than `bytes` with 413.
[[nodiscard]] Middleware body_limit(std::size_t bytes);

/// Handlers find a deadline at most `limit` ahead in their context, for the calls that they make; an answer that comes
/// later is replaced by 504. (A handler that computes is not interrupted.)
[[nodiscard]] Middleware timeout(std::chrono::milliseconds limit);

/// Admits requests with one of these tokens, compared in constant time; others get 401.
[[nodiscard]] Middleware bearer_auth(std::vector<std::string> tokens);
/// Admits requests whose token `admits`.
[[nodiscard]] Middleware bearer_auth(std::function<bool(const std::string& token)> admits);
struct BasicUser {
  std::string name;
  std::string password;
};
/// Admits requests of one of these users (RFC 7617), compared in constant time; others get 401.
[[nodiscard]] Middleware basic_auth(std::vector<BasicUser> users, std::string realm = "service");

/// Logs a line for each request: method, path, status, bytes, milliseconds. Neither query nor headers nor bodies.
[[nodiscard]] Middleware access_log();

/// Whether two texts are equal, in a time that depends on their lengths only.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right) noexcept;

}  // namespace sloop::web
