// SPDX-License-Identifier: Apache-2.0
#include "trust_roots.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "mapped_file.hpp"

namespace sloop::http {

std::string system_ca_file() {
  for (const char* path :
       {"/etc/ssl/certs/ca-certificates.crt",  // Debian, Alpine
        "/etc/pki/tls/certs/ca-bundle.crt",    // Amazon Linux, and so Lambda; Fedora
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"})
    if (::access(path, R_OK) == 0) return path;
  return {};
}

std::optional<std::string> TrustRoots::problem() const {
  if (file.empty() && directory.empty())
    return "no trusted roots were found on this system; install ca-certificates or set SSL_CERT_FILE";
  if (file.empty()) return std::nullopt;
  if (::access(file.c_str(), R_OK) != 0)
    return "the file of trusted roots " + file + " can't be read: " + std::strerror(errno);
  if (MappedFile(file).text().find(kCertificateBegin) == std::string_view::npos)
    return "the file of trusted roots " + file + " holds no PEM certificate";
  return std::nullopt;
}

}  // namespace sloop::http
