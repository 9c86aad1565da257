// SPDX-License-Identifier: Apache-2.0
//
// A model provider on this machine as functions in production find one: over TLS, its certificate signed by a root that
// stands behind all roots of the system.
//
//   auto provider = LocalProvider::start();
//   subject.environment = (*provider)->environment();
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "sloop/core/error.hpp"
#include "sloop/testing/mock_provider.hpp"

namespace sloop::bench {

class LocalProvider {
 public:
  /// `latency` passes before the first byte of every answer. Fails when no port or no temporary file can be had.
  [[nodiscard]] static Result<std::unique_ptr<LocalProvider>> start(std::chrono::milliseconds latency = {});

  ~LocalProvider();
  LocalProvider(const LocalProvider&) = delete;
  LocalProvider& operator=(const LocalProvider&) = delete;

  /// Makes a function ask this provider: OPENAI_BASE_URL, OPENAI_API_KEY and SSL_CERT_FILE (the system's roots and
  /// ours).
  [[nodiscard]] std::map<std::string, std::string> environment() const;
  /// A file with our root alone.
  [[nodiscard]] std::string one_root_file() const { return folder_ + "/one.pem"; }

 private:
  LocalProvider() = default;

  std::string folder_;
  std::unique_ptr<testing::MockProvider> provider_;
};

}  // namespace sloop::bench
