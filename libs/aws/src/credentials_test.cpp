// SPDX-License-Identifier: Apache-2.0
#include "sloop/aws/credentials.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>

#include "sloop/http/curl_transport.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::aws {
namespace {

using namespace std::chrono_literals;

Environment of(std::map<std::string, std::string> variables) {
  variables.emplace("AWS_EC2_METADATA_DISABLED", "true");
  variables.emplace("HOME", "/nonexistent");
  return [variables = std::move(variables)](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  };
}

Result<Credentials> found(std::map<std::string, std::string> variables) {
  return CredentialChain(http::make_curl_transport({.proxies = false}), of(std::move(variables))).get({});
}

/// Instance and container in one: what they answer by path.
class Metadata {
 public:
  explicit Metadata(std::string expiration) : expiration_(std::move(expiration)) {
    server_ = serve::Server::start({}, [this](const serve::Request& request, serve::Exchange& exchange) {
                answer(request, exchange);
              }).value();
  }
  [[nodiscard]] std::string url() const { return server_->url(); }
  [[nodiscard]] int keys_given() const { return keys_given_; }

 private:
  void answer(const serve::Request& request, serve::Exchange& exchange) {
    const bool allowed = request.headers.get_or("x-aws-ec2-metadata-token", "") == "T" ||
                         request.headers.get_or("authorization", "") == "container-token";
    if (request.method == "PUT" && request.path() == "/latest/api/token") return exchange.respond(200, {}, "T");
    if (!allowed) return exchange.respond(401, {}, "");
    if (request.path() == "/latest/meta-data/iam/security-credentials/") return exchange.respond(200, {}, "role");
    ++keys_given_;
    exchange.respond(200, {},
                     R"({"AccessKeyId":"AK","SecretAccessKey":"SK","Token":"TK","Expiration":")" + expiration_ + "\"}");
  }

  std::string expiration_;
  std::atomic<int> keys_given_ = 0;
  std::unique_ptr<serve::Server> server_;
};

TEST(CredentialChain, the_environment_comes_first) {
  const auto credentials =
      found({{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", "S"}, {"AWS_SESSION_TOKEN", "T"}});
  ASSERT_TRUE(credentials);
  EXPECT_EQ(*credentials, (Credentials{.access_key_id = "A", .secret_access_key = "S", .session_token = "T"}));
}

TEST(CredentialChain, a_profile_is_read_from_the_shared_files) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "aws_profile";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "credentials") << "[default]\naws_access_key_id=D\naws_secret_access_key=DS\n\n"
                                           "# another\n[ work ]\naws_access_key_id = W\naws_secret_access_key = WS\n";
  std::ofstream(folder / "config") << "[default]\nregion=us-west-2\n[profile work]\nregion = eu-west-1\n";
  std::map<std::string, std::string> variables{{"AWS_SHARED_CREDENTIALS_FILE", (folder / "credentials").string()},
                                               {"AWS_CONFIG_FILE", (folder / "config").string()}};
  EXPECT_EQ(found(variables).value().access_key_id, "D");
  EXPECT_EQ(region_of(of(variables)), "us-west-2");
  variables["AWS_PROFILE"] = "work";
  EXPECT_EQ(found(variables).value().secret_access_key, "WS");
  EXPECT_EQ(region_of(of(variables)), "eu-west-1");
  variables["AWS_REGION"] = "ap-south-1";
  EXPECT_EQ(region_of(of(variables)), "ap-south-1");
}

TEST(CredentialChain, a_container_is_asked_with_its_token) {
  const Metadata metadata("2099-01-01T00:00:00Z");
  const auto credentials = found({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", metadata.url() + "/keys"},
                                  {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "container-token"}});
  ASSERT_TRUE(credentials) << credentials.error().message;
  EXPECT_EQ(credentials->session_token, "TK");
  EXPECT_TRUE(credentials->expires);
}

TEST(CredentialChain, a_container_far_away_is_not_asked_in_clear_text) {
  const auto credentials = found({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1.example.com/keys"}});
  ASSERT_FALSE(credentials);
  EXPECT_EQ(credentials.error().kind, ErrorKind::unauthenticated);
  EXPECT_TRUE(credentials.error().message.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
}

TEST(CredentialChain, the_instance_is_asked_by_version_2_and_keys_are_kept_until_they_end) {
  for (const auto& [expiration, times] : {std::pair{"2099-01-01T00:00:00Z", 1}, std::pair{"2020-01-01T00:00:00Z", 2}}) {
    const Metadata metadata(expiration);
    CredentialChain chain(
        http::make_curl_transport({.proxies = false}),
        of({{"AWS_EC2_METADATA_DISABLED", "false"}, {"AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url()}}));
    for (int i = 0; i < 2; ++i) EXPECT_EQ(chain.get({}).value().access_key_id, "AK");
    EXPECT_EQ(metadata.keys_given(), times);
  }
}

TEST(CredentialChain, says_what_to_set_when_there_are_none) {
  const auto credentials = found({});
  ASSERT_FALSE(credentials);
  EXPECT_EQ(credentials.error().kind, ErrorKind::unauthenticated);
  EXPECT_TRUE(credentials.error().message.contains("AWS_ACCESS_KEY_ID"));
}

}  // namespace
}  // namespace sloop::aws
