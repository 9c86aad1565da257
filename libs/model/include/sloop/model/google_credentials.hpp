// SPDX-License-Identifier: Apache-2.0
//
// Who we are for Google Cloud: tokens of a service account or of a person, for Vertex AI.
//
//   auto account = GoogleCredentials::from_env();   // GOOGLE_APPLICATION_CREDENTIALS names the file
//   auto model = open_model("vertex/gemini-2.5-flash", (*account)->vertex("us-central1"));
//
// Only linked when it is used. Without it, `vertex/` takes an API key (`VERTEX_API_KEY`).
//
// Source: RFC 7523 (JWT bearer), RFC 7515 (RS256); Google, "Using OAuth 2.0 for server to server applications",
// "Application Default Credentials". Not here: the metadata server of Google's machines, workload identity.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/model/authenticator.hpp"
#include "sloop/model/model.hpp"

namespace sloop {

struct GoogleCredentialsOptions {
  /// The way to the token server; null: `http::default_transport()`.
  std::shared_ptr<http::Transport> transport = {};
  std::function<std::chrono::system_clock::time_point()> now = std::chrono::system_clock::now;
};

/// Puts `authorization: Bearer TOKEN` on requests. A token is fetched at first use and kept until five minutes before
/// it ends. Threads may use one at the same time.
class GoogleCredentials final : public Authenticator, public std::enable_shared_from_this<GoogleCredentials> {
 public:
  /// Reads a key file: `service_account` (its private key signs a JWT) or `authorized_user` (its refresh token is
  /// exchanged). Fails with `invalid_input`; no part of the file gets into the message.
  [[nodiscard]] static Result<std::shared_ptr<GoogleCredentials>> from_json(std::string_view file,
                                                                            GoogleCredentialsOptions options = {});
  /// The file that GOOGLE_APPLICATION_CREDENTIALS names, else the one that `gcloud` keeps. Fails with
  /// `unauthenticated` when there is none.
  [[nodiscard]] static Result<std::shared_ptr<GoogleCredentials>> from_env(GoogleCredentialsOptions options = {});

  ~GoogleCredentials() override;

  /// The project that the file names; empty when it names none.
  [[nodiscard]] const std::string& project() const { return project_; }
  /// How `vertex/` models are opened as this account: `location` is `us-central1`, `global` ..; an empty `project`
  /// is the file's own.
  [[nodiscard]] ModelOptions vertex(std::string_view location, std::string_view project = {});

  [[nodiscard]] Result<void> apply(http::Request& request, const CallOptions& options) override;

 private:
  struct Secret;
  GoogleCredentials(std::unique_ptr<Secret> secret, std::string project, GoogleCredentialsOptions options);
  [[nodiscard]] Result<void> fetch(const CallOptions& options);

  std::unique_ptr<Secret> secret_;
  std::string project_;
  GoogleCredentialsOptions options_;
  std::mutex mutex_;
  std::string token_;
  std::optional<std::chrono::system_clock::time_point> ends_;
};

}  // namespace sloop
