// SPDX-License-Identifier: Apache-2.0
//
// The reply in the hands of a handler: bytes that reach the caller while the handler still works.
//
//   lambda::run([](const Event& event, lambda::Responder& responder) -> Result<void> {
//     auto& out = responder.stream("text/plain");
//     for (const auto& part : parts_of(event))
//       if (auto written = out.write(part); !written) return written;
//     return {};
//   });
//
// Not for whole replies: those are returned by the handler.
// Source: AWS Lambda Developer Guide, "Response streaming for custom runtimes".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"

namespace sloop::lambda {

class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  StreamWriter(const StreamWriter&) = delete;
  StreamWriter& operator=(const StreamWriter&) = delete;

  /// Sends bytes at once; blocks while the caller is slower. With no bytes it sends what is held back (an HTTP
  /// prelude). Fails when the caller is gone (`unavailable`), the reply was refused, or the deadline passed; the
  /// handler should return that error.
  [[nodiscard]] virtual Result<void> write(std::string_view bytes) = 0;

 protected:
  StreamWriter() = default;
};

/// Status and headers of a streamed HTTP reply. Fields of the same name are joined by commas, but for `set-cookie`,
/// which belongs in `cookies`.
struct HttpPrelude {
  int status = 200;
  Headers headers = {};
  std::vector<std::string> cookies = {};
};

/// The content type that tells HTTP front ends of a prelude.
inline constexpr std::string_view kHttpIntegrationResponse = "application/vnd.awslambda.http-integration-response";

/// The prelude as it goes in front of the body: JSON, and eight NUL bytes.
[[nodiscard]] std::string prelude_bytes(const HttpPrelude& prelude);

class Responder {
 public:
  virtual ~Responder() = default;
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  /// Of a whole reply; `application/json` unless it is set.
  virtual void set_content_type(std::string content_type) = 0;

  /// Chooses a streamed reply, once. It begins with the first `write`: a handler that fails before is reported as one
  /// that replies whole. What fails later is told in trailers after the bytes that were sent. `head` is sent before the
  /// first bytes. The writer is valid until the handler returns.
  virtual StreamWriter& stream(std::string_view content_type = "application/octet-stream", std::string head = {}) = 0;

  /// A streamed HTTP reply.
  StreamWriter& http_stream(const HttpPrelude& prelude) {
    return stream(kHttpIntegrationResponse, prelude_bytes(prelude));
  }

 protected:
  Responder() = default;
};

}  // namespace sloop::lambda
