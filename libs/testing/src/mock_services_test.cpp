// SPDX-License-Identifier: Apache-2.0
//
// The mock provider's services, asked by the library's own clients of each provider's form.
#include <gtest/gtest.h>

#include "sloop/http/curl_transport.hpp"
#include "sloop/model/embedding.hpp"
#include "sloop/model/image.hpp"
#include "sloop/model/model_list.hpp"
#include "sloop/model/moderation.hpp"
#include "sloop/model/rerank.hpp"
#include "sloop/model/speech.hpp"
#include "sloop/model/token_count.hpp"
#include "sloop/model/transcription.hpp"
#include "sloop/testing/mock_provider.hpp"

namespace sloop::testing {
namespace {

using namespace std::chrono_literals;

class MockServices : public ::testing::Test {
 protected:
  [[nodiscard]] ModelOptions access() const {
    return {.api_key = "k",
            .base_url = mock_->base_url(),
            .retry = {.max_attempts = 3, .first_delay = 1ms},
            .transport = http::make_curl_transport({.proxies = false})};
  }
  std::unique_ptr<MockProvider> mock_ =
      MockProvider::start({.replies = {"Hello there."}, .faults = {Fault{.status = 429, .retry_after = 0}}}).value();
};

TEST_F(MockServices, images_come_in_the_form_of_each_provider) {
  for (const auto* name : {"openai/m", "azure/m", "xai/m", "together/m", "venice/m", "hyperbolic/m", "gemini/imagen-4",
                           "bedrock/amazon.nova-canvas-v1:0"}) {
    const auto reply = (*open_image_model(name, access()))->generate({.prompt = "a sloop"});
    ASSERT_TRUE(reply) << name << ": " << reply.error().message;
    EXPECT_TRUE(reply->images.front().bytes.starts_with("\x89PNG")) << name;
    EXPECT_EQ(reply->images.front().media_type, "image/png") << name;
  }
}

TEST_F(MockServices, speech_and_transcription_come_in_the_form_of_each_provider) {
  for (const auto* name : {"openai/m", "groq/m", "venice/m", "xai/m", "hyperbolic/m", "mistral/m"}) {
    const auto reply = (*open_speech_model(name, access()))->speak({.text = "Ahoy!"});
    ASSERT_TRUE(reply) << name << ": " << reply.error().message;
    EXPECT_TRUE(reply->bytes.starts_with("RIFF")) << name;
  }
  for (const auto* name : {"openai/m", "groq/m", "mistral/m", "openrouter/m"}) {
    const auto reply = (*open_transcription_model(name, access()))->transcribe({.bytes = "RIFF"});
    ASSERT_TRUE(reply) << name << ": " << reply.error().message;
    EXPECT_EQ(reply->text, "Hello there.") << name;
    EXPECT_EQ(reply->duration, 6) << name;
  }
}

TEST_F(MockServices, embeddings_keep_their_order_over_many_batches_and_a_limit) {
  for (const auto* name : {"openai/m", "cohere/m", "mistral/m", "ollama/m", "gemini/m"}) {
    const auto model = open_embedding_model(name, {.access = access(), .batch_texts = 3, .concurrency = 4}).value();
    EmbeddingRequest request;
    for (int i = 0; i < 20; ++i) request.texts.push_back("text " + std::to_string(i));
    const auto all = model->embed(request);
    ASSERT_TRUE(all) << name << ": " << all.error().message;
    ASSERT_EQ(all->vectors.size(), 20u);
    EXPECT_EQ(model->embed({.texts = {"text 17"}})->vectors.front(), all->vectors[17]) << name;
  }
  const auto ranked =
      (*open_rerank_model("cohere/m", access()))->rerank({.query = "bear", .documents = {"a", "a bear"}});
  EXPECT_EQ(ranked->ranking.front().index, 1);
}

TEST_F(MockServices, tokens_texts_and_models) {
  for (const auto* name : {"openai/m", "anthropic/m", "gemini/m", "bedrock/m"}) {
    const auto tokens = count_tokens(name, {.messages = {Message::user("one two three")}}, access());
    ASSERT_TRUE(tokens) << name << ": " << tokens.error().message;
    EXPECT_EQ(*tokens, 3) << name;
  }
  EXPECT_TRUE(moderate("mistral/m", {"good", "bad"}, access())->results[1].flagged);
  EXPECT_EQ(list_models(*find_provider("openai"), access()).value(), std::vector<std::string>{"mock"});
}

TEST_F(MockServices, without_a_key_nothing_is_served) {
  const auto reply =
      (*open_speech_model(Dialect::openai_chat, "m",
                          {.base_url = mock_->base_url(), .transport = http::make_curl_transport({.proxies = false})}))
          ->speak({.text = "Ahoy!"});
  EXPECT_EQ(reply.error().kind, ErrorKind::unauthenticated);
}

}  // namespace
}  // namespace sloop::testing
