// SPDX-License-Identifier: Apache-2.0
#include "bedrock_access.hpp"

#include "sloop/aws/credentials.hpp"
#include "sloop/aws/signature.hpp"

namespace sloop::dialects::bedrock_converse {
namespace {

/// The region in `https://bedrock-runtime.us-east-1.amazonaws.com`; empty for other hosts.
std::string region_in(std::string_view url) {
  constexpr std::string_view kService = "://bedrock-runtime";
  const auto service = url.find(kService);
  const auto end = url.find(".amazonaws.com");
  if (service == std::string_view::npos || end == std::string_view::npos) return "";
  const auto dot = url.find('.', service);
  return dot < end ? std::string(url.substr(dot + 1, end - dot - 1)) : "";
}

/// Signs with the credentials of the chain. Servers that are not AWS's get unsigned requests where there are none.
class SigningAuthenticator final : public Authenticator {
 public:
  SigningAuthenticator(std::string_view base_url, std::shared_ptr<http::Transport> transport)
      : is_aws_(base_url.contains(".amazonaws.com")),
        region_(region_in(base_url)),
        chain_(std::move(transport), is_aws_ ? aws::process_environment : without_instance) {
    if (region_.empty()) region_ = aws::region_of(aws::process_environment);
    if (region_.empty()) region_ = "us-east-1";
  }

  Result<void> apply(http::Request& request, const CallOptions& options) override {
    const auto credentials = chain_.get(options);
    if (!credentials && !is_aws_) return {};
    if (!credentials) return fail(credentials.error());
    aws::sign(request, *credentials,
              {.region = region_, .service = "bedrock", .time = std::chrono::system_clock::now()});
    return {};
  }

 private:
  /// The metadata of an instance are not worth waiting for when the keys are not needed.
  static std::string without_instance(const char* name) {
    return std::string_view(name) == "AWS_EC2_METADATA_DISABLED" ? "true" : aws::process_environment(name);
  }

  bool is_aws_;
  std::string region_;
  aws::CredentialChain chain_;
};

}  // namespace

std::string locate(std::string base_url) {
  constexpr std::string_view kPlace = "{region}";
  const auto place = base_url.find(kPlace);
  if (place == std::string::npos) return base_url;
  const std::string region = aws::region_of(aws::process_environment);
  return region.empty() ? "" : base_url.replace(place, kPlace.size(), region);
}

std::unique_ptr<Authenticator> signing_authenticator(std::string_view base_url,
                                                     std::shared_ptr<http::Transport> transport) {
  return std::make_unique<SigningAuthenticator>(base_url, std::move(transport));
}

}  // namespace sloop::dialects::bedrock_converse
