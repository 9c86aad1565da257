// SPDX-License-Identifier: Apache-2.0
//
// The limits of streams, and what a server sees of a call that ends early, over real sockets.
#include "sloop/model/timeouts.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "sloop/http/curl_transport.hpp"
#include "sloop/model/model.hpp"
#include "sloop/serve.hpp"

namespace sloop {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHello = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n";
constexpr std::string_view kEnd = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// Begins a stream, tells `first`, then pings until the client has gone, which it reports.
class PingingServer {
 public:
  explicit PingingServer(std::string_view first) {
    server_ = serve::Server::start({}, [this, first](const serve::Request&, serve::Exchange& exchange) {
                exchange.begin(200, {{"content-type", "text/event-stream"}});
                if (!first.empty()) exchange.write(first);
                // An event without content as well as a comment.
                while (exchange.write(": ping\n\ndata: {\"choices\":[]}\n\n")) continue;
                gone_.set_value();
              }).value();
  }

  [[nodiscard]] std::shared_ptr<Model> open(const Timeouts& timeouts) const {
    return open_model("openai-chat/m", {.api_key = "k",
                                        .base_url = server_->url() + "/v1",
                                        .retry = {.max_attempts = 1},
                                        .timeouts = timeouts,
                                        .transport = http::make_curl_transport({.proxies = false})})
        .value();
  }
  /// Whether the server saw the connection being closed.
  [[nodiscard]] bool saw_the_end() { return gone_.get_future().wait_for(30s) == std::future_status::ready; }

 private:
  std::promise<void> gone_;
  std::unique_ptr<serve::Server> server_;
};

struct Told {
  std::string text;
  Error error;
};

Told read(ReplyStream& stream) {
  Told told;
  while (true) {
    const auto event = stream.next();
    if (!event) return told.error = event.error(), told;
    if (!*event) return told;
    if (const auto* delta = (*event)->text_delta()) told.text += *delta;
  }
}

TEST(Timeouts, pings_do_not_count_as_first_content) {
  PingingServer server("");
  const auto stream = server.open({.first_content = 100ms})->stream({.messages = {Message::user("Hi")}}, {});
  ASSERT_TRUE(stream) << stream.error().message;
  const auto told = read(**stream);
  EXPECT_EQ(told.error.kind, ErrorKind::timed_out);
  EXPECT_TRUE(told.error.message.ends_with("no content came in time (timeouts.first_content)")) << told.error.message;
}

TEST(Timeouts, pings_do_not_count_between_chunks_and_what_came_is_kept) {
  PingingServer server(kHello);
  const auto stream =
      server.open({.first_content = 30s, .between_chunks = 100ms})->stream({.messages = {Message::user("Hi")}}, {});
  ASSERT_TRUE(stream) << stream.error().message;
  const auto told = read(**stream);
  EXPECT_EQ(told.text, "Hello");
  EXPECT_EQ((*stream)->reply().text(), "Hello");
  EXPECT_EQ(told.error.kind, ErrorKind::timed_out);
  EXPECT_TRUE(told.error.message.ends_with("(timeouts.between_chunks)")) << told.error.message;
}

TEST(Timeouts, an_answer_without_a_head_has_no_content_in_time_either) {
  const auto server = serve::Server::start({}, [](const serve::Request&, serve::Exchange& exchange) {
                        while (!exchange.client_gone()) std::this_thread::yield();
                        exchange.abort();
                      }).value();
  const auto model = open_model("openai-chat/m", {.api_key = "k",
                                                  .base_url = server->url(),
                                                  .timeouts = {.first_content = 50ms},
                                                  .transport = http::make_curl_transport({.proxies = false})});
  const auto stream = (*model)->stream({.messages = {Message::user("Hi")}}, {});
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, ErrorKind::timed_out);
}

TEST(Timeouts, the_time_that_the_caller_takes_is_no_wait) {
  std::promise<void> sent;
  std::promise<void> go_on;
  const auto server = serve::Server::start({}, [&](const serve::Request&, serve::Exchange& exchange) {
                        exchange.begin(200, {{"content-type", "text/event-stream"}});
                        exchange.write(kHello);
                        go_on.get_future().wait();
                        exchange.write(kEnd);
                        exchange.end();
                        sent.set_value();
                      }).value();
  const auto model = open_model("openai-chat/m", {.api_key = "k",
                                                  .base_url = server->url(),
                                                  .timeouts = {.between_chunks = 30s},
                                                  .transport = http::make_curl_transport({.proxies = false})});
  const auto stream = (*model)->stream({.messages = {Message::user("Hi")}}, {}).value();
  for (bool hello = false; !hello;) {
    const auto event = stream->next();
    ASSERT_TRUE(event) << event.error().message;
    hello = (*event)->text_delta() != nullptr;
  }
  go_on.set_value();
  ASSERT_EQ(sent.get_future().wait_for(30s), std::future_status::ready);
  EXPECT_EQ(read(*stream).error.message, "");
  EXPECT_EQ(stream->reply().finish, FinishReason::stop);
}

TEST(Cancellation, a_stop_token_closes_the_socket_of_a_stream) {
  PingingServer server(kHello);
  std::stop_source source;
  const auto stream = server.open({})->stream({.messages = {Message::user("Hi")}}, {.stop = source.get_token()});
  ASSERT_TRUE(stream) << stream.error().message;
  std::jthread canceller([&] { source.request_stop(); });
  EXPECT_EQ(read(**stream).error.kind, ErrorKind::cancelled);
  EXPECT_TRUE(server.saw_the_end());
}

TEST(Cancellation, a_stop_token_closes_the_socket_of_a_whole_call) {
  std::promise<void> asked;
  std::promise<void> gone;
  const auto server = serve::Server::start({}, [&](const serve::Request&, serve::Exchange& exchange) {
                        asked.set_value();
                        while (!exchange.client_gone()) std::this_thread::yield();
                        gone.set_value();
                        exchange.abort();
                      }).value();
  std::stop_source source;
  const auto model = open_model(
      "openai-chat/m",
      {.api_key = "k", .base_url = server->url(), .transport = http::make_curl_transport({.proxies = false})});
  std::jthread canceller([&] {
    asked.get_future().wait();
    source.request_stop();
  });
  const auto reply = (*model)->complete({.messages = {Message::user("Hi")}}, {.stop = source.get_token()});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().kind, ErrorKind::cancelled);
  EXPECT_EQ(gone.get_future().wait_for(30s), std::future_status::ready);
}

TEST(Cancellation, a_stream_that_is_dropped_closes_its_socket) {
  PingingServer server(kHello);
  {
    const auto stream = server.open({})->stream({.messages = {Message::user("Hi")}}, {});
    ASSERT_TRUE(stream) << stream.error().message;
  }
  EXPECT_TRUE(server.saw_the_end());
}

}  // namespace
}  // namespace sloop
