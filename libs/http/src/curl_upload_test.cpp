// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "sloop/core/base64.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/serve.hpp"
#include "sloop/testing/wire_tap.hpp"

namespace sloop::http {
namespace {

using namespace std::chrono_literals;

/// A server behind a tap that keeps what is sent to it.
struct Peer {
  explicit Peer(serve::Handler handler) : server(serve::Server::start({}, std::move(handler)).value()) {}

  [[nodiscard]] Request request(Headers headers = {}) const {
    return {.method = "POST", .url = "http://" + tap->address() + "/up", .headers = std::move(headers)};
  }

  [[nodiscard]] std::string sent(std::size_t connection) const {
    const auto all = tap->connections();
    return connection < all.size() ? all[connection].sent : "";
  }

  std::unique_ptr<serve::Server> server;
  std::unique_ptr<testing::WireTap> tap = testing::WireTap::start(server->port()).value();
  std::shared_ptr<Transport> transport = make_curl_upload_transport({.proxies = false});
};

template <class Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

TEST(Upload, every_write_is_a_chunk_and_trailers_follow_the_last) {
  serve::Request seen;
  Peer peer([&](const serve::Request& request, serve::Exchange& exchange) {
    seen = request;
    exchange.respond(202, {}, "taken");
  });
  auto upload = peer.transport->start_upload(peer.request({{"Trailer", "X-Type, X-Body"}}), {});
  ASSERT_TRUE(upload) << upload.error().message;
  ASSERT_TRUE((*upload)->write("one"));
  ASSERT_TRUE((*upload)->write(std::string_view("\0two", 4)));
  const auto response = (*upload)->finish({{"X-Type", "Function.Broken"}, {"X-Body", encode_base64("{\"a\":1}")}});
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 202);
  EXPECT_EQ(response->body, "taken");
  EXPECT_EQ(seen.body, std::string("one\0two", 7));
  const std::string sent = peer.sent(0);
  const std::size_t body = sent.find("\r\n\r\n");
  ASSERT_NE(body, std::string::npos) << sent;
  EXPECT_TRUE(sent.starts_with("POST /up HTTP/1.1\r\n")) << sent;
  EXPECT_TRUE(sent.substr(0, body).contains("\r\nTransfer-Encoding: chunked")) << sent;
  EXPECT_TRUE(sent.substr(0, body).contains("\r\nTrailer: X-Type, X-Body")) << sent;
  EXPECT_FALSE(sent.contains("Expect:")) << sent;
  using namespace std::string_literals;
  EXPECT_EQ(sent.substr(body + 4),
            "3\r\none\r\n4\r\n\0two\r\n0\r\nX-Type: Function.Broken\r\nX-Body: eyJhIjoxfQ==\r\n\r\n"s);
}

TEST(Upload, a_write_is_on_the_wire_when_it_returns) {
  Peer peer([](const serve::Request&, serve::Exchange& exchange) { exchange.respond(202, {}, ""); });
  auto upload = peer.transport->start_upload(peer.request(), {}).value();
  ASSERT_TRUE(upload->write("first"));
  // Nothing drives the transport here: the bytes must have left already.
  EXPECT_TRUE(eventually([&] { return peer.sent(0).ends_with("5\r\nfirst\r\n"); }));
  EXPECT_TRUE(upload->finish());
  EXPECT_TRUE(peer.sent(0).ends_with("5\r\nfirst\r\n0\r\n\r\n"));
}

TEST(Upload, the_connection_is_closed_after_the_answer) {
  Peer peer([](const serve::Request&, serve::Exchange& exchange) { exchange.respond(202, {}, ""); });
  ASSERT_TRUE(peer.transport->send(peer.request(), {}));
  auto upload = peer.transport->start_upload(peer.request(), {}).value();
  ASSERT_TRUE(upload->finish());
  EXPECT_TRUE(eventually([&] { return peer.tap->connections().at(1).closed_by_client; }));
  EXPECT_FALSE(peer.tap->connections().at(0).closed_by_client) << "other connections stay";
}

TEST(Upload, megabytes_arrive_whole_and_an_upload_without_writes_is_empty) {
  std::string body;
  Peer peer([&](const serve::Request& request, serve::Exchange& exchange) {
    body = request.body;
    exchange.respond(202, {}, "");
  });
  std::string sent;
  for (int i = 0; i < 1'000'000; ++i) sent += std::to_string(i);
  auto upload = peer.transport->start_upload(peer.request(), {}).value();
  ASSERT_TRUE(upload->write(sent));
  ASSERT_TRUE(upload->finish());
  EXPECT_EQ(body, sent);
  ASSERT_TRUE(peer.transport->start_upload(peer.request(), {}).value()->finish());
  EXPECT_EQ(body, "");
}

TEST(Upload, a_refusal_before_the_end_fails_the_next_write) {
  const auto server = serve::Server::start({.max_body = 1024}, [](const serve::Request&, serve::Exchange&) {}).value();
  auto upload = make_curl_upload_transport({.proxies = false})
                    ->start_upload({.method = "POST", .url = server->url()}, {.deadline = Deadline::after(5s)})
                    .value();
  const std::string piece(4096, 'x');
  Result<void> written;
  while (written) written = upload->write(piece);
  // The server closes with bytes unread, and that reset may overtake its answer.
  const ErrorKind kind = written.error().kind;
  EXPECT_TRUE(kind == ErrorKind::too_large || kind == ErrorKind::unavailable) << written.error().message;
  EXPECT_EQ(upload->finish().error().kind, kind) << "the error stays";
}

TEST(Upload, a_peer_that_goes_away_fails_the_write_and_the_stop_token_ends_one_that_waits) {
  Peer peer([](const serve::Request&, serve::Exchange& exchange) { exchange.respond(202, {}, ""); });
  auto upload = peer.transport->start_upload(peer.request(), {.deadline = Deadline::after(5s)}).value();
  ASSERT_TRUE(upload->write("first"));
  ASSERT_TRUE(eventually([&] { return peer.sent(0).contains("first"); }));
  peer.tap->cut();
  Result<void> written;
  while (written) written = upload->write("more");
  EXPECT_EQ(written.error().kind, ErrorKind::unavailable) << written.error().message;

  std::latch never(1);
  Peer silent([&](const serve::Request&, serve::Exchange&) { never.wait(); });
  std::stop_source stop;
  auto waiting = silent.transport->start_upload(silent.request(), {.stop = stop.get_token()}).value();
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_EQ(waiting->finish().error().kind, ErrorKind::cancelled);
  never.count_down();
}

TEST(Upload, the_ordinary_transport_says_that_it_has_none) {
  const auto refused = make_curl_transport()->start_upload({.url = "http://127.0.0.1/"}, {});
  EXPECT_EQ(refused.error().kind, ErrorKind::unsupported);
}

TEST(Upload, a_trailer_that_would_break_the_framing_is_refused) {
  Peer peer([](const serve::Request&, serve::Exchange& exchange) { exchange.respond(202, {}, ""); });
  auto upload = peer.transport->start_upload(peer.request(), {}).value();
  EXPECT_EQ(upload->finish({{"X-Bad", "a\r\nb"}}).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace sloop::http
