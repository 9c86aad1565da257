// SPDX-License-Identifier: Apache-2.0
//
// Tokens of Google's accounts, from a token server on this machine that checks the signatures.
#include "sloop/model/google_credentials.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <mutex>

#include "sloop/core/base64.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/serve/server.hpp"

namespace sloop {
namespace {

using namespace std::chrono_literals;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Key make_key() {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr),
                                                                            &EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_keygen_init(context.get());
  EVP_PKEY_keygen(context.get(), &key);
  return {key, &EVP_PKEY_free};
}

std::string pem_of(EVP_PKEY* key) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string from_base64url(std::string text) {
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return decode_base64(text).value();
}

bool verifies(EVP_PKEY* key, std::string_view text, std::string_view signature) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                          reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

/// Gives tokens `t1`, `t2` .. that live an hour, or refuses; and answers any model call.
class Google {
 public:
  Google() {
    server_ =
        serve::Server::start({}, [this](const serve::Request& request, serve::Exchange& exchange) {
          const std::lock_guard lock(mutex_);
          auto& list = request.path() == "/token" ? tokens_ : calls_;
          list.push_back(request);
          if (refuse)
            return exchange.respond(400, {{"content-type", "application/json"}},
                                    R"({"error":"invalid_grant","error_description":"Invalid JWT"})");
          exchange.respond(200, {{"content-type", "application/json"}},
                           request.path() == "/token"
                               ? R"({"access_token":"t)" + std::to_string(tokens_.size()) + R"(","expires_in":3600})"
                               : R"({"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}]})");
        }).value();
  }
  [[nodiscard]] std::string url() const { return server_->url(); }
  [[nodiscard]] std::vector<serve::Request> tokens() {
    const std::lock_guard lock(mutex_);
    return tokens_;
  }
  [[nodiscard]] std::vector<serve::Request> calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  std::atomic<bool> refuse = false;

 private:
  std::mutex mutex_;
  std::vector<serve::Request> tokens_;
  std::vector<serve::Request> calls_;
  std::unique_ptr<serve::Server> server_;
};

std::string account(const Google& google, EVP_PKEY* key) {
  return write_json(JsonObject{{"type", "service_account"},
                               {"project_id", "p"},
                               {"private_key_id", "kid-1"},
                               {"private_key", pem_of(key)},
                               {"client_email", "a@p.iam.gserviceaccount.com"},
                               {"token_uri", google.url() + "/token"}});
}

TEST(GoogleCredentials, a_service_account_signs_for_a_token_and_keeps_it_until_it_ends) {
  Google google;
  const auto key = make_key();
  auto now = std::chrono::system_clock::time_point(1'700'000'000s);
  const auto credentials = GoogleCredentials::from_json(
      account(google, key.get()),
      {.transport = http::make_curl_transport({.proxies = false}), .now = [&] { return now; }});
  ASSERT_TRUE(credentials) << credentials.error().message;
  EXPECT_EQ((*credentials)->project(), "p");
  http::Request request;
  ASSERT_TRUE((*credentials)->apply(request, {}));
  ASSERT_TRUE((*credentials)->apply(request, {}));
  EXPECT_EQ(request.headers.get("authorization"), "Bearer t1");
  now += 54min;
  ASSERT_TRUE((*credentials)->apply(request, {}));
  EXPECT_EQ(google.tokens().size(), 1u);
  now += 1min;
  ASSERT_TRUE((*credentials)->apply(request, {}));
  EXPECT_EQ(request.headers.get("authorization"), "Bearer t2");

  const auto sent = google.tokens().front().body;
  const std::string jwt = sent.substr(sent.find("assertion=") + 10);
  const auto dot = jwt.find('.');
  const auto last = jwt.rfind('.');
  EXPECT_TRUE(verifies(key.get(), jwt.substr(0, last), from_base64url(jwt.substr(last + 1))));
  EXPECT_EQ(from_base64url(jwt.substr(0, dot)), R"({"alg":"RS256","typ":"JWT","kid":"kid-1"})");
  const auto claims = parse_json(from_base64url(jwt.substr(dot + 1, last - dot - 1))).value();
  EXPECT_EQ(find_string(claims, "iss"), "a@p.iam.gserviceaccount.com");
  EXPECT_EQ(find_string(claims, "aud"), google.url() + "/token");
  EXPECT_EQ(*find(claims, "exp"), Json(1'700'003'600));
}

TEST(GoogleCredentials, vertex_models_are_called_with_the_token) {
  Google google;
  const auto key = make_key();
  const auto transport = http::make_curl_transport({.proxies = false});
  const auto credentials = GoogleCredentials::from_json(account(google, key.get()), {.transport = transport}).value();
  auto options = credentials->vertex("us-central1");
  EXPECT_EQ(options.base_url,
            "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google");
  EXPECT_TRUE(
      credentials->vertex("global", "q").base_url.starts_with("https://aiplatform.googleapis.com/v1/projects/q/"));
  options.base_url.replace(0, options.base_url.find("/v1/"), google.url());
  options.transport = transport;
  const auto model = open_model("vertex/gemini-2.5-flash", options);
  ASSERT_TRUE(model) << model.error().message;
  const auto reply = (*model)->complete({.messages = {Message::user("Hi")}}, {});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->text(), "Hi");
  const auto call = google.calls().at(0);
  EXPECT_EQ(call.headers.get("authorization"), "Bearer t1");
  EXPECT_EQ(call.target,
            "/v1/projects/p/locations/us-central1/publishers/google/models/gemini-2.5-flash:generateContent");
}

TEST(GoogleCredentials, a_refused_key_is_the_error_of_the_call) {
  Google google;
  google.refuse = true;
  const auto key = make_key();
  const auto credentials = GoogleCredentials::from_json(account(google, key.get()),
                                                        {.transport = http::make_curl_transport({.proxies = false})});
  http::Request request;
  const auto applied = (*credentials)->apply(request, {});
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, ErrorKind::unauthenticated);
  EXPECT_EQ(applied.error().message, "Google's token server: invalid_grant");
}

TEST(GoogleCredentials, a_person_gets_a_token_for_the_refresh_token) {
  Google google;
  const auto credentials = GoogleCredentials::from_json(write_json(JsonObject{{"type", "authorized_user"},
                                                                              {"client_id", "c"},
                                                                              {"client_secret", "s/"},
                                                                              {"refresh_token", "r"},
                                                                              {"token_uri", google.url() + "/token"}}),
                                                        {.transport = http::make_curl_transport({.proxies = false})});
  http::Request request;
  ASSERT_TRUE((*credentials)->apply(request, {}));
  EXPECT_EQ(google.tokens().at(0).body, "grant_type=refresh_token&client_id=c&client_secret=s%2F&refresh_token=r");
}

TEST(GoogleCredentials, a_bad_file_is_refused_without_being_quoted) {
  EXPECT_EQ(GoogleCredentials::from_json("secret").error().message, "Google's key file is no JSON");
  const auto refused = GoogleCredentials::from_json(R"({"type":"service_account","private_key":"secret"})");
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid_input);
  EXPECT_FALSE(refused.error().message.contains("secret"));
  EXPECT_EQ(GoogleCredentials::from_json(R"({"type":"external_account"})").error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace sloop
