// SPDX-License-Identifier: Apache-2.0
//
// Images, speech, transcription, token counts, moderation and kept prompts: recorded answers, the requests against
// recorded ones, and calls to a server on this machine.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "image_wires.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/http/curl_transport.hpp"
#include "sloop/model/moderation.hpp"
#include "sloop/model/prompt_cache.hpp"
#include "sloop/model/token_count.hpp"
#include "sloop/serve/server.hpp"
#include "speech_wires.hpp"
#include "transcription_wires.hpp"

namespace sloop::services {
namespace {

std::filesystem::path conformance() {
  const char* shared = std::getenv("SLOOP_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : SLOOP_SOURCE_DIR "/../shared") / "conformance";
}

/// The recorded exchanges that are no chats and whose path ends like this.
std::vector<Json> recorded(std::string_view path_end) {
  std::vector<Json> rows;
  for (const auto* file : {"exchanges/other/rig.jsonl", "exchanges/other/chatlas.jsonl"}) {
    std::ifstream lines(conformance() / file);
    for (std::string line; std::getline(lines, line);) {
      auto row = parse_json(line);
      if (row && find_string(*row, "path").ends_with(path_end)) rows.push_back(std::move(*row));
    }
  }
  return rows;
}

int status_of(const Json& row) {
  return static_cast<int>(find(row, "status")->as_int64());
}
std::string body_of(const Json& row) {
  const auto base64 = find_string(row, "body_base64");
  return base64.empty() ? std::string(find_string(row, "body")) : decode_base64(base64).value();
}
Headers headers_of(const Json& row) {
  Headers out;
  for (const auto& [name, value] : find(row, "response_headers")->get_object())
    if (value.is_string()) out.add(std::string(name), std::string(value.get_string()));
  return out;
}

/// An answer that means the failure it holds, or nothing when it is a good one.
template <class Reply>
bool is_good(const Json& row, const Result<Reply>& reply) {
  const auto id = find_string(row, "id");
  if (status_of(row) == 200) {
    EXPECT_TRUE(reply) << id << ": " << reply.error().message;
    return reply.has_value();
  }
  EXPECT_FALSE(reply) << id;
  if (reply) return false;
  EXPECT_EQ(reply.error().status, status_of(row));
  EXPECT_EQ(reply.error().message, find_string(*find(parse_json(body_of(row)).value(), "error"), "message"));
  return false;
}

TEST(Services, recorded_images_are_understood) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  const auto rows = recorded("/images/generations");
  EXPECT_EQ(rows.size(), 9u);
  for (const Json& row : rows) {
    const auto reply = decode_images(status_of(row), headers_of(row), body_of(row));
    if (!is_good(row, reply)) continue;
    ASSERT_EQ(reply->images.size(), 1u);
    EXPECT_EQ(reply->images.front().bytes, "hello");
    EXPECT_TRUE(reply->images.front().media_type.starts_with("image/"));
    if (find_string(row, "vendor") == "xai") {
      EXPECT_DOUBLE_EQ(reply->cost.value(), 0.07);
    } else {
      EXPECT_EQ(reply->usage.output, 272);
    }
  }
}

TEST(Services, the_requests_for_images_are_those_that_were_recorded) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  for (const Json& row : recorded("/images/generations")) {
    const Json& sent = *find(row, "request");
    if (status_of(row) != 200) continue;
    const bool is_xai = find_string(row, "vendor") == "xai";
    ImageRequest request{.prompt = std::string(find_string(sent, "prompt")),
                         .size = std::string(find_string(sent, is_xai ? "aspect_ratio" : "size")),
                         .quality = std::string(find_string(sent, is_xai ? "resolution" : "quality")),
                         .format = std::string(find_string(sent, "output_format"))};
    if (const Json* background = find(sent, "background")) request.extra = JsonObject{{"background", *background}};
    const auto out = image_wire(*find_provider(is_xai ? "xai" : "openai"))(request, find_string(sent, "model"));
    EXPECT_EQ(parse_json(out.body).value(), sent) << find_string(row, "id");
    EXPECT_TRUE(find_string(row, "path").ends_with(out.path));
  }
}

TEST(Services, every_form_of_image_is_understood) {
  for (
      const std::string_view body :
      {R"({"images":["aGVsbG8="]})", R"({"images":[{"image":"aGVsbG8="}]})",
       R"({"predictions":[{"bytesBase64Encoded":"aGVsbG8=","mimeType":"image/png"}]})",
       R"({"candidates":[{"content":{"parts":[{"text":"Here"},{"inlineData":{"mimeType":"image/png","data":"aGVsbG8="}}]}}]})",
       R"({"choices":[{"message":{"images":[{"image_url":{"url":"data:image/png;base64,aGVsbG8="}}]}}]})"}) {
    const auto reply = decode_images(200, {}, body);
    ASSERT_TRUE(reply) << body << reply.error().message;
    EXPECT_EQ(reply->images.front().bytes, "hello") << body;
    EXPECT_EQ(reply->images.front().media_type, "image/png") << body;
  }
  EXPECT_EQ(decode_images(200, {{"content-type", "image/webp"}}, "bytes")->images.front().media_type, "image/webp");
  EXPECT_EQ(decode_images(200, {}, R"({"data":[{"url":"https://x/y.png"}]})")->images.front().url, "https://x/y.png");
  EXPECT_EQ(decode_images(200, {}, R"({"data":[]})").error().kind, ErrorKind::bad_reply);
}

TEST(Services, each_provider_is_asked_for_images_in_its_own_words) {
  const ImageRequest request{.prompt = "a sloop", .size = "1280x720", .seed = 7};
  const auto body = [&](std::string_view provider, std::string_view model) {
    return image_wire(*find_provider(provider))(request, model).body;
  };
  EXPECT_EQ(body("venice", "m"),
            R"({"model":"m","prompt":"a sloop","return_binary":false,"width":1280,"height":720,"seed":7})");
  EXPECT_EQ(body("hyperbolic", "m"), R"({"model_name":"m","prompt":"a sloop","width":1280,"height":720,"seed":7})");
  EXPECT_EQ(body("huggingface", "m"), R"({"inputs":"a sloop","parameters":{"width":1280,"height":720,"seed":7}})");
  EXPECT_EQ(body("gemini", "imagen-4"),
            R"({"instances":[{"prompt":"a sloop"}],"parameters":{"sampleCount":1,"aspectRatio":"16:9","seed":7}})");
  EXPECT_EQ(
      body("bedrock", "amazon.nova-canvas-v1:0"),
      R"({"taskType":"TEXT_IMAGE","textToImageParams":{"text":"a sloop"},"imageGenerationConfig":{"numberOfImages":1,"width":1280,"height":720,"seed":7}})");
  EXPECT_EQ(image_wire(*find_provider("openai"))(request, "m").warnings,
            std::vector<std::string>{"seed is not sent: this provider does not have it"});
}

TEST(Services, recorded_speech_is_understood_and_asked_for_as_recorded) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  const auto rows = recorded("/audio/speech");
  EXPECT_EQ(rows.size(), 4u);
  for (const Json& row : rows) {
    const auto reply = decode_speech(status_of(row), headers_of(row), body_of(row));
    if (!is_good(row, reply)) continue;
    EXPECT_EQ(reply->bytes, body_of(row));
    EXPECT_EQ(reply->media_type, headers_of(row).get("content-type"));
    const Json& sent = *find(row, "request");
    const SpeechRequest request{.text = std::string(find_string(sent, "input")),
                                .voice = std::string(find_string(sent, "voice")),
                                .format = std::string(find_string(sent, "response_format")),
                                .speed = 1.0};
    const auto* provider = find_provider(find_string(row, "vendor"));
    ASSERT_NE(provider, nullptr);
    Json expected = sent;
    expected.as_object()["speed"] = 1;  // It is written without a fraction.
    EXPECT_EQ(parse_json(speech_wire(*provider)(request, find_string(sent, "model")).body).value(), expected);
  }
}

TEST(Services, speech_in_json_is_understood) {
  EXPECT_EQ(decode_speech(200, {{"content-type", "application/json"}}, R"({"audio_data":"aGVsbG8="})")->bytes, "hello");
  EXPECT_EQ(decode_speech(200, {{"content-type", "application/json"}}, R"({"audio":"aGVsbG8="})")->bytes, "hello");
  const auto gemini = decode_speech(
      200, {{"content-type", "application/json"}},
      R"({"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16;rate=24000","data":"aGVsbG8="}}]}}]})");
  EXPECT_EQ(gemini->bytes, "hello");
  EXPECT_EQ(gemini->media_type, "audio/L16;rate=24000");
  EXPECT_EQ(decode_speech(200, {{"content-type", "application/json"}}, "{}").error().kind, ErrorKind::bad_reply);
  EXPECT_EQ(decode_speech(200, {{"content-type", "audio/mpeg"}}, "").error().kind, ErrorKind::bad_reply);
}

TEST(Services, recorded_transcriptions_are_understood) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  const auto rows = recorded("/audio/transcriptions");
  EXPECT_EQ(rows.size(), 5u);
  for (const Json& row : rows) {
    const auto reply = decode_transcription(status_of(row), headers_of(row), body_of(row));
    if (!is_good(row, reply)) continue;
    EXPECT_EQ(reply->text, "The sun was setting slowly, casting long shadows across the empty field.");
    const auto id = find_string(row, "id");
    if (id.contains("token_usage")) {
      EXPECT_EQ(reply->usage.output, 16) << id;
    }
    if (id.contains("duration_usage") || id.contains("openrouter")) {
      EXPECT_GT(reply->duration.value(), 5) << id;
    }
    if (id.contains("openrouter")) {
      EXPECT_DOUBLE_EQ(reply->cost.value(), 0.0006);
    }
    if (id.contains("verbose")) {
      ASSERT_FALSE(reply->segments.empty());
      EXPECT_NEAR(reply->segments.front().end, 4.8, 0.001);
    }
  }
}

TEST(Services, a_transcription_is_asked_for_in_parts) {
  const TranscriptionRequest request{.bytes = "RIFF--sloop-part-0--", .language = "en", .segments = true};
  const auto out = transcription_wire(*find_provider("openai"))(request, "whisper-1");
  EXPECT_EQ(out.content_type, "multipart/form-data; boundary=sloop-part-1") << "the first occurs in the recording";
  EXPECT_EQ(out.body,
            "--sloop-part-1\r\ncontent-disposition: form-data; name=\"file\"; filename=\"audio.wav\"\r\n"
            "content-type: audio/wav\r\n\r\nRIFF--sloop-part-0--\r\n"
            "--sloop-part-1\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
            "--sloop-part-1\r\ncontent-disposition: form-data; name=\"language\"\r\n\r\nen\r\n"
            "--sloop-part-1\r\ncontent-disposition: form-data; name=\"response_format\"\r\n\r\nverbose_json\r\n"
            "--sloop-part-1\r\ncontent-disposition: form-data; name=\"timestamp_granularities[]\"\r\n\r\nsegment\r\n"
            "--sloop-part-1--\r\n");
  EXPECT_EQ(decode_transcription(200, {{"content-type", "text/plain"}}, " Hello.")->text, " Hello.");
}

/// Answers what it is told to, and remembers what it was asked.
class Canned {
 public:
  explicit Canned(std::vector<std::string> answers) : answers_(std::move(answers)) {
    server_ = serve::Server::start({}, [this](const serve::Request& request, serve::Exchange& exchange) {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
                exchange.respond(200, {{"content-type", "application/json"}},
                                 answers_[(requests_.size() - 1) % answers_.size()]);
              }).value();
  }
  [[nodiscard]] ModelOptions access() const {
    return {.api_key = "k", .base_url = server_->url(), .transport = http::make_curl_transport({.proxies = false})};
  }
  [[nodiscard]] serve::Request request(std::size_t turn = 0) {
    const std::lock_guard lock(mutex_);
    return requests_.at(turn);
  }

 private:
  std::vector<std::string> answers_;
  std::mutex mutex_;
  std::vector<serve::Request> requests_;
  std::unique_ptr<serve::Server> server_;
};

TEST(Services, tokens_are_counted_as_recorded) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  int seen = 0;
  for (const auto& [path, provider] : {std::pair("/responses/input_tokens", "openai/"),
                                       std::pair("/count_tokens", "anthropic/"), std::pair(":countTokens", "gemini/")})
    for (const Json& row : recorded(path)) {
      ++seen;
      Canned server({body_of(row)});
      const auto model = provider + std::string("m");
      const auto tokens = count_tokens(model, {.messages = {Message::user("What is 1 + 1?")}}, server.access());
      ASSERT_TRUE(tokens) << tokens.error().message;
      EXPECT_GT(*tokens, 8);
      EXPECT_TRUE(server.request().path().ends_with(path)) << server.request().target;
    }
  EXPECT_EQ(seen, 7);
}

TEST(Services, what_is_counted_is_what_would_be_sent_without_its_settings) {
  const ModelRequest request{.messages = {Message::system("Be brief."), Message::user("Hi")},
                             .tools = {{.name = "f", .schema = JsonObject{{"type", "object"}}}},
                             .sampling = {.temperature = 0.5, .max_tokens = 9}};
  Canned anthropic({R"({"input_tokens":7})"});
  EXPECT_EQ(count_tokens("anthropic/claude-haiku-4-5", request, anthropic.access()).value(), 7);
  const auto body = parse_json(anthropic.request().body).value();
  EXPECT_EQ(find(body, "max_tokens"), nullptr);
  EXPECT_EQ(find(body, "temperature"), nullptr);
  EXPECT_NE(find(body, "system"), nullptr);
  EXPECT_NE(find(body, "tools"), nullptr);
  Canned gemini({R"({"totalTokens":8})"});
  EXPECT_EQ(count_tokens("gemini/g", request, gemini.access()).value(), 8);
  EXPECT_EQ(find_string(*find(parse_json(gemini.request().body).value(), "generateContentRequest"), "model"),
            "models/g");
  Canned bedrock({R"({"inputTokens":9})"});
  EXPECT_EQ(count_tokens("bedrock/b", request, bedrock.access()).value(), 9);
  EXPECT_EQ(bedrock.request().target, "/model/b/count-tokens");
  EXPECT_EQ(count_tokens("groq/g", request, gemini.access()).error().kind, ErrorKind::unsupported);
}

TEST(Services, texts_are_judged_one_by_one) {
  Canned server({R"({"model":"m","results":[{"flagged":true,"categories":{"violence":true,"hate":false},)"
                 R"("category_scores":{"violence":0.9,"hate":0.1}},{"flagged":false,"categories":{}}]})"});
  const auto reply = moderate("openai/m", {"bad", "good"}, server.access());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_TRUE(reply->results[0].flagged);
  EXPECT_TRUE(reply->results[0].categories.at("violence"));
  EXPECT_DOUBLE_EQ(reply->results[0].scores.at("violence"), 0.9);
  EXPECT_FALSE(reply->results[1].flagged);
  EXPECT_EQ(server.request().body, R"({"model":"m","input":["bad","good"]})");
  EXPECT_EQ(moderate("openai/m", {"one"}, server.access()).error().kind, ErrorKind::bad_reply);
  EXPECT_EQ(moderate("anthropic/m", {"one"}, server.access()).error().kind, ErrorKind::unsupported);
  Canned mistral({R"({"id":"x","model":"m","results":[{"categories":{"pii":true},"category_scores":{"pii":1}}]})"});
  EXPECT_TRUE(moderate("mistral/m", {"x"}, mistral.access())->results[0].flagged);
  EXPECT_EQ(mistral.request().target, "/v1/moderations");
}

TEST(Services, kept_prompts_live_as_recorded) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  std::vector<std::string> pages;
  std::string created;
  for (const Json& row : recorded("/cachedContents")) {
    if (status_of(row) != 200) continue;
    (find_string(row, "method") == "GET" ? pages.emplace_back() : created) = body_of(row);
  }
  ASSERT_EQ(pages.size(), 3u);
  Canned listing(pages);
  const auto all = PromptCaches::open(listing.access())->list();
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(all->size(), 3u);
  EXPECT_EQ(all->front().display_name, "rig-page-2");
  EXPECT_EQ(listing.request(1).target, "/v1beta/cachedContents?pageSize=1000&pageToken=id_REDACTED_1");

  Canned server({created, created, "{}"});
  auto caches = PromptCaches::open(server.access()).value();
  const auto cache = caches.create({.model = "gemini-2.5-flash",
                                    .request = {.messages = {Message::system("Long."), Message::user("Text.")}},
                                    .time_to_live = std::chrono::seconds(600),
                                    .display_name = "name"});
  ASSERT_TRUE(cache) << cache.error().message;
  EXPECT_TRUE(cache->name.starts_with("cachedContents/"));
  EXPECT_GT(cache->tokens, 1000);
  EXPECT_EQ(
      server.request().body,
      R"({"model":"models/gemini-2.5-flash","ttl":"600s","displayName":"name",)"
      R"("contents":[{"role":"user","parts":[{"text":"Text."}]}],"systemInstruction":{"parts":[{"text":"Long."}]}})");
  EXPECT_TRUE(caches.extend(cache->name, std::chrono::seconds(60)));
  EXPECT_EQ(server.request(1).method, "PATCH");
  EXPECT_EQ(server.request(1).body, R"({"ttl":"60s"})");
  EXPECT_TRUE(caches.remove(cache->name));
  EXPECT_EQ(server.request(2).method, "DELETE");
  EXPECT_EQ(caches.get("files/x").error().kind, ErrorKind::invalid_input);
}

TEST(Services, a_refused_kept_prompt_says_why) {
  if (!std::filesystem::exists(conformance())) GTEST_SKIP() << "no recordings in " << conformance();
  for (const Json& row : recorded("/cachedContents")) {
    if (status_of(row) == 200) continue;
    const auto server = serve::Server::start({}, [&](const serve::Request&, serve::Exchange& exchange) {
                          exchange.respond(status_of(row), headers_of(row), body_of(row));
                        }).value();
    auto caches = PromptCaches::open(
        {.api_key = "k", .base_url = server->url(), .transport = http::make_curl_transport({.proxies = false})});
    const auto cache = caches->create({.model = "g", .request = {.messages = {Message::user("short")}}});
    EXPECT_EQ(cache.error().kind, ErrorKind::invalid_input);
    EXPECT_EQ(cache.error().message, "Cached content is too small. total_token_count=97, min_total_token_count=1024");
  }
}

TEST(Services, images_and_sound_go_over_sockets) {
  Canned images({R"({"data":[{"b64_json":"aGVsbG8="}]})"});
  const auto image = (*open_image_model("huggingface/org/name", images.access()))->generate({.prompt = "x"});
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(images.request().target, "/hf-inference/models/org/name");
  EXPECT_EQ(image->model, "org/name");
  EXPECT_EQ((*open_image_model("openai/m", images.access()))->generate({}).error().kind, ErrorKind::invalid_input);
  Canned text({R"({"text":"Hello."})"});
  const auto heard =
      (*open_transcription_model("huggingface/w", text.access()))->transcribe({.bytes = "RIFF", .segments = true});
  EXPECT_EQ(heard->text, "Hello.");
  EXPECT_EQ(heard->warnings, std::vector<std::string>{"segments is not sent: Hugging Face does not have it"});
  EXPECT_EQ(text.request().headers.get("content-type"), "audio/wav");
  EXPECT_EQ(text.request().body, "RIFF");
  EXPECT_EQ(open_image_model("anthropic/m", text.access()).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(open_speech_model("anthropic/m", text.access()).error().message, "anthropic does not speak");
  EXPECT_EQ(open_transcription_model("cohere/m", text.access()).error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace sloop::services
