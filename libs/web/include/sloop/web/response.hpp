// SPDX-License-Identifier: Apache-2.0
//
// One HTTP response: a value with a whole body, or with a function that writes it piece by piece.
//
//   return web::text("hello");
//   return web::json_response(201, to_json(item)).with("location", "/items/7");
//   return web::streamed("text/plain", [](web::BodyWriter& out) { return out.write("one piece"); });
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"
#include "sloop/core/json.hpp"

namespace sloop::web {

/// Takes the pieces of a streamed body.
class BodyWriter final {
 public:
  using Write = std::function<Result<void>(std::string_view)>;
  explicit BodyWriter(Write write) : write_(std::move(write)) {}
  BodyWriter(const BodyWriter&) = delete;
  BodyWriter& operator=(const BodyWriter&) = delete;

  /// Sends `bytes` at once, waiting where the client reads slowly. Fails with `cancelled` or `unavailable` when the
  /// client is gone: return that error, nobody is listening.
  [[nodiscard]] Result<void> write(std::string_view bytes) { return write_(bytes); }

 private:
  Write write_;
};

struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  /// Writes the body in place of `body`; called once, after the handler has returned, on the same thread. A failure
  /// ends the stream: the client sees that it is cut off.
  std::function<Result<void>(BodyWriter&)> stream = {};

  /// The same with one more header.
  [[nodiscard]] Response with(std::string_view name, std::string value) &&;
};

[[nodiscard]] Response text(std::string body);
[[nodiscard]] Response html(std::string body);
/// Any bytes under a content type.
[[nodiscard]] Response bytes(std::string body, std::string content_type = "application/octet-stream");
[[nodiscard]] Response json_response(int status, const Json& value);
/// No body: 204 by default.
[[nodiscard]] Response empty(int status = 204);
/// 302, 303, 307 or 308. Characters of `location` that no header can carry are escaped.
[[nodiscard]] Response redirect(std::string_view location, int status = 303);
[[nodiscard]] Response streamed(std::string content_type, std::function<Result<void>(BodyWriter&)> write);

/// A failure as `application/problem+json` (RFC 9457): status, title, detail.
[[nodiscard]] Response problem(int status, std::string_view detail);
/// The problem that an error stands for. The details of `internal` errors are not told: they are for the log.
[[nodiscard]] Response problem(const Error& error);

/// The status that tells a client of an error of this kind: 400 for `invalid_input`, 404 for `not_found`, 429 ..
[[nodiscard]] int status_of(ErrorKind kind) noexcept;
/// `Not Found`; empty for a status without a registered phrase (RFC 9110).
[[nodiscard]] std::string_view reason_of(int status) noexcept;

/// Whether HTTP allows this name (RFC 9110 section 5.1) and this value (5.5: no CR, LF, NUL).
[[nodiscard]] bool is_header(std::string_view name, std::string_view value) noexcept;

/// Makes `response` one that can be sent: a header that HTTP forbids, or a status outside 100 to 599, is a bug or an
/// attack, and becomes status 500. HEAD, 204 and 304 lose their body; HEAD keeps its length.
[[nodiscard]] Response sendable(Response response, std::string_view method);

/// The whole body: `stream` is run to its end and collected.
[[nodiscard]] Result<void> collect(Response& response);

}  // namespace sloop::web
