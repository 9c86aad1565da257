// SPDX-License-Identifier: Apache-2.0
#include "sloop/serve/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sloop/serve/local_authority.hpp"

namespace sloop::serve {
namespace {

/// Sends raw bytes to a server on loopback and returns all it answers until it closes.
std::string talk(std::uint16_t port, std::string_view bytes, bool half_close = false) {
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  if (half_close) ::shutdown(client, SHUT_WR);
  std::string answer;
  char buffer[4096];
  ssize_t count = 0;
  while ((count = ::recv(client, buffer, sizeof buffer, 0)) > 0) answer.append(buffer, static_cast<std::size_t>(count));
  ::close(client);
  return answer;
}

std::unique_ptr<Server> start(Handler handler, ServerOptions options = {}) {
  auto server = Server::start(options, std::move(handler));
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

TEST(Server, answers_several_requests_on_one_connection) {
  const auto server = start([](const Request& request, Exchange& exchange) {
    exchange.respond(200, {{"x-method", request.method}},
                     std::string(request.path()) + "|" + std::string(request.query()) + "|" + request.body);
  });
  const auto answer = talk(server->port(),
                           "POST /a?b=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nxyz"
                           "GET /c HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(answer.find("/a|b=1|xyz"), std::string::npos) << answer;
  EXPECT_NE(answer.find("/c||"), std::string::npos) << answer;
  EXPECT_EQ(server->connections(), 1u);
}

TEST(Server, a_chunked_answer_ends_with_trailers) {
  const auto server = start([](const Request&, Exchange& exchange) {
    exchange.begin(200, {{"trailer", "x-sum"}});
    exchange.write("one");
    exchange.write("two");
    exchange.end({{"x-sum", "6"}});
  });
  const auto answer = talk(server->port(), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(answer.find("3\r\none\r\n3\r\ntwo\r\n0\r\nx-sum: 6\r\n\r\n"), std::string::npos) << answer;
}

TEST(Server, a_body_beyond_the_limit_is_answered_413) {
  const auto server = start([](const Request&, Exchange& exchange) { exchange.respond(200, {}, ""); }, {.max_body = 4});
  EXPECT_NE(talk(server->port(), "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde").find(" 413 "), std::string::npos);
}

TEST(Server, a_throwing_handler_and_a_silent_one_are_answered_500) {
  const auto server = start([](const Request& request, Exchange&) {
    if (request.path() == "/throw") throw std::runtime_error("no");
  });
  EXPECT_NE(talk(server->port(), "GET /throw HTTP/1.1\r\nConnection: close\r\n\r\n").find(" 500 "), std::string::npos);
  EXPECT_NE(talk(server->port(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n").find(" 500 "), std::string::npos);
}

TEST(Server, a_client_that_leaves_is_noticed) {
  std::atomic<bool> noticed = false;
  const auto server = start([&](const Request&, Exchange& exchange) {
    for (int i = 0; i < 500 && !exchange.client_gone(); ++i) ::usleep(10'000);
    noticed = exchange.client_gone();
    exchange.abort();
  });
  talk(server->port(), "GET / HTTP/1.1\r\n\r\n", true);
  EXPECT_TRUE(noticed);
}

TEST(Server, a_taken_port_and_a_bad_address_are_named) {
  const auto first = start([](const Request&, Exchange&) {});
  // Another listener on the very port: address reuse does not apply to one that is listening.
  const auto second = Server::start({.port = first->port()}, [](const Request&, Exchange&) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
  EXPECT_NE(second.error().message.find(std::to_string(first->port())), std::string::npos);
  EXPECT_EQ(Server::start({.address = "nowhere"}, [](const Request&, Exchange&) {}).error().kind,
            ErrorKind::invalid_input);
}

TEST(LocalAuthority, a_certificate_names_its_host_and_bad_pem_is_refused) {
  const auto authority = LocalAuthority::create();
  ASSERT_TRUE(authority);
  const auto tls = authority->issue("localhost");
  ASSERT_TRUE(tls);
  EXPECT_TRUE(Server::start({.tls = *tls}, [](const Request&, Exchange&) {}));
  EXPECT_EQ(Server::start({.tls = {"junk", "junk"}}, [](const Request&, Exchange&) {}).error().kind,
            ErrorKind::invalid_input);
}

}  // namespace
}  // namespace sloop::serve
