// SPDX-License-Identifier: Apache-2.0
//
// Trusted roots that are decoded only as a certificate chain asks for them. Reading the system's bundle of 150 roots
// whole costs 20 ms of CPU, a quarter of a second in a function of 128 MB; one connection needs one or two of them.
#pragma once

#include <openssl/x509.h>

#include <string_view>
#include <vector>

namespace sloop::http {

/// The DER encoding of the subject of a certificate, given the DER of the certificate or a beginning of it that is
/// long enough (RFC 5280 section 4.1). Empty when it is too short or no certificate.
[[nodiscard]] std::string_view subject_of_der(std::string_view der);

/// Adds to `store` the certificates of the PEM text `bundle` that are named as issuer in `chain`, and theirs in turn;
/// every certificate when none is (two encodings of one name may differ). Returns how many were added.
int add_matching_roots(X509_STORE* store, std::string_view bundle, std::vector<X509*> chain);

}  // namespace sloop::http
