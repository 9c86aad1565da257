// SPDX-License-Identifier: Apache-2.0
//
// Stands between a client and a server on this machine and keeps every byte that the client sends.
//
//   auto tap = testing::WireTap::start(server->port()).value();
//   transport->send({.url = "http://" + tap->address()}, {});
//   tap->connections()[0].sent;  // "GET / HTTP/1.1\r\n..."
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::testing {

/// What went through one connection so far.
struct TappedConnection {
  /// By the client.
  std::string sent = {};
  /// By the server.
  std::string received = {};
  /// Whether the client closed it, or its sending side, before the server did.
  bool closed_by_client = false;
};

class WireTap {
 public:
  /// Listens on a free port of the loopback address and passes every connection on to `port`.
  [[nodiscard]] static Result<std::unique_ptr<WireTap>> start(std::uint16_t port);

  virtual ~WireTap() = default;
  WireTap(const WireTap&) = delete;
  WireTap& operator=(const WireTap&) = delete;

  /// `127.0.0.1:port`.
  [[nodiscard]] virtual std::string address() const = 0;
  /// In the order in which they were made. Threads may call it at any time.
  [[nodiscard]] virtual std::vector<TappedConnection> connections() const = 0;
  /// Closes every connection on both sides, as a peer does that ends; later ones are served as before.
  virtual void cut() = 0;

 protected:
  WireTap() = default;
};

}  // namespace sloop::testing
