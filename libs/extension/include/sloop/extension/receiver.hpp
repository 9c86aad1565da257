// SPDX-License-Identifier: Apache-2.0
//
// Where Lambda delivers telemetry: the smallest HTTP server that its deliveries need.
//
//   auto receiver = Receiver::start({.port = 4323}, [&](std::string body) { buffer.push(body); });
//
// It hears one client, the platform, on one thread. Not a web server: see the room `serve`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "sloop/core/error.hpp"

namespace sloop::extension {

struct ReceiverOptions {
  /// The platform reaches extensions by the address of the sandbox, not by loopback.
  std::string address = "0.0.0.0";
  /// 0: any free port.
  std::uint16_t port = 0;
  /// Largest delivery in bytes; a longer one is answered 413. Lambda's are of 1 MB and one line at most.
  std::size_t max_body = 8u * 1024u * 1024u;
};

class Receiver {
 public:
  /// Listens; `deliver` is called with the body of every POST, before it is answered 200, on the receiver's thread.
  /// Fails with `unavailable` (port taken) or `invalid_input` (address).
  [[nodiscard]] static Result<std::unique_ptr<Receiver>> start(const ReceiverOptions& options,
                                                               std::function<void(std::string body)> deliver);

  /// Closes all connections and ends the thread.
  virtual ~Receiver() = default;
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  [[nodiscard]] virtual std::uint16_t port() const = 0;

 protected:
  Receiver() = default;
};

}  // namespace sloop::extension
