// SPDX-License-Identifier: Apache-2.0
//
// A small HTTP/1.1 server: one thread per connection, blocking handlers, optional TLS.
//
//   auto server = serve::Server::start({.port = 0}, [](const serve::Request& request, serve::Exchange& exchange) {
//     exchange.respond(200, {{"content-type", "text/plain"}}, "hello");
//   });
//   use((*server)->url());
//
// For the emulator, the mock provider and routers run outside Lambda. Not for the open internet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"

namespace sloop::serve {

/// One request, read whole unless the server was told otherwise (`ServerOptions::pulls_body`).
struct Request {
  std::string method;
  /// As on the wire: `/v1/models?limit=2`.
  std::string target;
  Headers headers;
  /// Empty while it is to be pulled.
  std::string body;
  /// What followed a chunked body that was read whole.
  Headers trailers = {};

  [[nodiscard]] std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
  /// What follows the question mark; empty when there is none.
  [[nodiscard]] std::string_view query() const;
};

/// The answer in the making. Exactly one of `respond`, or `begin` and then `write`s and `end`. A handler that
/// returns without an answer gives 500; one that returns without `end` cuts the body off.
class Exchange {
 public:
  virtual ~Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// The next piece of a body that is pulled, as soon as it is there; empty: the body is complete. The view is valid
  /// until the next call. Fails with `bad_reply` (cut off, not HTTP) or `too_large`; then every later call fails alike.
  [[nodiscard]] virtual Result<std::string_view> read() = 0;
  /// What followed a pulled body in chunks; complete with it.
  [[nodiscard]] virtual const Headers& trailers() const = 0;

  /// Sends a whole answer with its length. An answer before the end of a pulled body closes the connection.
  virtual void respond(int status, const Headers& headers, std::string_view body) = 0;
  /// Sends the head of an answer whose body follows in chunks.
  virtual void begin(int status, const Headers& headers) = 0;
  /// Sends a piece of the body at once. Returns false when the client is gone.
  virtual bool write(std::string_view bytes) = 0;
  /// Completes the body; `trailers` are sent with it.
  virtual void end(const Headers& trailers = {}) = 0;
  /// Sends these bytes as they are and closes: for faults on purpose.
  virtual void send_raw(std::string_view bytes) = 0;
  /// Resets the connection, whatever was sent.
  virtual void abort() = 0;
  /// Whether the client has closed the connection, or the server is being stopped. Does not block.
  [[nodiscard]] virtual bool client_gone() const = 0;

 protected:
  Exchange() = default;
};

/// Called on the connection's thread; several at once for several connections. An exception becomes status 500.
using Handler = std::function<void(const Request&, Exchange&)>;

/// Certificate chain and private key as PEM text; both empty: no TLS.
struct TlsOptions {
  std::string certificate_pem = {};
  std::string key_pem = {};
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  /// 0: any free port.
  std::uint16_t port = 0;
  TlsOptions tls = {};
  /// Largest request body in bytes; a longer one is answered 413.
  std::size_t max_body = 64u * 1024u * 1024u;
  /// Asked with the head of a request: whether its handler pulls the body by `Exchange::read`. Empty: never.
  std::function<bool(const Request&)> pulls_body = {};
};

class Server {
 public:
  /// Binds and listens; returns when connections are accepted. Fails with `unavailable` (port taken) or `invalid_input`
  /// (address, certificate).
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Handler handler);

  /// Stops, as `stop`.
  virtual ~Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// `http://127.0.0.1:8080`, without a slash at the end.
  [[nodiscard]] virtual std::string url() const = 0;
  /// How many connections were accepted so far.
  [[nodiscard]] virtual std::size_t connections() const = 0;
  /// Closes every connection that waits for a request, as a peer does with idle ones; returns how many.
  virtual std::size_t close_idle() = 0;
  /// Closes all connections and waits for their handlers.
  virtual void stop() = 0;

 protected:
  Server() = default;
};

}  // namespace sloop::serve
