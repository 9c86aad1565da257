// SPDX-License-Identifier: Apache-2.0
//
// Shows a provider who asks: puts keys or signatures on requests. Keys never get into errors or logs.
#pragma once

#include <memory>
#include <string>

#include "sloop/http/transport.hpp"
#include "sloop/model/provider.hpp"

namespace sloop {

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  Authenticator() = default;
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  /// May fetch credentials (blocking) when they are due. Called for every request, when it is complete.
  [[nodiscard]] virtual Result<void> apply(http::Request& request, const CallOptions& options) = 0;
};

/// A key that stands in a header.
[[nodiscard]] std::unique_ptr<Authenticator> key_authenticator(Authentication how, std::string key);

}  // namespace sloop
