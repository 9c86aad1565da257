// SPDX-License-Identifier: Apache-2.0
//
// A certificate authority of its own for servers on this machine: in tests, and for a local Lambda over TLS.
//
//   auto authority = serve::LocalAuthority::create();
//   auto tls = authority->issue("localhost");  // for ServerOptions::tls
//   write_file(path, authority->root_pem());   // for SSL_CERT_FILE
//
// Keys exist in memory only. Not for real deployments.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::serve {

class LocalAuthority {
 public:
  /// Makes a root with an ECDSA P-256 key, named `common_name`, valid for ten years.
  [[nodiscard]] static Result<LocalAuthority> create(std::string_view common_name = "Sloop local root");

  [[nodiscard]] const std::string& root_pem() const { return root_pem_; }

  /// A server certificate for `host` (a name or an IP address) by this root, valid from now for `validity`; a negative
  /// one is expired.
  [[nodiscard]] Result<TlsOptions> issue(std::string_view host,
                                         std::chrono::hours validity = std::chrono::hours(24)) const;

 private:
  struct Keys;
  std::shared_ptr<const Keys> keys_;
  std::string root_pem_;
};

}  // namespace sloop::serve
