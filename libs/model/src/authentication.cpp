// SPDX-License-Identifier: Apache-2.0
#include "authentication.hpp"

namespace sloop {
namespace {

class KeyAuthenticator final : public Authenticator {
 public:
  KeyAuthenticator(Authentication how, std::string key) : how_(how), key_(std::move(key)) {}

  Result<void> apply(http::Request& request, const CallOptions& /*options*/) override {
    if (how_ == Authentication::anthropic) request.headers.add("anthropic-version", "2023-06-01");
    if (key_.empty()) return {};
    switch (how_) {
      case Authentication::anthropic: request.headers.add("x-api-key", key_); break;
      case Authentication::azure: request.headers.add("api-key", key_); break;
      case Authentication::google: request.headers.add("x-goog-api-key", key_); break;
      case Authentication::none: break;
      case Authentication::bearer:
      case Authentication::aws: request.headers.add("authorization", "Bearer " + key_); break;
    }
    return {};
  }

 private:
  Authentication how_;
  std::string key_;
};

}  // namespace

std::unique_ptr<Authenticator> key_authenticator(Authentication how, std::string key) {
  return std::make_unique<KeyAuthenticator>(how, std::move(key));
}

}  // namespace sloop
