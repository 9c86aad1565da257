// SPDX-License-Identifier: Apache-2.0
#include "trust_roots.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <filesystem>
#include <fstream>

#include "matching_roots.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/serve.hpp"

namespace sloop::http {
namespace {

using namespace std::chrono_literals;

/// A folder of this test's own, removed at its end.
class TrustRootsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sloop-roots-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    const auto path = folder_ / name;
    std::ofstream(path) << text;
    return path;
  }

  static serve::LocalAuthority authority(std::string_view name = "Right root") {
    return serve::LocalAuthority::create(name).value();
  }

  /// Calls a TLS server of this certificate with these roots.
  static Result<Response> call(const serve::TlsOptions& tls, CurlOptions options) {
    const auto server = serve::Server::start({.tls = tls}, [](const serve::Request&, serve::Exchange& exchange) {
                          exchange.respond(200, {}, "safe");
                        }).value();
    options.proxies = false;
    return make_curl_transport(options)->send({.url = server->url()}, {.deadline = Deadline::after(10s)});
  }

  std::filesystem::path folder_;
};

TEST_F(TrustRootsTest, the_right_root_is_found_among_the_systems) {
  const auto right = authority();
  std::ifstream system(system_ca_file());
  const std::string bundle((std::istreambuf_iterator<char>(system)), {});
  const auto response =
      call(right.issue("127.0.0.1").value(), {.ca_file = write("all.pem", bundle + right.root_pem())});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "safe");
}

TEST_F(TrustRootsTest, a_false_root_of_the_same_name_is_not_enough) {
  const auto right = authority();
  const auto false_one = authority();
  const auto tls = right.issue("127.0.0.1").value();
  EXPECT_EQ(call(tls, {.ca_file = write("false.pem", false_one.root_pem())}).error().kind, ErrorKind::untrusted);
  EXPECT_TRUE(call(tls, {.ca_file = write("both.pem", false_one.root_pem() + right.root_pem())}));
}

TEST_F(TrustRootsTest, an_unknown_root_an_expired_certificate_and_another_host_are_refused) {
  const auto right = authority();
  const auto file = write("right.pem", right.root_pem());
  EXPECT_EQ(call(authority("Other").issue("127.0.0.1").value(), {.ca_file = file}).error().kind, ErrorKind::untrusted);
  EXPECT_EQ(call(right.issue("127.0.0.1", -1h).value(), {.ca_file = file}).error().kind, ErrorKind::untrusted);
  EXPECT_EQ(call(right.issue("example.com").value(), {.ca_file = file}).error().kind, ErrorKind::untrusted);
}

TEST_F(TrustRootsTest, an_unreadable_or_empty_bundle_fails_closed_and_is_named) {
  const auto tls = authority().issue("127.0.0.1").value();
  const auto missing = call(tls, {.ca_file = folder_ / "none.pem"}).error();
  EXPECT_EQ(missing.kind, ErrorKind::untrusted);
  EXPECT_TRUE(missing.message.contains("none.pem")) << missing.message;
  const auto empty = call(tls, {.ca_file = write("empty.pem", "# nothing\n")}).error();
  EXPECT_EQ(empty.kind, ErrorKind::untrusted);
  EXPECT_TRUE(empty.message.contains("empty.pem")) << empty.message;
}

TEST_F(TrustRootsTest, damaged_entries_are_passed_over) {
  const auto right = authority();
  const std::string damaged =
      "-----BEGIN CERTIFICATE-----\nMIIB$$$$\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END "
      "CERTIFICATE-----\n";
  EXPECT_TRUE(call(right.issue("127.0.0.1").value(),
                   {.ca_file = write("damaged.pem", damaged + right.root_pem() + "-----BEGIN CERTIFICATE-----\nMII")}));
}

TEST_F(TrustRootsTest, a_directory_of_hashed_names_is_searched) {
  const auto right = authority();
  write("right.pem", right.root_pem());
  ASSERT_EQ(std::system(("openssl rehash " + folder_.string() + " >/dev/null 2>&1").c_str()), 0);
  const auto other = write("other.txt", authority("Other").root_pem());
  EXPECT_TRUE(call(right.issue("127.0.0.1").value(), {.ca_file = other, .ca_directory = folder_}));
}

TEST(SubjectOfDer, a_beginning_that_is_too_short_gives_nothing) {
  const auto authority = serve::LocalAuthority::create().value();
  BIO* pem = BIO_new_mem_buf(authority.root_pem().data(), static_cast<int>(authority.root_pem().size()));
  X509* root = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  BIO_free(pem);
  std::string der(static_cast<std::size_t>(i2d_X509(root, nullptr)), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(root, &out);
  X509_free(root);
  const std::string whole(subject_of_der(der));
  ASSERT_FALSE(whole.empty());
  EXPECT_TRUE(whole.contains("Sloop local root"));
  std::size_t found = 0;
  for (std::size_t length = 0; length < der.size(); ++length) {
    const auto subject = subject_of_der(std::string_view(der).substr(0, length));
    if (!subject.empty()) ++found;
    EXPECT_TRUE(subject.empty() || subject == whole);
  }
  EXPECT_GT(found, 0u);
}

}  // namespace
}  // namespace sloop::http
