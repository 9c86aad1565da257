// SPDX-License-Identifier: Apache-2.0
//
// Trusted roots that are decoded only as a certificate chain asks for them. Reading the system's bundle of 150 roots
// whole costs 20 ms of CPU, a quarter of a second in a function of 128 MB; one connection needs one or two of them.
#pragma once

#include <openssl/ssl.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sloop::http {

/// The first well-known bundle of the system that exists; empty when there is none.
[[nodiscard]] std::string system_ca_file();

/// The DER encoding of the subject of a certificate, given the DER of the certificate or a beginning of it that is
/// long enough (RFC 5280 section 4.1). Empty when it is too short or no certificate.
[[nodiscard]] std::string_view subject_of_der(std::string_view der);

class TrustRoots {
 public:
  /// `file`: a PEM bundle; `directory`: certificates with hashed names. Either may be empty.
  TrustRoots(std::string file, std::string directory) : file_(std::move(file)), directory_(std::move(directory)) {}

  /// Makes `context` verify by these roots. They must outlive it.
  void install(SSL_CTX* context);

  /// What is wrong with the roots as such (no file, unreadable), with the file's name.
  [[nodiscard]] std::optional<std::string> problem() const;

 private:
  static int verify(X509_STORE_CTX* context, void* roots);
  [[nodiscard]] bool provide(X509_STORE_CTX* context) const;

  std::string file_;
  std::string directory_;
};

/// Adds to `store` the certificates of the PEM text `bundle` that are named as issuer in `chain`, and theirs in turn;
/// every certificate when none is (two encodings of one name may differ). Returns how many were added.
int add_matching_roots(X509_STORE* store, std::string_view bundle, std::vector<X509*> chain);

}  // namespace sloop::http
