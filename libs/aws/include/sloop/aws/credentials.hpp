// SPDX-License-Identifier: Apache-2.0
//
// Who we are for AWS: keys, and where they come from.
//
//   CredentialChain chain(transport);
//   auto credentials = chain.get({.deadline = Deadline::after(5s)});
//
// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers": environment, shared files,
// container, instance metadata (IMDSv2), in this order. Not here: SSO, web identity and assumed roles of profiles; a
// profile's `credential_process` is not run.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "sloop/http/transport.hpp"

namespace sloop::aws {

struct Credentials {
  std::string access_key_id = {};
  std::string secret_access_key = {};
  /// With temporary credentials only.
  std::string session_token = {};
  /// When they end; never, where nothing is said.
  std::optional<std::chrono::system_clock::time_point> expires = {};
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

/// The value of an environment variable; empty when it is not set.
using Environment = std::function<std::string(const char* name)>;
[[nodiscard]] std::string process_environment(const char* name);

/// What the profile (`AWS_PROFILE`, else `default`) says in the files `~/.aws/credentials` and `~/.aws/config`, or
/// where `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` point: `aws_access_key_id`, `region`. Empty when it does
/// not.
[[nodiscard]] std::string profile_setting(const Environment& environment, std::string_view key);

/// `AWS_REGION`, `AWS_DEFAULT_REGION`, or that of the profile; empty when none says one.
[[nodiscard]] std::string region_of(const Environment& environment);

/// Finds credentials, keeps them, and fetches new ones five minutes before they end. Several threads may ask at once.
class CredentialChain {
 public:
  explicit CredentialChain(std::shared_ptr<http::Transport> transport, Environment environment = process_environment);

  /// Blocks while a container or the instance is asked. Fails with `unauthenticated` when nothing has any; the message
  /// says what was looked at.
  [[nodiscard]] Result<Credentials> get(const CallOptions& options);

 private:
  [[nodiscard]] Result<Credentials> find(const CallOptions& options) const;

  std::shared_ptr<http::Transport> transport_;
  Environment environment_;
  std::mutex mutex_;
  std::optional<Credentials> known_;
};

}  // namespace sloop::aws
