// SPDX-License-Identifier: Apache-2.0
#include "mock_services.hpp"

#include <algorithm>

#include "mock_wires.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"

namespace sloop::testing {
namespace {

/// A PNG of one pixel.
constexpr std::string_view kPixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/// A WAV of no sample.
constexpr std::string_view kSilence = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAwF0AAIC7AAACABAAZGF0YQAAAAA=";

constexpr std::size_t kDimensions = 8;

MockAnswer json(const JsonObject& body) {
  return {.body = write_json(body)};
}
MockAnswer bytes(std::string_view base64, std::string type) {
  return {.type = std::move(type), .body = decode_base64(base64).value()};
}

std::string_view text_in(const Json& value) {
  if (value.is_string()) return value.get_string();
  return find_string(value, "text");
}

/// The texts of a member that is one or a list of them.
std::vector<std::string> texts_in(const Json& body, std::string_view key) {
  const Json* value = find(body, key);
  if (value == nullptr) return {};
  if (!value->is_array()) return {std::string(text_in(*value))};
  std::vector<std::string> out;
  for (const Json& text : value->get_array()) out.emplace_back(text_in(text));
  return out;
}

/// Words of all texts inside, whatever the format.
std::int64_t words_in(const Json& value) {
  if (value.is_string()) return static_cast<std::int64_t>(words_of(value.get_string()).size());
  std::int64_t words = 0;
  if (value.is_array())
    for (const Json& item : value.get_array()) words += words_in(item);
  if (value.is_object())
    for (const auto& [key, member] : value.get_object())
      if (key != "model" && key != "role" && key != "type") words += words_in(member);
  return words;
}

/// Numbers from -1 to 1 that the text gives.
JsonArray embedding_of(std::string_view text, std::size_t dimensions) {
  std::uint64_t state = 14695981039346656037U;
  for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * 1099511628211U;
  JsonArray out;
  for (std::size_t i = 0; i < dimensions; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    out.emplace_back(static_cast<double>(state >> 40U) / (1U << 23U) - 1);
  }
  return out;
}

JsonArray embeddings_of(const std::vector<std::string>& texts, std::size_t dimensions) {
  JsonArray out;
  for (const auto& text : texts) out.push_back(embedding_of(text, dimensions));
  return out;
}

std::size_t dimensions_in(const Json& body) {
  for (const auto key : {"dimensions", "output_dimension"})
    if (const Json* value = find(body, key); value != nullptr && value->is_int64())
      return static_cast<std::size_t>(std::clamp<std::int64_t>(value->get_int64(), 1, 4096));
  return kDimensions;
}

// ---- embeddings, rankings

MockAnswer openai_embeddings(const Json& body, std::string_view /*reply*/) {
  const auto texts = texts_in(body, "input");
  JsonArray data;
  for (const auto& text : texts)
    data.push_back(JsonObject{
        {"object", "embedding"}, {"index", data.size()}, {"embedding", embedding_of(text, dimensions_in(body))}});
  const auto words = words_in(*find(body, "input"));
  return json({{"object", "list"},
               {"data", std::move(data)},
               {"model", find_string(body, "model")},
               {"usage", JsonObject{{"prompt_tokens", words}, {"total_tokens", words}}}});
}

MockAnswer cohere_embeddings(const Json& body, std::string_view /*reply*/) {
  return json({{"id", "embed-mock"},
               {"embeddings", JsonObject{{"float", embeddings_of(texts_in(body, "texts"), dimensions_in(body))}}},
               {"meta", JsonObject{{"billed_units", JsonObject{{"input_tokens", words_in(*find(body, "texts"))}}}}}});
}

MockAnswer ollama_embeddings(const Json& body, std::string_view /*reply*/) {
  return json({{"model", find_string(body, "model")},
               {"embeddings", embeddings_of(texts_in(body, "input"), dimensions_in(body))},
               {"prompt_eval_count", words_in(*find(body, "input"))}});
}

MockAnswer gemini_embeddings(const Json& body, std::string_view /*reply*/) {
  JsonArray out;
  for (const Json& one : find(body, "requests")->as_array())
    out.push_back(JsonObject{{"values", embedding_of(write_json(*find(one, "content")), kDimensions)}});
  return json({{"embeddings", std::move(out)}});
}

/// The more words of the query a document has, the better.
MockAnswer ranking(const Json& body, std::string_view /*reply*/) {
  const auto query = find_string(body, "query");
  JsonArray results;
  for (const auto& document : texts_in(body, "documents")) {
    const auto words = words_of(query);
    const auto hits =
        std::ranges::count_if(words, [&](std::string_view word) { return std::string_view(document).contains(word); });
    results.push_back(JsonObject{
        {"index", results.size()},
        {"relevance_score", words.empty() ? 0.0 : static_cast<double>(hits) / static_cast<double>(words.size())}});
  }
  return json({{"id", "rerank-mock"}, {"results", std::move(results)}});
}

// ---- images, sound

MockAnswer openai_image(const Json& body, std::string_view /*reply*/) {
  const auto words = words_in(*find(body, "prompt"));
  return json({{"created", 0},
               {"data", JsonArray{JsonObject{{"b64_json", kPixel}}}},
               {"output_format", "png"},
               {"usage", JsonObject{{"input_tokens", words}, {"output_tokens", 272}, {"total_tokens", words + 272}}}});
}
MockAnswer listed_image(const Json& /*body*/, std::string_view /*reply*/) {
  return json({{"images", JsonArray{kPixel}}});
}
MockAnswer hyperbolic_image(const Json& /*body*/, std::string_view /*reply*/) {
  return json({{"images", JsonArray{JsonObject{{"index", 0}, {"image", kPixel}}}}});
}
MockAnswer imagen(const Json& /*body*/, std::string_view /*reply*/) {
  return json({{"predictions", JsonArray{JsonObject{{"mimeType", "image/png"}, {"bytesBase64Encoded", kPixel}}}}});
}
MockAnswer speech(const Json& /*body*/, std::string_view /*reply*/) {
  return bytes(kSilence, "audio/wav");
}
MockAnswer speech_in_json(const Json& /*body*/, std::string_view /*reply*/) {
  return json({{"audio", kSilence}});
}
MockAnswer transcription(const Json& /*body*/, std::string_view reply) {
  return json({{"text", reply}, {"usage", JsonObject{{"type", "duration"}, {"seconds", 6}}}});
}

// ---- texts

MockAnswer tokens(std::string_view key, const Json& body) {
  return json({{key, words_in(body)}});
}
MockAnswer openai_tokens(const Json& body, std::string_view /*reply*/) {
  return tokens("input_tokens", body);
}
MockAnswer gemini_tokens(const Json& body, std::string_view /*reply*/) {
  return tokens("totalTokens", body);
}
MockAnswer bedrock_tokens(const Json& body, std::string_view /*reply*/) {
  return tokens("inputTokens", body);
}

MockAnswer moderation(const Json& body, std::string_view /*reply*/) {
  JsonArray results;
  for (const auto& text : texts_in(body, "input")) {
    const bool bad = text.contains("bad");
    results.push_back(JsonObject{{"flagged", bad},
                                 {"categories", JsonObject{{"violence", bad}}},
                                 {"category_scores", JsonObject{{"violence", bad ? 0.9 : 0.1}}}});
  }
  return json({{"id", "modr-mock"}, {"model", find_string(body, "model")}, {"results", std::move(results)}});
}

struct Service {
  std::string_view path_end;
  MockAnswer (*answer)(const Json& body, std::string_view reply);
  /// The member that has to be there; empty: the body need not be JSON.
  std::string_view member;
};
constexpr Service kServices[] = {{"/api/embed", ollama_embeddings, "input"},
                                 {"/embed", cohere_embeddings, "texts"},
                                 {":batchEmbedContents", gemini_embeddings, "requests"},
                                 {"/embeddings", openai_embeddings, "input"},
                                 {"/rerank", ranking, "query"},
                                 {"/images/generations", openai_image, "prompt"},
                                 {"/image/generate", listed_image, "prompt"},
                                 {"/image/generation", hyperbolic_image, "prompt"},
                                 {"/invoke", listed_image, "taskType"},
                                 {":predict", imagen, "instances"},
                                 {"/audio/speech", speech, "input"},
                                 {"/tts", speech, "text"},
                                 {"/audio/generation", speech_in_json, "text"},
                                 {"/audio/transcriptions", transcription, ""},
                                 {"/responses/input_tokens", openai_tokens, "input"},
                                 {"/messages/count_tokens", openai_tokens, "messages"},
                                 {":countTokens", gemini_tokens, ""},
                                 {"/count-tokens", bedrock_tokens, "input"},
                                 {"/moderations", moderation, "input"}};

MockAnswer refusal(std::string_view message) {
  return {.status = 400,
          .body = write_json(JsonObject{
              {"error", JsonObject{{"message", message}, {"type", "invalid_request_error"}, {"code", nullptr}}}})};
}

}  // namespace

std::optional<MockAnswer> mock_service(const serve::Request& request, std::string_view reply) {
  const auto path = request.path();
  if (request.method == "GET" && path.ends_with("/models"))
    return json({{"object", "list"}, {"data", JsonArray{JsonObject{{"id", "mock"}, {"object", "model"}}}}});
  const auto* service =
      std::ranges::find_if(kServices, [&](const Service& one) { return path.ends_with(one.path_end); });
  if (service == std::end(kServices) || request.method != "POST") return std::nullopt;
  const auto body = parse_json(request.body);
  if (service->member.empty()) return service->answer(body ? *body : Json(JsonObject()), reply);
  if (!body) return refusal("We could not parse the JSON body of your request.");
  if (find(*body, service->member) == nullptr)
    return refusal("Missing required parameter: '" + std::string(service->member) + "'.");
  return service->answer(*body, reply);
}

}  // namespace sloop::testing
