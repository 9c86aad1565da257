// SPDX-License-Identifier: Apache-2.0
#include "sloop/aws/credentials.hpp"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

#include "sloop/core/json.hpp"

namespace sloop::aws {
namespace {

using namespace std::chrono_literals;

constexpr auto kRefreshBefore = 5min;
/// Neither is far away; where nothing answers, the caller should learn it soon.
constexpr auto kLimit = 1s;

std::unexpected<Error> unusable(std::string_view source, std::string_view why) {
  return fail(ErrorKind::unauthenticated, "no AWS credentials from " + std::string(source) + ": " + std::string(why));
}

Credentials from_environment(const Environment& environment) {
  return {.access_key_id = environment("AWS_ACCESS_KEY_ID"),
          .secret_access_key = environment("AWS_SECRET_ACCESS_KEY"),
          .session_token = environment("AWS_SESSION_TOKEN")};
}

Credentials from_profile(const Environment& environment) {
  return {.access_key_id = profile_setting(environment, "aws_access_key_id"),
          .secret_access_key = profile_setting(environment, "aws_secret_access_key"),
          .session_token = profile_setting(environment, "aws_session_token")};
}

bool are_whole(const Credentials& credentials) {
  return !credentials.access_key_id.empty() && !credentials.secret_access_key.empty();
}

/// `2026-11-24T09:30:00Z`, with or without a fraction.
std::optional<std::chrono::system_clock::time_point> time_in(const std::string& text) {
  std::tm utc{};
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour,
                  &utc.tm_min, &utc.tm_sec) != 6)
    return std::nullopt;
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  return std::chrono::system_clock::from_time_t(timegm(&utc));
}

/// The same members for containers and instances.
Result<Credentials> from_answer(std::string_view source, const http::Response& response) {
  if (response.status != 200) return unusable(source, "it answered status " + std::to_string(response.status));
  const auto json = parse_json(response.body);
  if (!json) return unusable(source, "its answer is no JSON");
  Credentials credentials{.access_key_id = std::string(find_string(*json, "AccessKeyId")),
                          .secret_access_key = std::string(find_string(*json, "SecretAccessKey")),
                          .session_token = std::string(find_string(*json, "Token")),
                          .expires = time_in(std::string(find_string(*json, "Expiration")))};
  if (!are_whole(credentials)) return unusable(source, "its answer holds no keys");
  return credentials;
}

CallOptions limited(CallOptions options) {
  const auto limit = Deadline::after(kLimit);
  if (options.deadline.is_never() || limit.at() < options.deadline.at()) options.deadline = limit;
  return options;
}

std::string file_text(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  std::string out = text.str();
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
  return out;
}

std::string container_url(const Environment& environment) {
  if (const auto relative = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"); !relative.empty())
    return "http://169.254.170.2" + relative;
  return environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
}

/// Keys must not be asked for in clear text anywhere but on this machine and its own networks.
bool is_allowed(std::string_view url) {
  if (url.starts_with("https://")) return true;
  for (const auto host : {"127.0.0.1", "localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"}) {
    const std::string origin = "http://" + std::string(host);
    if (!url.starts_with(origin)) continue;
    const auto rest = url.substr(origin.size());
    if (rest.empty() || rest.front() == '/' || rest.front() == ':') return true;
  }
  return false;
}

Result<Credentials> from_container(http::Transport& transport, const Environment& environment, const std::string& url,
                                   const CallOptions& options) {
  if (!is_allowed(url))
    return unusable("the container", "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor a local address");
  http::Request request{.url = url};
  std::string token = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN");
  if (const auto file = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); !file.empty()) token = file_text(file);
  if (!token.empty()) request.headers.add("authorization", token);
  const auto response = transport.send(request, limited(options));
  if (!response) return unusable("the container", response.error().message);
  return from_answer("the container", *response);
}

/// AWS, "Use the Instance Metadata Service", version 2: a token first, then the name of the role, then its keys.
Result<Credentials> from_instance(http::Transport& transport, const Environment& environment,
                                  const CallOptions& options) {
  constexpr std::string_view kSource = "the instance metadata";
  std::string base = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  if (base.empty()) base = "http://169.254.169.254";
  while (base.ends_with('/')) base.pop_back();
  const auto token = transport.send({.method = "PUT",
                                     .url = base + "/latest/api/token",
                                     .headers = {{"x-aws-ec2-metadata-token-ttl-seconds", "21600"}}},
                                    limited(options));
  if (!token) return unusable(kSource, token.error().message);
  if (token->status != 200) return unusable(kSource, "it gave no token");
  const auto get = [&](const std::string& path) {
    return transport.send({.url = base + path, .headers = {{"x-aws-ec2-metadata-token", token->body}}},
                          limited(options));
  };
  const std::string path = "/latest/meta-data/iam/security-credentials/";
  const auto role = get(path);
  if (!role || role->status != 200) return unusable(kSource, "the instance has no role");
  const auto keys = get(path + role->body.substr(0, role->body.find('\n')));
  if (!keys) return unusable(kSource, keys.error().message);
  return from_answer(kSource, *keys);
}

}  // namespace

CredentialChain::CredentialChain(std::shared_ptr<http::Transport> transport, Environment environment)
    : transport_(std::move(transport)), environment_(std::move(environment)) {}

Result<Credentials> CredentialChain::get(const CallOptions& options) {
  const std::scoped_lock lock(mutex_);
  const auto soon = std::chrono::system_clock::now() + kRefreshBefore;
  if (known_ && (!known_->expires || *known_->expires > soon)) return *known_;
  auto found = find(options);
  if (found) known_ = *found;
  // What is still good is better than nothing.
  if (!found && known_ && *known_->expires > std::chrono::system_clock::now()) return *known_;
  return found;
}

Result<Credentials> CredentialChain::find(const CallOptions& options) const {
  if (auto credentials = from_environment(environment_); are_whole(credentials)) return credentials;
  if (auto credentials = from_profile(environment_); are_whole(credentials)) return credentials;
  if (const auto url = container_url(environment_); !url.empty())
    return from_container(*transport_, environment_, url, options);
  const std::string hint =
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; looked at the environment, the shared files";
  if (environment_("AWS_EC2_METADATA_DISABLED") == "true")
    return fail(ErrorKind::unauthenticated, "no AWS credentials: " + hint);
  auto credentials = from_instance(*transport_, environment_, options);
  if (!credentials)
    return fail(ErrorKind::unauthenticated, credentials.error().message + "; " + hint + " and the instance metadata");
  return credentials;
}

}  // namespace sloop::aws
