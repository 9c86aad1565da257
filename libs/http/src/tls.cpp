// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/tls.hpp"

#include <openssl/ssl.h>

#include "mapped_file.hpp"
#include "matching_roots.hpp"
#include "trust_roots.hpp"

namespace sloop::http {
namespace {

/// Brings the roots that the chain asks for.
bool provide(X509_STORE_CTX* context, const TrustRoots& roots) {
  if (roots.file.empty()) return true;
  const MappedFile file(roots.file);
  if (file.text().empty()) return false;
  std::vector<X509*> chain;
  if (X509* leaf = X509_STORE_CTX_get0_cert(context)) chain.push_back(leaf);
  const auto* sent = X509_STORE_CTX_get0_untrusted(context);
  const int count = sent == nullptr ? 0 : static_cast<int>(sk_X509_num(sent));  // NOLINT: a size_t in AWS-LC
  for (int i = 0; i < count; ++i) chain.push_back(sk_X509_value(sent, i));
  add_matching_roots(X509_STORE_CTX_get0_store(context), file.text(), std::move(chain));
  return true;
}

int verify(X509_STORE_CTX* context, void* roots) {
  if (!provide(context, *static_cast<const TrustRoots*>(roots))) {
    X509_STORE_CTX_set_error(context, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    return 0;
  }
  return X509_verify_cert(context);
}

void trust(void* untyped, TrustRoots& roots) {
  auto* context = static_cast<SSL_CTX*>(untyped);
  SSL_CTX_set_cert_verify_callback(context, &verify, &roots);
  if (!roots.directory.empty())
    X509_STORE_load_locations(SSL_CTX_get_cert_store(context), nullptr, roots.directory.c_str());
}

constexpr Tls kTls{.trust = &trust};

}  // namespace

const Tls* find_tls() {
  return &kTls;
}

}  // namespace sloop::http
