// SPDX-License-Identifier: Apache-2.0
#include "sloop/serve/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sloop/serve/local_authority.hpp"

namespace sloop::serve {
namespace {

/// A raw connection to a server on loopback.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes) const {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  void half_close() const { ::shutdown(socket_, SHUT_WR); }
  /// All that comes until the server closes.
  std::string read_all() const {
    std::string answer;
    while (receive(answer)) {
    }
    return answer;
  }
  void read_until(std::string_view end) const {
    std::string answer;
    while (!answer.contains(end))
      if (!receive(answer)) FAIL() << "the connection ended after: " << answer;
  }

 private:
  bool receive(std::string& to) const {
    char buffer[4096];
    const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count > 0) to.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  const int socket_;
};

/// Sends raw bytes and returns all that the server answers until it closes.
std::string talk(std::uint16_t port, std::string_view bytes, bool half_close = false) {
  const Client client(port);
  client.send(bytes);
  if (half_close) client.half_close();
  return client.read_all();
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

/// Answers with every piece of the body as it comes, then the trailers.
std::unique_ptr<Server> start_echo() {
  return start(
      [](const Request& request, Exchange& exchange) {
        EXPECT_EQ(request.body, "");
        exchange.begin(200, {});
        while (true) {
          const auto piece = exchange.read();
          if (!piece) return exchange.abort();
          if (piece->empty()) break;
          exchange.write("[" + std::string(*piece) + "]");
        }
        exchange.write(std::string(exchange.trailers().get_or("x-sum", "none")));
        exchange.end();
      },
      {.pulls_body = [](const Request& request) { return request.path() == "/echo"; }});
}

TEST(Server, a_pulled_body_is_handed_on_while_it_comes) {
  const auto server = start_echo();
  Client client(server->port());
  client.send("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: x-sum\r\n\r\n3\r\none\r\n");
  client.read_until("[one]");  // before the rest is sent
  client.send("3\r\ntwo\r\n0\r\nx-sum: 6\r\n\r\n");
  client.read_until("[two]\r\n1\r\n6\r\n0\r\n\r\n");
  client.send("POST /echo HTTP/1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
  client.read_until("[hi]\r\n4\r\nnone\r\n0\r\n\r\n");
}

TEST(Server, a_pulled_body_that_is_cut_off_is_an_error) {
  const auto server = start_echo();
  const auto answer = talk(server->port(), "POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", true);
  EXPECT_NE(answer.find("[ab]"), std::string::npos) << answer;
  EXPECT_EQ(answer.find("none"), std::string::npos) << answer;
}

TEST(Server, an_answer_before_the_end_of_a_pulled_body_closes_the_connection) {
  const auto server = start([](const Request&, Exchange& exchange) { exchange.respond(403, {}, "no"); },
                            {.pulls_body = [](const Request&) { return true; }});
  const auto answer = talk(server->port(), "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n");
  EXPECT_NE(answer.find(" 403 "), std::string::npos) << answer;
}

TEST(Server, trailers_of_a_whole_body_stand_apart_from_its_headers) {
  const auto server = start([](const Request& request, Exchange& exchange) {
    exchange.respond(200, {},
                     std::string(request.trailers.get_or("x-sum", "")) +
                         (request.headers.contains("x-sum") ? " among the headers" : " apart"));
  });
  const auto answer = talk(server->port(),
                           "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                           "1\r\na\r\n0\r\nx-sum: 6\r\n\r\n");
  EXPECT_NE(answer.find("6 apart"), std::string::npos) << answer;
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
