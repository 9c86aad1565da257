// SPDX-License-Identifier: Apache-2.0
#include "sloop/web_server.hpp"

#include <gtest/gtest.h>

#include "sloop/http/curl_transport.hpp"

namespace sloop::web {
namespace {

struct Served {
  explicit Served(const Router& router) : server(serve_router(router).value()) {}

  http::Response send(http::Request request) {
    request.url = server->url() + request.url;
    return transport->send(std::move(request), {}).value();
  }

  std::unique_ptr<serve::Server> server;
  std::shared_ptr<http::Transport> transport = http::make_curl_transport({.proxies = false});
};

TEST(WebServer, a_router_answers_over_a_socket) {
  Router router;
  router.post("/echo/{name}", [](Path<std::string> name, RawBody body, const Request& request) {
    return bytes(*name + request.query + *body);
  });
  Served served(router);
  const auto response = served.send({.method = "POST", .url = "/echo/a%20b?c=d", .body = std::string("\0\xff", 2)});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "a bc=d" + std::string("\0\xff", 2));
}

TEST(WebServer, a_stream_arrives_in_chunks) {
  Router router;
  router.get("/", [] {
    return Stream{"text/plain", [](BodyWriter& out) -> Result<void> {
                    for (const auto* piece : {"one ", "two"})
                      if (auto sent = out.write(piece); !sent) return sent;
                    return {};
                  }};
  });
  Served served(router);
  const auto response = served.send({.url = "/"});
  EXPECT_EQ(response.body, "one two");
  EXPECT_EQ(response.headers.get("transfer-encoding"), "chunked");
}

TEST(WebServer, head_tells_the_length_without_the_body) {
  Router router;
  router.get("/", [] { return "four"; });
  Served served(router);
  const auto response = served.send({.method = "HEAD", .url = "/"});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.headers.get("content-length"), "4");
}

TEST(WebServer, a_router_with_errors_or_a_bad_port_is_not_served) {
  std::string log;
  RunOptions options{
      .lambda = {.environment = std::make_shared<const lambda::Environment>(),
                 .log = std::make_shared<Log>(LogOptions{.write = [&](std::string_view line) { log += line; }})}};
  Router router;
  router.get("wrong", [] {});
  EXPECT_EQ(run(router, options), 1);
  EXPECT_TRUE(log.contains("route 'wrong'")) << log;
  std::string words[] = {"program", "--port", "many"};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data()};
  options.arguments = arguments;
  EXPECT_EQ(run(Router(), options), 1);
  EXPECT_TRUE(log.contains("'many'")) << log;
}

}  // namespace
}  // namespace sloop::web
