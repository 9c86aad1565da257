// SPDX-License-Identifier: Apache-2.0
//
// Where the trusted roots are, and what is wrong there. How they are used is the TLS library's part (tls.cpp): this
// much is linked into functions without TLS, too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sloop::http {

inline constexpr std::string_view kCertificateBegin = "-----BEGIN CERTIFICATE-----";

/// The first well-known bundle of the system that exists; empty when there is none.
[[nodiscard]] std::string system_ca_file();

struct TrustRoots {
  /// A PEM bundle; may be empty.
  std::string file;
  /// Certificates with hashed names; may be empty.
  std::string directory;

  /// What is wrong with the roots as such (no file, unreadable), with the file's name.
  [[nodiscard]] std::optional<std::string> problem() const;
};

}  // namespace sloop::http
