// SPDX-License-Identifier: Apache-2.0
//
// The one way out to the network: whole-body calls and pulled body streams.
//
//   auto response = transport.send({.method = "POST", .url = url, .body = body}, {.deadline = Deadline::after(30s)});
//
// Everything above this interface is values and state machines; a test implements
// `Transport` to replay recorded traffic. `make_curl_transport` is the real one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sloop/core/call_options.hpp"
#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"

namespace sloop::http {

/// One HTTP request. `body` is sent as it is, with its length.
struct Request {
  std::string method = "GET";
  /// Absolute, `http` or `https`.
  std::string url = {};
  Headers headers = {};
  std::string body = {};
};

/// A whole answer, of any status.
struct Response {
  int status = 0;
  Headers headers = {};
  std::string body = {};
};

/// An answer whose body is pulled as it arrives. Destroying it before the end closes the exchange.
/// Used by one thread at a time.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  BodyStream(const BodyStream&) = delete;
  BodyStream& operator=(const BodyStream&) = delete;

  /// Blocks until the head of the answer is there. Errors as of `Transport::send`; then every later call fails alike.
  [[nodiscard]] virtual Result<void> wait_head() = 0;
  /// Of the head; 0 and empty before it is there.
  [[nodiscard]] virtual int status() const = 0;
  [[nodiscard]] virtual const Headers& headers() const = 0;

  /// Whether the next `wait_head`, or the next `read` once the head is there, returns without waiting. Cheap, so that
  /// one thread can look after many streams; see `Transport::wait_progress`.
  [[nodiscard]] virtual bool ready() = 0;

  /// Blocks until bytes are there and returns them; an empty view is the end of a complete body.
  /// The view is valid until the next call. Fails with `bad_reply` when the body was cut off,
  /// `timed_out`, `cancelled` or `unavailable`; then every later call fails alike.
  [[nodiscard]] virtual Result<std::string_view> read() = 0;

  /// From now on the calls of this stream wait until then, instead of to the deadline that it was started with.
  virtual void set_deadline(Deadline deadline) { (void)deadline; }

 protected:
  BodyStream() = default;
};

/// A request whose body is written as it comes to be, in chunks of HTTP/1.1. Destroying it before `finish` breaks the
/// request off, which the peer can tell from an end. Used by one thread at a time.
class UploadStream {
 public:
  virtual ~UploadStream() = default;
  UploadStream(const UploadStream&) = delete;
  UploadStream& operator=(const UploadStream&) = delete;

  /// Blocks until the bytes are handed to the network, so that a slow peer slows the writer down. Fails as
  /// `Transport::send`, and with the kind of the status when the peer answered 4xx or 5xx before the end; then every
  /// later call fails alike.
  [[nodiscard]] virtual Result<void> write(std::string_view bytes) = 0;

  /// Ends the body and waits for the answer, of any status. `trailers` (RFC 9112 section 7.1.2) follow the last chunk;
  /// their names belong in the request's `Trailer` header. The connection is closed.
  [[nodiscard]] virtual Result<Response> finish(const Headers& trailers = {}) = 0;

 protected:
  UploadStream() = default;
};

/// Sends requests. Threads may call one transport at the same time; calls share its connections.
class Transport {
 public:
  virtual ~Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  /// Sends a request and returns the whole answer, whatever its status. Fails with `unavailable` (could not
  /// connect, connection lost), `untrusted`, `timed_out`, `cancelled`, `bad_reply` (cut off, not HTTP),
  /// `too_large` (body beyond the limit of the transport) or `invalid_input` (URL).
  [[nodiscard]] virtual Result<Response> send(const Request& request, const CallOptions& options) = 0;

  /// Begins to send a request and returns at once; the answer is waited for through the stream. The options hold for
  /// the whole stream. Fails with `invalid_input`.
  [[nodiscard]] virtual Result<std::unique_ptr<BodyStream>> start(const Request& request,
                                                                  const CallOptions& options) = 0;

  /// Sends a request and returns as soon as the head of the answer is there. Errors as of `send`.
  [[nodiscard]] Result<std::unique_ptr<BodyStream>> open(const Request& request, const CallOptions& options) {
    auto stream = start(request, options);
    if (!stream) return stream;
    if (auto head = (*stream)->wait_head(); !head) return fail(head.error());
    return stream;
  }

  /// Begins to send a request, over a connection of its own, whose body follows through the stream (after
  /// `request.body`). The options hold for the whole stream. Fails with `invalid_input`, or `unsupported` where the
  /// transport has no uploads.
  [[nodiscard]] virtual Result<std::unique_ptr<UploadStream>> start_upload(const Request& request,
                                                                           const CallOptions& options) {
    (void)request;
    (void)options;
    return fail(ErrorKind::unsupported, "this transport can't send a body in pieces");
  }

  /// Counts what happened to streams so far. One thread reads many streams by turns of: note the count, use every
  /// stream that is `ready`, wait for progress beyond the count.
  [[nodiscard]] virtual std::uint64_t progress() const { return 0; }
  /// Blocks until `progress` is above `seen`, driving the I/O of all streams. Fails with `timed_out` or `cancelled`.
  [[nodiscard]] virtual Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) {
    (void)seen;
    (void)options;
    return {};
  }

  /// Notes that requests to the origin of `url` (scheme, host, port) will follow, without any I/O.
  /// `warm_up` then opens a connection to it ahead of use.
  virtual void expect(std::string_view url) { (void)url; }

  /// Opens a connection to every expected origin that has none, by one HEAD request each, all at once. Blocks until
  /// they are there or failed, at most to the deadline. A failure is returned but does no harm: the first real call
  /// connects then.
  [[nodiscard]] virtual Result<void> warm_up(const CallOptions& options) {
    (void)options;
    return {};
  }

  /// Closes the connections that no call uses, as before the process is copied. Later calls open new ones.
  virtual void close_idle() {}

 protected:
  Transport() = default;
};

}  // namespace sloop::http
