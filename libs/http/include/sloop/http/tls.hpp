// SPDX-License-Identifier: Apache-2.0
//
// Whether a program speaks TLS. It does, unless it defines `find_tls` itself to return null, as
// `sloop_add_function(NAME main.cpp NO_TLS)` does for a function that calls nothing over https: neither the TLS library
// nor HTTP/2 is linked then, which halves the package. A request to an https address fails there, saying so.
#pragma once

namespace sloop::http {

struct TrustRoots;

/// What the transport needs of the TLS library.
struct Tls {
  /// Makes connections of the given context (OpenSSL's `SSL_CTX*`) verify by `roots`, which must outlive it.
  void (*trust)(void* context, TrustRoots& roots);
};

/// Null when the program was linked without it.
[[nodiscard]] const Tls* find_tls();

}  // namespace sloop::http
