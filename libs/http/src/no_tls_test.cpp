// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sloop/http/curl_transport.hpp"
#include "sloop/http/tls.hpp"
#include "sloop/serve.hpp"

namespace sloop::http {

const Tls* find_tls() {
  return nullptr;
}

namespace {

TEST(NoTls, an_https_address_is_refused_with_the_remedy) {
  const auto transport = make_curl_transport();
  for (const std::string url : {"https://example.com/path?key=secret", "HTTPS://example.com/"}) {
    const auto response = transport->send({.url = url}, {});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::invalid_input);
    EXPECT_TRUE(response.error().message.contains("://example.com: ")) << response.error().message;
    EXPECT_TRUE(response.error().message.contains("NO_TLS"));
    EXPECT_FALSE(response.error().message.contains("secret"));
    EXPECT_FALSE(transport->start({.url = url}, {}));
  }
}

TEST(NoTls, a_call_without_tls_is_answered) {
  const auto server = serve::Server::start({}, [](const serve::Request&, serve::Exchange& exchange) {
                        exchange.respond(200, {}, "plain");
                      }).value();
  const auto response = make_curl_transport({.proxies = false})->send({.url = server->url()}, {});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "plain");
}

}  // namespace
}  // namespace sloop::http
