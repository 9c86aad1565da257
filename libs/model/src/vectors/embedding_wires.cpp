// SPDX-License-Identifier: Apache-2.0
#include "embedding_wires.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "dialects/answer.hpp"
#include "dialects/encoding.hpp"
#include "services/bodies.hpp"
#include "sloop/aws/signature.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/reflect.hpp"

namespace sloop::vectors {
namespace {

using dialects::array_at;
using dialects::number_at;
using services::gemini_name;

JsonArray texts_json(std::span<const std::string> texts) {
  return JsonArray(texts.begin(), texts.end());
}

JsonObject openai_body(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view model,
                       std::vector<std::string>& /*warnings*/) {
  JsonObject body{{"model", model}, {"input", texts_json(texts)}};
  if (request.dimensions) body["dimensions"] = *request.dimensions;
  return body;
}

JsonObject mistral_body(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view model,
                        std::vector<std::string>& /*warnings*/) {
  JsonObject body{{"model", model}, {"input", texts_json(texts)}};
  if (request.dimensions) body["output_dimension"] = *request.dimensions;
  return body;
}

std::string_view cohere_purpose(EmbeddingPurpose purpose) {
  switch (purpose) {
    case EmbeddingPurpose::query: return "search_query";
    case EmbeddingPurpose::classification: return "classification";
    case EmbeddingPurpose::clustering: return "clustering";
    case EmbeddingPurpose::none:
    case EmbeddingPurpose::document:
    case EmbeddingPurpose::similarity: break;
  }
  return "search_document";
}

/// The purpose is required there.
JsonObject cohere_body(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view model,
                       std::vector<std::string>& /*warnings*/) {
  JsonObject body{{"model", model},
                  {"texts", texts_json(texts)},
                  {"input_type", cohere_purpose(request.purpose)},
                  {"embedding_types", JsonArray{"float"}}};
  if (request.dimensions) body["output_dimension"] = *request.dimensions;
  return body;
}

std::string_view gemini_purpose(EmbeddingPurpose purpose) {
  constexpr std::string_view kNames[] = {"",           "RETRIEVAL_QUERY",    "RETRIEVAL_DOCUMENT", "CLASSIFICATION",
                                         "CLUSTERING", "SEMANTIC_SIMILARITY"};
  return kNames[static_cast<std::size_t>(purpose)];
}

JsonObject gemini_body(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view model,
                       std::vector<std::string>& /*warnings*/) {
  JsonArray requests;
  for (const auto& text : texts) {
    JsonObject one{{"model", gemini_name(model)},
                   {"content", JsonObject{{"parts", JsonArray{JsonObject{{"text", text}}}}}}};
    if (const auto purpose = gemini_purpose(request.purpose); !purpose.empty()) one["taskType"] = purpose;
    if (request.dimensions) one["outputDimensionality"] = *request.dimensions;
    requests.push_back(std::move(one));
  }
  return {{"requests", std::move(requests)}};
}

constexpr EmbeddingWire kOpenai{.path = [](std::string_view) { return std::string("/embeddings"); },
                                .encode = openai_body};
constexpr EmbeddingWire kMistral{
    .path = [](std::string_view) { return std::string("/v1/embeddings"); }, .encode = mistral_body, .max_texts = 128};
constexpr EmbeddingWire kOllama{
    .path = [](std::string_view) { return std::string("/api/embed"); }, .encode = openai_body, .max_texts = 512};
constexpr EmbeddingWire kCohere{
    .path = [](std::string_view) { return std::string("/v2/embed"); }, .encode = cohere_body, .max_texts = 96};
constexpr EmbeddingWire kGemini{
    .path = [](std::string_view model) { return "/v1beta/" + gemini_name(model) + ":batchEmbedContents"; },
    .encode = gemini_body,
    .max_texts = 100};

JsonObject vertex_body(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view /*model*/,
                       std::vector<std::string>& /*warnings*/) {
  JsonArray instances;
  for (const auto& text : texts) {
    JsonObject one{{"content", text}};
    if (const auto purpose = gemini_purpose(request.purpose); !purpose.empty()) one["task_type"] = purpose;
    instances.push_back(std::move(one));
  }
  JsonObject body{{"instances", std::move(instances)}};
  if (request.dimensions) body["parameters"] = JsonObject{{"outputDimensionality", *request.dimensions}};
  return body;
}

/// One text in a call.
JsonObject titan_body(const EmbeddingRequest& request, std::span<const std::string> texts, std::string_view /*model*/,
                      std::vector<std::string>& /*warnings*/) {
  JsonObject body{{"inputText", texts.front()}};
  if (request.dimensions) body["dimensions"] = *request.dimensions;
  return body;
}

JsonObject bedrock_cohere_body(const EmbeddingRequest& request, std::span<const std::string> texts,
                               std::string_view model, std::vector<std::string>& warnings) {
  auto body = cohere_body(request, texts, model, warnings);
  body.stable_erase(body.find("model"));
  return body;
}

std::string invoke_path(std::string_view model) {
  return "/model/" + aws::uri_encode(model) + "/invoke";
}

constexpr EmbeddingWire kVertex{
    .path = [](std::string_view model) { return "/v1beta/" + gemini_name(model) + ":predict"; },
    .encode = vertex_body,
    .max_texts = 250};
constexpr EmbeddingWire kTitan{.path = invoke_path, .encode = titan_body, .max_texts = 1};
constexpr EmbeddingWire kBedrockCohere{.path = invoke_path, .encode = bedrock_cohere_body, .max_texts = 96};

/// Providers that speak like OpenAI but have no embeddings.
bool is_without(std::string_view provider) {
  constexpr std::string_view kNames[] = {"groq",       "xai",      "deepseek", "perplexity", "moonshot",
                                         "hyperbolic", "cerebras", "zai",      "minimax",    "mira"};
  return std::ranges::find(kNames, provider) != std::end(kNames);
}

/// Four bytes a number, in the order of x86 and ARM.
Result<std::vector<double>> vector_in_base64(std::string_view text) {
  static_assert(std::endian::native == std::endian::little);
  const auto bytes = decode_base64(text);
  if (!bytes || bytes->size() % sizeof(float) != 0)
    return fail(ErrorKind::bad_reply, "an embedding of the provider's answer is no base64 of numbers");
  std::vector<double> out;
  for (std::size_t at = 0; at < bytes->size(); at += sizeof(float)) {
    float number = 0;
    std::memcpy(&number, bytes->data() + at, sizeof number);
    out.push_back(number);
  }
  return out;
}

Result<std::vector<double>> vector_in(const Json& value) {
  if (value.is_string()) return vector_in_base64(value.get_string());
  for (const auto key : {"embedding", "values", "embeddings"})
    if (const Json* inner = find(value, key)) return vector_in(*inner);
  if (!value.is_array()) return fail(ErrorKind::bad_reply, "an embedding of the provider's answer is no list");
  std::vector<double> out;
  out.reserve(value.get_array().size());
  for (const Json& number : value.get_array()) {
    if (!number.is_number())
      return fail(ErrorKind::bad_reply, "an embedding of the provider's answer holds something else than numbers");
    out.push_back(number.to_number<double>());
  }
  return out;
}

/// The list of vectors, wherever this vendor puts it.
const JsonArray& vectors_in(const Json& answer) {
  for (const auto key : {"data", "predictions", "embeddings"})
    if (const auto& list = array_at(answer, key); !list.empty()) return list;
  const Json* typed = find(answer, "embeddings");
  return typed == nullptr ? array_at(answer, "") : array_at(*typed, "float");
}

std::optional<std::int64_t> tokens_in(const Json& answer) {
  if (const auto tokens = number_at(answer, {{"usage", "prompt_tokens"},
                                             {"usage", "total_tokens"},
                                             {"meta", "billed_units", "input_tokens"},
                                             {"usageMetadata", "promptTokenCount"},
                                             {"prompt_eval_count"},
                                             {"inputTextTokenCount"}}))
    return tokens;
  std::optional<std::int64_t> sum;
  for (const Json& prediction : array_at(answer, "predictions"))
    if (const auto tokens = number_at(prediction, {{"embeddings", "statistics", "token_count"}}))
      sum = sum.value_or(0) + *tokens;
  return sum;
}

}  // namespace

const EmbeddingWire* embedding_wire(const Provider& provider, std::string_view model) {
  switch (provider.dialect) {
    case Dialect::openai_chat:
    case Dialect::openai_responses: return is_without(provider.name) ? nullptr : &kOpenai;
    case Dialect::mistral: return &kMistral;
    case Dialect::ollama: return &kOllama;
    case Dialect::cohere: return &kCohere;
    case Dialect::gemini: return provider.name == "vertex" ? &kVertex : &kGemini;
    case Dialect::bedrock_converse:
      if (model.contains("titan")) return &kTitan;
      return model.contains("cohere") ? &kBedrockCohere : nullptr;
    case Dialect::anthropic: break;
  }
  return nullptr;
}

Result<EmbeddingReply> decode_embeddings(int status, const Headers& headers, std::string_view body) {
  EmbeddingReply out;
  const auto answer = dialects::answer_json(status, headers, body, out.warnings);
  if (!answer) return fail(answer.error());
  const JsonArray& many = vectors_in(*answer);
  // Titan answers with one.
  const Json* one = find(*answer, "embedding");
  const JsonArray alone = one != nullptr && many.empty() ? JsonArray{*answer} : JsonArray();
  const JsonArray& list = alone.empty() ? many : alone;
  out.vectors.resize(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    // An index says which text it is of.
    const auto place = static_cast<std::size_t>(number_at(list[i], {{"index"}}).value_or(static_cast<std::int64_t>(i)));
    auto vector = vector_in(list[i]);
    if (!vector) return fail(vector.error());
    if (place >= out.vectors.size() || !out.vectors[place].empty())
      return fail(ErrorKind::bad_reply, "the indices of the provider's embeddings are not those of the texts");
    out.vectors[place] = std::move(*vector);
  }
  if (out.vectors.empty()) return fail(ErrorKind::bad_reply, "the provider's answer holds no embeddings");
  out.input_tokens = tokens_in(*answer);
  for (const auto key : {"usage", "meta", "usageMetadata"})
    if (const Json* usage = find(*answer, key); usage != nullptr && out.provider_usage.is_null())
      out.provider_usage = *usage;
  out.model = find_string(*answer, "model");
  return out;
}

}  // namespace sloop::vectors
