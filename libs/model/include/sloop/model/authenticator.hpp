// SPDX-License-Identifier: Apache-2.0
//
// Shows a provider who asks: puts keys, tokens or signatures on requests. For providers whose proof is more than a key;
// see `GoogleCredentials` for one. Keys never get into errors or logs.
#pragma once

#include "sloop/http/transport.hpp"

namespace sloop {

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  Authenticator() = default;
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  /// May fetch credentials (blocking) when they are due. Called for every request, when it is complete; by several
  /// threads at once.
  [[nodiscard]] virtual Result<void> apply(http::Request& request, const CallOptions& options) = 0;
};

}  // namespace sloop
