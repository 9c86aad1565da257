// SPDX-License-Identifier: Apache-2.0
#include "matching_roots.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "trust_roots.hpp"

namespace sloop::http {
namespace {

constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
// Base64 characters that hold the subject of nearly every root; longer beginnings are decoded whole.
constexpr std::size_t kUsualBeginning = 1024;

struct Element {
  std::string_view header;   // tag and length
  std::size_t content_size;  // as the length states, also when fewer bytes are there
};

/// Tag and length of the DER element at the start of `der` (X.690 section 8.1).
std::optional<Element> element_at(std::string_view der) {
  if (der.size() < 2) return std::nullopt;
  std::size_t length = static_cast<unsigned char>(der[1]);
  std::size_t header = 2;
  if (length & 0x80) {
    const std::size_t bytes = length & 0x7f;
    if (bytes == 0 || bytes > 3 || der.size() < 2 + bytes) return std::nullopt;
    length = 0;
    for (; header < 2 + bytes; ++header) length = length << 8 | static_cast<unsigned char>(der[header]);
  }
  return Element{der.substr(0, header), length};
}

/// Steps over the header of a constructed element.
bool enter(std::string_view& der, char tag) {
  const auto element = element_at(der);
  if (!element || der[0] != tag) return false;
  der.remove_prefix(element->header.size());
  return true;
}

/// Takes a whole element off the front.
std::string_view take(std::string_view& der) {
  const auto element = element_at(der);
  if (!element || der.size() < element->header.size() + element->content_size) return {};
  const auto whole = der.substr(0, element->header.size() + element->content_size);
  der.remove_prefix(whole.size());
  return whole;
}

class Base64Decoder {
 public:
  /// Decodes `text`, which may hold line ends, into a buffer that is valid until the next call.
  std::string_view decode(std::string_view text) {
    buffer_.resize(text.size());
    int written = 0;
    EVP_DecodeInit(context_.get());
    if (EVP_DecodeUpdate(context_.get(), reinterpret_cast<unsigned char*>(buffer_.data()), &written,
                         reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())) < 0)
      return {};
    int rest = 0;  // fails for a beginning that ends within a group of four, which is left out then
    EVP_DecodeFinal(context_.get(), reinterpret_cast<unsigned char*>(buffer_.data()) + written, &rest);
    return std::string_view(buffer_).substr(
        0, static_cast<std::size_t>(written) + static_cast<std::size_t>(std::max(rest, 0)));
  }

 private:
  struct Free {
    void operator()(EVP_ENCODE_CTX* context) const { EVP_ENCODE_CTX_free(context); }
  };
  std::unique_ptr<EVP_ENCODE_CTX, Free> context_{EVP_ENCODE_CTX_new()};
  std::string buffer_;
};

/// The base64 text of the next certificate of a PEM bundle, taken off the front.
std::optional<std::string_view> next_entry(std::string_view& bundle) {
  const std::size_t begin = bundle.find(kCertificateBegin);
  if (begin == std::string_view::npos) return std::nullopt;
  bundle.remove_prefix(begin + kCertificateBegin.size());
  const std::size_t end = bundle.find(kEnd);
  if (end == std::string_view::npos) return std::nullopt;
  const auto entry = bundle.substr(0, end);
  bundle.remove_prefix(end + kEnd.size());
  return entry;
}

std::string encoded_issuer(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_NAME(X509_get_issuer_name(certificate), &bytes);
  if (size <= 0) return {};
  std::string name(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return name;
}

/// The bundle's entries whose subject may be asked for.
struct Root {
  std::string subject;
  std::string_view entry;
  bool added = false;
};

std::vector<Root> read_subjects(std::string_view bundle, Base64Decoder& decoder) {
  std::vector<Root> roots;
  while (const auto entry = next_entry(bundle)) {
    auto subject = subject_of_der(decoder.decode(entry->substr(0, kUsualBeginning)));
    if (subject.empty()) subject = subject_of_der(decoder.decode(*entry));
    if (!subject.empty()) roots.push_back({std::string(subject), *entry});
  }
  return roots;
}

/// Decodes a root and adds it. Returns the certificate, owned by the store, or null.
X509* add_root(X509_STORE* store, Root& root, Base64Decoder& decoder) {
  root.added = true;
  const auto der = decoder.decode(root.entry);
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  X509* certificate = d2i_X509(nullptr, &bytes, static_cast<long>(der.size()));
  if (certificate == nullptr) {
    ERR_clear_error();
    return nullptr;
  }
  const bool added = X509_STORE_add_cert(store, certificate) == 1;
  X509_free(certificate);  // the store holds its own reference
  if (!added) ERR_clear_error();
  return added ? certificate : nullptr;
}

}  // namespace

std::string_view subject_of_der(std::string_view der) {
  constexpr char kSequence = 0x30;
  constexpr char kVersion = static_cast<char>(0xa0);
  if (!enter(der, kSequence) || !enter(der, kSequence)) return {};
  if (!der.empty() && der[0] == kVersion && take(der).empty()) return {};
  // Serial number, signature algorithm, issuer and validity stand before the subject.
  for (int i = 0; i < 4; ++i)
    if (take(der).empty()) return {};
  return take(der);
}

int add_matching_roots(X509_STORE* store, std::string_view bundle, std::vector<X509*> chain) {
  Base64Decoder decoder;
  auto roots = read_subjects(bundle, decoder);
  int added = 0;
  while (!chain.empty()) {
    const std::string issuer = encoded_issuer(chain.back());
    chain.pop_back();
    for (auto& root : roots) {
      if (root.added || root.subject != issuer) continue;
      X509* certificate = add_root(store, root, decoder);
      if (certificate == nullptr) continue;
      ++added;
      chain.push_back(certificate);
    }
  }
  if (added == 0)
    for (auto& root : roots)
      if (!root.added && add_root(store, root, decoder) != nullptr) ++added;
  return added;
}

}  // namespace sloop::http
