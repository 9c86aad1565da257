// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/curl_transport.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <thread>

#include "sloop/serve.hpp"

namespace sloop::http {
namespace {

using namespace std::chrono_literals;

CurlOptions local(std::string ca_file = {}) {
  return {.ca_file = std::move(ca_file), .proxies = false};
}

std::unique_ptr<serve::Server> start(serve::Handler handler, serve::TlsOptions tls = {}) {
  auto server = serve::Server::start({.tls = std::move(tls)}, std::move(handler));
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

void greet(const serve::Request&, serve::Exchange& exchange) {
  exchange.respond(200, {{"X-A", "1"}, {"x-a", "2"}}, "hello");
}

/// Waits until `condition` holds, at most five seconds.
template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

TEST(CurlTransport, sends_method_headers_and_body_and_nothing_of_its_own) {
  serve::Request seen;
  const auto server = start([&](const serve::Request& request, serve::Exchange& exchange) {
    seen = request;
    exchange.respond(201, {{"x-answer", "yes"}}, "done");
  });
  const auto response = make_curl_transport(local())->send(
      {.method = "PUT", .url = server->url() + "/p?q=1", .headers = {{"x-empty", ""}, {"x-one", "1"}}, .body = "abc"},
      {});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, "done");
  EXPECT_EQ(response->headers.get("X-Answer"), "yes");
  EXPECT_EQ(seen.method + seen.target + seen.body, "PUT/p?q=1abc");
  EXPECT_EQ(seen.headers.get("x-empty"), "");
  EXPECT_EQ(seen.headers.get("x-one"), "1");
  EXPECT_FALSE(seen.headers.contains("expect"));
  EXPECT_FALSE(seen.headers.contains("content-type"));
}

TEST(CurlTransport, calls_in_turn_share_one_connection) {
  const auto server = start(greet);
  const auto transport = make_curl_transport(local());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(transport->send({.url = server->url()}, {}));
  EXPECT_EQ(server->connections(), 1u);
}

TEST(CurlTransport, a_connection_closed_while_idle_is_replaced_without_an_error) {
  const auto server = start(greet);
  const auto transport = make_curl_transport(local());
  for (int i = 0; i < 5; ++i) {
    const auto response = transport->send({.method = "POST", .url = server->url(), .body = "x"}, {});
    EXPECT_TRUE(response) << response.error().message;
    ASSERT_TRUE(eventually([&] { return server->close_idle() == 1; }));
  }
  EXPECT_EQ(server->connections(), 5u);
}

TEST(CurlTransport, many_threads_are_served_at_once_by_one_engine) {
  std::latch all_here(8);
  const auto server = start([&](const serve::Request& request, serve::Exchange& exchange) {
    all_here.arrive_and_wait();  // answers only when all eight wait
    exchange.respond(200, {}, request.body);
  });
  const auto transport = make_curl_transport(local());
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] {
        const auto response = transport->send({.method = "POST", .url = server->url(), .body = std::to_string(i)}, {});
        if (response && response->body == std::to_string(i)) ++right;
      });
  }
  EXPECT_EQ(right, 8);
}

TEST(CurlTransport, a_stream_hands_out_bytes_as_they_come) {
  std::latch first_read(1);
  const auto server = start([&](const serve::Request&, serve::Exchange& exchange) {
    exchange.begin(200, {});
    exchange.write("one");
    first_read.wait();
    exchange.write("two");
    exchange.end();
  });
  auto stream = make_curl_transport(local())->open({.url = server->url()}, {});
  ASSERT_TRUE(stream) << stream.error().message;
  EXPECT_EQ((*stream)->status(), 200);
  EXPECT_EQ((*stream)->read(), "one");
  first_read.count_down();
  EXPECT_EQ((*stream)->read(), "two");
  EXPECT_EQ((*stream)->read(), "");
  EXPECT_EQ((*stream)->read(), "");
}

TEST(CurlTransport, a_slow_reader_gets_every_byte_of_a_long_stream) {
  constexpr int kPieces = 500;
  const std::string piece(16'384, 'x');
  const auto server = start([&](const serve::Request&, serve::Exchange& exchange) {
    exchange.begin(200, {});
    for (int i = 0; i < kPieces; ++i) exchange.write(piece);
    exchange.end();
  });
  auto stream = make_curl_transport(local())->open({.url = server->url()}, {});
  ASSERT_TRUE(stream);
  std::this_thread::sleep_for(50ms);
  std::size_t total = 0;
  while (true) {
    const auto bytes = (*stream)->read();
    ASSERT_TRUE(bytes) << bytes.error().message;
    if (bytes->empty()) break;
    total += bytes->size();
  }
  EXPECT_EQ(total, kPieces * piece.size());
}

TEST(CurlTransport, a_body_cut_off_is_an_error_after_the_bytes_that_came) {
  const auto server = start([](const serve::Request&, serve::Exchange& exchange) {
    exchange.send_raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
  });
  const auto transport = make_curl_transport(local());
  EXPECT_EQ(transport->send({.url = server->url()}, {}).error().kind, ErrorKind::bad_reply);
  auto stream = transport->open({.url = server->url()}, {});
  ASSERT_TRUE(stream);
  EXPECT_EQ((*stream)->read(), "half");
  EXPECT_EQ((*stream)->read().error().kind, ErrorKind::bad_reply);
  EXPECT_EQ((*stream)->read().error().kind, ErrorKind::bad_reply);
}

TEST(CurlTransport, an_answer_that_is_not_http_is_a_bad_reply) {
  const auto server =
      start([](const serve::Request&, serve::Exchange& exchange) { exchange.send_raw("SSH-2.0-OpenSSH\r\n"); });
  EXPECT_EQ(make_curl_transport(local())->send({.url = server->url()}, {}).error().kind, ErrorKind::bad_reply);
}

TEST(CurlTransport, the_deadline_and_the_stop_token_end_a_call) {
  std::atomic<int> gone = 0;
  const auto server = start([&](const serve::Request&, serve::Exchange& exchange) {
    if (eventually([&] { return exchange.client_gone(); })) ++gone;
  });
  const auto transport = make_curl_transport(local());
  EXPECT_EQ(transport->send({.url = server->url()}, {.deadline = Deadline::after(50ms)}).error().kind,
            ErrorKind::timed_out);
  std::stop_source source;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(50ms);
    source.request_stop();
  });
  EXPECT_EQ(transport->send({.url = server->url()}, {.stop = source.get_token()}).error().kind, ErrorKind::cancelled);
  EXPECT_TRUE(eventually([&] { return gone == 2; })) << "the sockets of ended calls stay open";
}

TEST(CurlTransport, one_thread_stopping_leaves_the_others_working) {
  std::latch stopped(1);
  const auto server = start([&](const serve::Request&, serve::Exchange& exchange) {
    stopped.wait();
    greet({}, exchange);
  });
  const auto transport = make_curl_transport(local());
  // The first waiter drives the sockets; when it leaves, another must take over.
  std::stop_source source;
  std::jthread driver([&] { EXPECT_FALSE(transport->send({.url = server->url()}, {.stop = source.get_token()})); });
  std::this_thread::sleep_for(20ms);
  std::jthread other([&] { EXPECT_TRUE(transport->send({.url = server->url()}, {.deadline = Deadline::after(5s)})); });
  std::this_thread::sleep_for(20ms);
  source.request_stop();
  driver.join();
  stopped.count_down();
  other.join();
}

TEST(CurlTransport, limits_and_bad_requests_are_refused_by_name) {
  const auto server = start(greet);
  auto options = local();
  options.max_body = 4;
  EXPECT_EQ(make_curl_transport(options)->send({.url = server->url()}, {}).error().kind, ErrorKind::too_large);
  const auto transport = make_curl_transport(local());
  const auto kind = [&](const Request& request) { return transport->send(request, {}).error().kind; };
  EXPECT_EQ(kind({.url = "file:///etc/passwd"}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.url = "api.example.com"}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.method = "GET /", .url = server->url()}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.url = server->url(), .headers = {{"a", "b\r\nc: d"}}}), ErrorKind::invalid_input);
}

TEST(CurlTransport, an_unreachable_peer_is_named_without_path_or_query) {
  const auto server = start(greet);
  const std::string url = server->url();
  server->stop();
  const auto error = make_curl_transport(local())->send({.url = url + "/secret?key=abc"}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::unavailable);
  EXPECT_TRUE(error.message.starts_with(url)) << error.message;
  EXPECT_FALSE(error.message.contains("secret") || error.message.contains("abc")) << error.message;
}

TEST(CurlTransport, warming_up_opens_the_connection_that_the_first_call_uses) {
  const auto server = start(greet);
  const auto transport = make_curl_transport(local());
  transport->expect(server->url() + "/v1/chat");
  EXPECT_TRUE(transport->warm_up({.deadline = Deadline::after(5s)}));
  EXPECT_TRUE(transport->warm_up({.deadline = Deadline::after(5s)}));
  EXPECT_TRUE(transport->send({.url = server->url()}, {}));
  EXPECT_EQ(server->connections(), 1u);
}

}  // namespace
}  // namespace sloop::http
