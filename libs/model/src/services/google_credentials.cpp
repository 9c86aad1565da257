// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/google_credentials.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>

#include "dialects/answer.hpp"
#include "sloop/aws/signature.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/http/retry.hpp"

namespace sloop {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

constexpr std::string_view kTokenServer = "https://oauth2.googleapis.com/token";
constexpr std::string_view kScope = "https://www.googleapis.com/auth/cloud-platform";
constexpr seconds kJwtLife{3'600};
/// A token that ends within this time is not used any more.
constexpr seconds kMargin{300};

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Key read_key(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                        &BIO_free);
  return {PEM_read_bio_PrivateKey(bytes.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
}

/// RSASSA-PKCS1-v1_5 with SHA-256 (RS256); empty when the key can't.
std::string rs256(EVP_PKEY* key, std::string_view text) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
    return "";
  std::string out(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes, text.size()) != 1)
    return "";
  out.resize(size);
  return out;
}

/// RFC 4648 section 5, without padding.
std::string base64url(std::string_view bytes) {
  std::string out = encode_base64(bytes);
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::optional<std::string> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return std::nullopt;
  std::string out;
  char block[4096];
  while (const std::size_t size = std::fread(block, 1, sizeof block, file.get())) out.append(block, size);
  return out;
}

}  // namespace

struct GoogleCredentials::Secret {
  std::string token_server;
  // Of a service account.
  std::string email;
  std::string key_id;
  Key key{nullptr, &EVP_PKEY_free};
  // Of a person.
  std::string client_id;
  std::string client_secret;
  std::string refresh_token;

  [[nodiscard]] std::string assertion(system_clock::time_point now) const {
    const auto issued = std::chrono::duration_cast<seconds>(now.time_since_epoch()).count();
    JsonObject header{{"alg", "RS256"}, {"typ", "JWT"}};
    if (!key_id.empty()) header["kid"] = key_id;
    const JsonObject claims{
        {"iss", email}, {"scope", kScope}, {"aud", token_server}, {"iat", issued}, {"exp", issued + kJwtLife.count()}};
    const std::string text = base64url(write_json(header)) + '.' + base64url(write_json(claims));
    return text + '.' + base64url(rs256(key.get(), text));
  }

  [[nodiscard]] std::string form(system_clock::time_point now) const {
    if (!key)
      return "grant_type=refresh_token&client_id=" + aws::uri_encode(client_id) +
             "&client_secret=" + aws::uri_encode(client_secret) + "&refresh_token=" + aws::uri_encode(refresh_token);
    return "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion(now);
  }
};

GoogleCredentials::GoogleCredentials(std::unique_ptr<Secret> secret, std::string project,
                                     GoogleCredentialsOptions options)
    : secret_(std::move(secret)), project_(std::move(project)), options_(std::move(options)) {
  if (!options_.transport) options_.transport = http::default_transport();
  options_.transport = http::with_retries(std::move(options_.transport));
}

GoogleCredentials::~GoogleCredentials() = default;

Result<std::shared_ptr<GoogleCredentials>> GoogleCredentials::from_json(std::string_view file,
                                                                        GoogleCredentialsOptions options) {
  const auto json = parse_json(file);
  if (!json) return fail(ErrorKind::invalid_input, "Google's key file is no JSON");
  auto secret = std::make_unique<Secret>();
  const auto text = [&](std::string_view key) { return std::string(find_string(*json, key)); };
  secret->token_server = text("token_uri").empty() ? std::string(kTokenServer) : text("token_uri");
  const auto type = text("type");
  if (type == "service_account") {
    secret->email = text("client_email");
    secret->key_id = text("private_key_id");
    secret->key = read_key(text("private_key"));
    if (!secret->key || secret->email.empty())
      return fail(ErrorKind::invalid_input, "Google's key file has no usable private_key and client_email");
  } else if (type == "authorized_user") {
    secret->client_id = text("client_id");
    secret->client_secret = text("client_secret");
    secret->refresh_token = text("refresh_token");
  } else {
    return fail(ErrorKind::unsupported,
                "Google's key file is of the type '" + type + "'; service_account and authorized_user are understood");
  }
  auto project = text("project_id").empty() ? text("quota_project_id") : text("project_id");
  return std::shared_ptr<GoogleCredentials>(
      new GoogleCredentials(std::move(secret), std::move(project), std::move(options)));
}

Result<std::shared_ptr<GoogleCredentials>> GoogleCredentials::from_env(GoogleCredentialsOptions options) {
  auto path = variable("GOOGLE_APPLICATION_CREDENTIALS");
  if (path.empty()) path = variable("HOME") + "/.config/gcloud/application_default_credentials.json";
  const auto file = read_file(path);
  if (!file)
    return fail(ErrorKind::unauthenticated,
                path + ": can't be read; set GOOGLE_APPLICATION_CREDENTIALS to Google's key file");
  auto out = from_json(*file, std::move(options));
  if (!out) return fail(out.error().within(path));
  return out;
}

ModelOptions GoogleCredentials::vertex(std::string_view location, std::string_view project) {
  const std::string host = location == "global" ? "" : std::string(location) + '-';
  return {.base_url = "https://" + host + "aiplatform.googleapis.com/v1/projects/" +
                      (project.empty() ? project_ : std::string(project)) + "/locations/" + std::string(location) +
                      "/publishers/google",
          .authenticator = shared_from_this()};
}

Result<void> GoogleCredentials::apply(http::Request& request, const CallOptions& options) {
  const std::lock_guard lock(mutex_);
  if (!ends_ || options_.now() + kMargin >= *ends_)
    if (auto fetched = fetch(options); !fetched) return fetched;
  request.headers.set("authorization", "Bearer " + token_);
  return {};
}

Result<void> GoogleCredentials::fetch(const CallOptions& options) {
  const http::Request request{.method = "POST",
                              .url = secret_->token_server,
                              .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                              .body = secret_->form(options_.now())};
  const auto response = options_.transport->send(request, options);
  if (!response) return fail(response.error().within("Google's token server"));
  std::vector<std::string> warnings;
  const auto answer = dialects::answer_json(response->status, response->headers, response->body, warnings);
  if (!answer) {
    Error error = answer.error().within("Google's token server");
    // It says `invalid_grant` and the like with status 400, which is no fault of the model's request.
    if (error.kind == ErrorKind::invalid_input) error.kind = ErrorKind::unauthenticated;
    return fail(std::move(error));
  }
  token_ = find_string(*answer, "access_token");
  if (token_.empty()) return fail(ErrorKind::bad_reply, "Google's token server gave no token");
  ends_ = options_.now() + seconds(dialects::number_at(*answer, {{"expires_in"}}).value_or(0));
  return {};
}

}  // namespace sloop
