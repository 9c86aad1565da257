// SPDX-License-Identifier: Apache-2.0
#include "sloop/bench/local_provider.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sloop/serve/local_authority.hpp"

namespace sloop::bench {
namespace {

// Debian's and Amazon Linux's; a machine without either is measured with our root alone.
constexpr const char* kSystemBundles[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"};

}  // namespace

Result<std::unique_ptr<LocalProvider>> LocalProvider::start(std::chrono::milliseconds latency) {
  auto authority = serve::LocalAuthority::create();
  if (!authority) return fail(authority.error());
  auto tls = authority->issue("127.0.0.1");
  if (!tls) return fail(tls.error());
  auto mock = testing::MockProvider::start({.tls = *tls, .latency = latency});
  if (!mock) return fail(mock.error());
  std::unique_ptr<LocalProvider> local(new LocalProvider);
  local->provider_ = std::move(*mock);
  std::string name = (std::filesystem::temp_directory_path() / "sloop-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return fail(ErrorKind::forbidden, name + ": no temporary folder can be made");
  local->folder_ = name;
  std::ofstream(local->one_root_file()) << authority->root_pem();
  std::ofstream all(name + "/all.pem");
  for (const char* bundle : kSystemBundles)
    if (std::ifstream file(bundle); file) {
      all << file.rdbuf();
      break;
    }
  all << authority->root_pem();
  if (!all.flush()) return fail(ErrorKind::forbidden, name + "/all.pem: can't be written");
  return local;
}

LocalProvider::~LocalProvider() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::map<std::string, std::string> LocalProvider::environment() const {
  return {
      {"OPENAI_BASE_URL", provider_->base_url()}, {"OPENAI_API_KEY", "mock"}, {"SSL_CERT_FILE", folder_ + "/all.pem"}};
}

}  // namespace sloop::bench
