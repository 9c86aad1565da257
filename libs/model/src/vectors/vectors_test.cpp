// SPDX-License-Identifier: Apache-2.0
//
// Embeddings and rankings: recorded answers, and calls to a server on this machine.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "embedding_wires.hpp"
#include "rerank_wires.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/serve/server.hpp"

namespace sloop::vectors {
namespace {

std::filesystem::path conformance() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") / "conformance";
}

std::vector<Json> recorded(std::string_view dialect) {
  std::vector<Json> rows;
  std::vector<std::filesystem::path> files{conformance() / "responses/vercel.jsonl"};
  for (const auto& file : std::filesystem::directory_iterator(conformance() / "exchanges" / dialect))
    files.push_back(file.path());
  for (const auto& file : files) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
      auto row = parse_json(line);
      if (row && find_string(*row, "dialect") == dialect) rows.push_back(std::move(*row));
    }
  }
  return rows;
}

int status_of(const Json& row) {
  return static_cast<int>(find(row, "status")->as_int64());
}

TEST(Vectors, recorded_embeddings_decode_to_what_they_mean) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  const auto rows = recorded("embeddings");
  EXPECT_EQ(rows.size(), 56u);
  for (const Json& row : rows) {
    const Json& expected = *find(row, "expected");
    const auto got = decode_embeddings(status_of(row), {}, find_string(row, "body"));
    if (const Json& error = *find(expected, "error"); !error.is_null()) {
      ASSERT_FALSE(got) << find_string(row, "id");
      EXPECT_EQ(got.error().message, find_string(error, "message"));
      continue;
    }
    ASSERT_TRUE(got) << find_string(row, "id") << got.error().message;
    EXPECT_EQ(got->vectors.size(), find(expected, "vectors")->to_number<std::size_t>());
    EXPECT_EQ(got->vectors.front().size(), find(expected, "dimensions")->to_number<std::size_t>());
    const std::vector<double> first(got->vectors.front().begin(), got->vectors.front().begin() + 4);
    EXPECT_EQ(to_json(first), *find(expected, "first")) << find_string(row, "id");
    EXPECT_EQ(to_json(got->input_tokens), *find(expected, {"usage", "input"})) << find_string(row, "id");
  }
}

TEST(Vectors, recorded_rankings_decode_to_what_they_mean) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  const auto rows = recorded("rerank");
  EXPECT_EQ(rows.size(), 8u);
  for (const Json& row : rows) {
    const Json& expected = *find(row, "expected");
    const auto got = decode_rerank(status_of(row), {}, find_string(row, "body"), 100);
    if (const Json& error = *find(expected, "error"); !error.is_null()) {
      ASSERT_FALSE(got) << find_string(row, "id");
      EXPECT_EQ(got.error().message, find_string(error, "message"));
      continue;
    }
    ASSERT_TRUE(got) << find_string(row, "id") << got.error().message;
    EXPECT_EQ(to_json(got->ranking), *find(expected, "ranking")) << find_string(row, "id");
  }
}

TEST(Vectors, base64_is_read_as_numbers_of_four_bytes) {
  const auto got = decode_embeddings(200, {}, R"({"data":[{"index":0,"embedding":"AACAPwAAAMA="}]})");
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->vectors.front(), (std::vector<double>{1, -2}));
}

TEST(Vectors, answers_that_fit_no_texts_are_refused) {
  for (const auto* body : {"{}", R"({"data":[]})", R"({"data":[{"index":7,"embedding":[1]}]})",
                           R"({"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]})",
                           R"({"data":[{"index":-1,"embedding":[1]}]})", R"({"data":[{"embedding":["x"]}]})"}) {
    const auto got = decode_embeddings(200, {}, body);
    ASSERT_FALSE(got) << body;
    EXPECT_EQ(got.error().kind, ErrorKind::bad_reply) << body;
  }
}

/// Embeds a text as its number, in answers whose entries are in the wrong order; refuses the second call once.
class NumberServer {
 public:
  NumberServer() {
    server_ = serve::Server::start({}, [this](const serve::Request& request, serve::Exchange& exchange) {
                answer(request, exchange);
              }).value();
  }
  [[nodiscard]] std::string url() const { return server_->url() + "/v1"; }
  [[nodiscard]] std::vector<std::size_t> sizes() {
    const std::scoped_lock lock(mutex_);
    return sizes_;
  }

 private:
  void answer(const serve::Request& request, serve::Exchange& exchange) {
    const auto body = parse_json(request.body).value();
    const auto& texts = find(body, "input")->as_array();
    {
      const std::scoped_lock lock(mutex_);
      if (calls_++ == 1) return exchange.respond(429, {{"retry-after", "0"}}, R"({"error":{"message":"slow down"}})");
      sizes_.push_back(texts.size());
    }
    JsonArray data;
    for (std::size_t i = texts.size(); i-- > 0;)
      data.push_back(JsonObject{{"index", i}, {"embedding", JsonArray{std::stod(std::string(texts[i].as_string()))}}});
    exchange.respond(
        200, {{"content-type", "application/json"}},
        write_json(JsonObject{
            {"data", std::move(data)}, {"model", "numbers"}, {"usage", JsonObject{{"prompt_tokens", texts.size()}}}}));
  }

  std::mutex mutex_;
  std::size_t calls_ = 0;
  std::vector<std::size_t> sizes_;
  std::unique_ptr<serve::Server> server_;
};

TEST(Vectors, many_texts_go_in_batches_and_come_back_in_order) {
  NumberServer server;
  EmbeddingRequest request;
  for (int i = 0; i < 25; ++i) request.texts.push_back(std::to_string(i));
  const auto model =
      open_embedding_model(Dialect::openai_chat, "numbers",
                           {.access = {.api_key = "k",
                                       .base_url = server.url(),
                                       .retry = {.max_attempts = 3, .first_delay = std::chrono::milliseconds(1)},
                                       .transport = http::make_curl_transport({.proxies = false})},
                            .batch_texts = 10,
                            .concurrency = 3})
          .value();
  const auto reply = model->embed(request);
  ASSERT_TRUE(reply) << reply.error().message;
  ASSERT_EQ(reply->vectors.size(), 25u);
  for (int i = 0; i < 25; ++i) EXPECT_EQ(reply->vectors[static_cast<std::size_t>(i)], std::vector<double>{double(i)});
  EXPECT_EQ(reply->input_tokens, 25);
  EXPECT_EQ(server.sizes().size(), 3u);
  EXPECT_EQ(model->embed({.texts = {"1", ""}}).error().message, "texts[1]: an empty text has no embedding");
}

TEST(Vectors, batches_are_limited_by_tokens_too) {
  NumberServer server;
  const auto model =
      open_embedding_model(Dialect::openai_chat, "numbers",
                           {.access = {.base_url = server.url(),
                                       .retry = {.max_attempts = 3, .first_delay = std::chrono::milliseconds(1)},
                                       .transport = http::make_curl_transport({.proxies = false})},
                            .batch_tokens = 5,
                            .concurrency = 1})
          .value();
  ASSERT_TRUE(model->embed({.texts = {"1", "2", "3.000000000000000000000000000000", "4"}}));
  EXPECT_EQ(server.sizes(), (std::vector<std::size_t>{2, 1, 1}));
}

TEST(Vectors, bedrock_and_vertex_are_asked_in_their_own_words) {
  std::vector<std::string> warnings;
  const std::vector<std::string> texts{"a"};
  const EmbeddingRequest request{.texts = texts, .dimensions = 256, .purpose = EmbeddingPurpose::query};
  const auto body = [&](std::string_view provider, std::string_view model) {
    return write_json(embedding_wire(*find_provider(provider), model)->encode(request, texts, model, warnings));
  };
  EXPECT_EQ(body("bedrock", "amazon.titan-embed-text-v2:0"), R"({"inputText":"a","dimensions":256})");
  EXPECT_EQ(body("bedrock", "cohere.embed-english-v3"),
            R"({"texts":["a"],"input_type":"search_query","embedding_types":["float"],"output_dimension":256})");
  EXPECT_EQ(
      body("vertex", "text-embedding-005"),
      R"({"instances":[{"content":"a","task_type":"RETRIEVAL_QUERY"}],"parameters":{"outputDimensionality":256}})");
  const auto titan = decode_embeddings(200, {}, R"({"embedding":[1,2],"inputTextTokenCount":3})");
  ASSERT_TRUE(titan) << titan.error().message;
  EXPECT_EQ(titan->vectors, (std::vector<std::vector<double>>{{1, 2}}));
  EXPECT_EQ(titan->input_tokens, 3);
  EXPECT_FALSE(has_embeddings(*find_provider("groq")));
  EXPECT_TRUE(has_embeddings(*find_provider("bedrock")));
}

TEST(Vectors, providers_without_are_refused_by_name) {
  EXPECT_EQ(open_embedding_model("anthropic/claude", {.access = {.api_key = "k"}}).error().kind,
            ErrorKind::unsupported);
  EXPECT_EQ(open_rerank_model("gemini/any", {.api_key = "k"}).error().message, "gemini does not rank documents");
}

}  // namespace
}  // namespace sloop::vectors
