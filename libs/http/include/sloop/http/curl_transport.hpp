// SPDX-License-Identifier: Apache-2.0
//
// The transport over libcurl: HTTP/1.1 and 2, keep-alive, TLS with verification, proxies.
//
//   auto transport = http::make_curl_transport(http::CurlOptions::from_env());
//
// No thread is started for I/O: whichever thread waits in a call drives the sockets of all calls, so that calls
// from many threads share connections and HTTP/2 streams. (libcurl resolves a host name in a thread of its own
// while a lookup lasts, because only so can the lookup keep the deadline.)
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "sloop/http/transport.hpp"

namespace sloop::http {

struct CurlOptions {
  /// PEM file of trusted roots; empty: the first of the well-known system bundles that exists.
  std::string ca_file = {};
  /// Directory of trusted roots with hashed names, searched besides `ca_file`; empty: none.
  std::string ca_directory = {};
  /// How long one connection attempt, with lookup and TLS, may take.
  std::chrono::milliseconds connect_timeout{10'000};
  /// Idle connections older than this are not used again (zero: 60 s).
  std::chrono::milliseconds max_idle{60'000};
  /// Largest whole body that `send` accepts, in bytes.
  std::size_t max_body = 64u * 1024u * 1024u;
  /// `false` keeps to HTTP/1.1.
  bool http2 = true;
  /// `false` ignores the proxies of the environment, for addresses that are local by definition.
  bool proxies = true;
  /// Sent with every request that has no header of that name.
  std::string user_agent = {};

  /// Reads `SSL_CERT_FILE`, `SSL_CERT_DIR`. Proxies (`https_proxy`, `http_proxy`,
  /// `no_proxy`, `all_proxy`, also in capitals except `HTTP_PROXY`) are read by libcurl itself at every call.
  [[nodiscard]] static CurlOptions from_env();
};

/// Blocks never; fails never: problems with roots or proxies are reported by the first call.
[[nodiscard]] std::shared_ptr<Transport> make_curl_transport(CurlOptions options = {});

/// A transport that can also send bodies in pieces (`start_upload`), which `make_curl_transport` leaves out: most
/// functions have no use for it, and so it isn't linked into them.
[[nodiscard]] std::shared_ptr<Transport> make_curl_upload_transport(CurlOptions options = {});

/// The transport that agents and the Lambda runtime of one process share unless they are given another, so
/// that they share connections: made from the environment at first use.
[[nodiscard]] std::shared_ptr<Transport> default_transport();

}  // namespace sloop::http
