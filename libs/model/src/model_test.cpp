// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/model.hpp"

#include <gtest/gtest.h>

#include "sloop/http/curl_transport.hpp"
#include "sloop/serve.hpp"

namespace sloop {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<serve::Server> start(serve::Handler handler) {
  return serve::Server::start({}, std::move(handler)).value();
}

std::shared_ptr<Model> open(const serve::Server& server) {
  return open_model("openai-chat/gpt-4o", {.api_key = "k",
                                           .base_url = server.url() + "/v1/",
                                           .retry = {.first_delay = 1ms},
                                           .transport = http::make_curl_transport({.proxies = false})})
      .value();
}

constexpr std::string_view kWhole =
    R"({"id":"x","model":"gpt-4o-2024","choices":[{"message":{"content":"Ha!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}})";

TEST(Model, a_call_sends_key_and_body_and_decodes_the_answer) {
  serve::Request seen;
  const auto server = start([&](const serve::Request& request, serve::Exchange& exchange) {
    seen = request;
    exchange.respond(200, {{"content-type", "application/json"}}, kWhole);
  });
  const auto reply = open(*server)->complete({.messages = {Message::user("Joke")}}, {});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->text(), "Ha!");
  EXPECT_EQ(reply->usage.output, 2);
  EXPECT_EQ(seen.target, "/v1/chat/completions");
  EXPECT_EQ(seen.headers.get("authorization"), "Bearer k");
  EXPECT_EQ(seen.body, R"({"model":"gpt-4o","messages":[{"role":"user","content":"Joke"}]})");
}

TEST(Model, a_stream_and_a_whole_answer_are_told_apart_by_their_bytes) {
  const std::string_view events =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Ha!\"},\"finish_reason\":\"stop\"}]}\n\n";
  for (const auto body : {kWhole, events}) {
    for (const auto* type : {"application/json", "text/event-stream", "text/plain"}) {
      const auto server = start([&](const serve::Request&, serve::Exchange& exchange) {
        exchange.begin(200, {{"content-type", type}});
        exchange.write(body.substr(0, 1));
        exchange.write(body.substr(1));
        exchange.end();
      });
      const auto model = open(*server);
      const ModelRequest request{.messages = {Message::user("Joke")}};
      const auto whole = model->complete(request, {});
      ASSERT_TRUE(whole) << type << whole.error().message;
      EXPECT_EQ(whole->text(), "Ha!");
      auto stream = model->stream(request, {});
      ASSERT_TRUE(stream) << type << stream.error().message;
      for (auto event = (*stream)->next(); event && *event;) event = (*stream)->next();
      EXPECT_EQ((*stream)->reply().text(), "Ha!") << type;
      EXPECT_EQ((*stream)->reply().finish, FinishReason::stop) << type;
    }
  }
}

TEST(Model, a_stream_gives_the_same_reply_as_its_events) {
  const auto server = start([](const serve::Request&, serve::Exchange& exchange) {
    exchange.begin(200, {{"content-type", "text/event-stream"}});
    exchange.write("data: {\"choices\":[{\"delta\":{\"content\":\"H\"}}]}\n\n");
    exchange.write(
        "data: {\"choices\":[{\"delta\":{\"content\":\"a!\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    exchange.end();
  });
  auto stream = open(*server)->stream({.messages = {Message::user("Joke")}}, {});
  ASSERT_TRUE(stream) << stream.error().message;
  std::string text;
  while (true) {
    const auto event = (*stream)->next();
    ASSERT_TRUE(event) << event.error().message;
    if (!*event) break;
    if (const auto* delta = (*event)->text_delta()) text += *delta;
  }
  EXPECT_EQ(text, "Ha!");
  EXPECT_EQ((*stream)->reply().text(), "Ha!");
  EXPECT_EQ((*stream)->reply().finish, FinishReason::stop);
}

TEST(Model, a_stream_cut_off_keeps_what_came) {
  const auto server = start([](const serve::Request&, serve::Exchange& exchange) {
    exchange.begin(200, {{"content-type", "text/event-stream"}});
    exchange.write("data: {\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\n");
    exchange.abort();
  });
  auto stream = open(*server)->stream({.messages = {Message::user("Joke")}}, {}).value();
  Result<std::optional<StreamEvent>> event;
  do event = stream->next();
  while (event && *event);
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().kind, ErrorKind::bad_reply);
  EXPECT_EQ(stream->reply().text(), "Half");
  EXPECT_FALSE(stream->next());
}

TEST(Model, a_server_that_does_not_stream_is_understood_and_errors_are_errors) {
  const auto server = start([](const serve::Request& request, serve::Exchange& exchange) {
    const bool good = request.headers.get_or("x", "").empty() && request.body.contains("Joke");
    exchange.respond(good ? 200 : 401, {{"content-type", "application/json"}},
                     good ? kWhole : R"({"error":{"message":"bad key"}})");
  });
  auto stream = open(*server)->stream({.messages = {Message::user("Joke")}}, {}).value();
  while (stream->next().value()) continue;
  EXPECT_EQ(stream->reply().text(), "Ha!");
  const auto refused = open(*server)->stream({.messages = {Message::user("No")}}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), (Error{.kind = ErrorKind::unauthenticated, .message = "bad key", .status = 401}));
}

TEST(Model, a_busy_provider_is_asked_again) {
  int calls = 0;
  const auto server = start([&](const serve::Request&, serve::Exchange& exchange) {
    if (++calls < 3) return exchange.respond(503, {}, "busy");
    exchange.respond(200, {}, kWhole);
  });
  EXPECT_TRUE(open(*server)->complete({.messages = {Message::user("Joke")}}, {}));
  EXPECT_EQ(calls, 3);
}

TEST(OpenModel, bad_names_and_missing_keys_say_what_to_do) {
  const auto message = [](std::string_view name, const ModelOptions& options = {.api_key = "k"}) {
    return open_model(name, options).error().message;
  };
  EXPECT_EQ(message("gpt-4o"),
            "the model 'gpt-4o' is not of the form provider/model; write for instance openai/gpt-4o");
  EXPECT_TRUE(message("nobody/gpt").starts_with("the provider of model 'nobody/gpt' is unknown; known are: openai, "));
  EXPECT_TRUE(message("openai/gpt-4o", {.api_key = "k", .base_url = "ftp://x"}).contains("OPENAI_BASE_URL"));
  for (const auto variable : {"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"})
    ::unsetenv(variable);
  ::setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
  ::setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", 1);
  EXPECT_EQ(message("bedrock/any"),
            "no address for bedrock: set AWS_REGION, AWS_ENDPOINT_URL_BEDROCK_RUNTIME or give a base URL");
  ::unsetenv("OPENAI_API_KEY");
  EXPECT_EQ(message("openai/gpt-4o", {}), "no API key for model 'openai/gpt-4o': set OPENAI_API_KEY");
}

}  // namespace
}  // namespace sloop
