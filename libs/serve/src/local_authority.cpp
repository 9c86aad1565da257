// SPDX-License-Identifier: Apache-2.0
#include "sloop/serve/local_authority.hpp"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace sloop::serve {
namespace {

template <auto Function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    Function(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

constexpr std::chrono::hours kRootValidity{24 * 3650};

template <class Write>
std::string pem_of(Write write) {
  const std::unique_ptr<BIO, Free<BIO_free_all>> memory(BIO_new(BIO_s_mem()));
  write(memory.get());
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  return pem_of([&](BIO* out) { PEM_write_bio_X509(out, certificate); });
}

std::string pem_of(EVP_PKEY* key) {
  return pem_of([&](BIO* out) { PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  if (extension) X509_add_ext(certificate, extension.get(), -1);
}

/// An unsigned certificate with random serial number.
Certificate blank(std::string_view common_name, EVP_PKEY* key, std::chrono::seconds from, std::chrono::seconds to) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  std::uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), std::uint64_t{serial} + 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), to.count());
  X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()), -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

bool is_address(const std::string& host) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

}  // namespace

struct LocalAuthority::Keys {
  Key key;
  Certificate root;
};

Result<LocalAuthority> LocalAuthority::create(std::string_view common_name) {
  auto keys = std::make_shared<Keys>();
  keys->key.reset(EVP_EC_gen("P-256"));
  if (!keys->key) return fail(ErrorKind::internal, "OpenSSL made no P-256 key");
  keys->root = blank(common_name, keys->key.get(), std::chrono::hours(-1), kRootValidity);
  X509* root = keys->root.get();
  X509_set_issuer_name(root, X509_get_subject_name(root));
  add_extension(root, root, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(root, root, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(root, root, NID_subject_key_identifier, "hash");
  if (X509_sign(root, keys->key.get(), EVP_sha256()) == 0) return fail(ErrorKind::internal, "OpenSSL signed no root");
  LocalAuthority authority;
  authority.root_pem_ = pem_of(root);
  authority.keys_ = std::move(keys);
  return authority;
}

Result<TlsOptions> LocalAuthority::issue(std::string_view host, std::chrono::hours validity) const {
  const std::string name(host);
  const Key key(EVP_EC_gen("P-256"));
  if (!key) return fail(ErrorKind::internal, "OpenSSL made no P-256 key");
  const bool expired = validity < validity.zero();
  const auto certificate = blank(host, key.get(), expired ? 2 * validity : std::chrono::hours(-1), validity);
  X509* root = keys_->root.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(root));
  add_extension(certificate.get(), root, NID_subject_alt_name, (is_address(name) ? "IP:" : "DNS:") + name);
  add_extension(certificate.get(), root, NID_authority_key_identifier, "keyid");
  add_extension(certificate.get(), root, NID_ext_key_usage, "serverAuth");
  if (X509_sign(certificate.get(), keys_->key.get(), EVP_sha256()) == 0)
    return fail(ErrorKind::internal, "OpenSSL signed no certificate for '" + name + "'");
  return TlsOptions{.certificate_pem = pem_of(certificate.get()), .key_pem = pem_of(key.get())};
}

}  // namespace sloop::serve
