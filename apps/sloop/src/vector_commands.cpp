// SPDX-License-Identifier: Apache-2.0
//
// `sloop embed` and `sloop rerank`: one call each, JSON in and out.
#include <algorithm>
#include <memory>

#include "model_access.hpp"
#include "sloop/command/exit_status.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/embedding.hpp"
#include "sloop/model/rerank.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

constexpr std::size_t kFirst = 4;

// ---- embed

struct EmbedOptions {
  ModelAccess access{.model = "openai/text-embedding-3-small"};
  std::vector<std::string> texts;
  std::int64_t dimensions = 0;
  EmbeddingPurpose purpose = EmbeddingPurpose::none;
  bool cost = false;
};

/// What standard input holds: the texts, and what is known about them.
struct EmbedInput {
  std::vector<std::string> texts;
  std::optional<std::int64_t> dimensions;
  std::optional<EmbeddingPurpose> purpose;
  std::optional<Json> extra;
};

Result<EmbeddingRequest> embed_request(const EmbedOptions& options, std::istream& in) {
  EmbeddingRequest request{.texts = options.texts, .purpose = options.purpose};
  if (options.texts.empty()) {
    auto text = read_argument("-", in);
    if (!text) return fail(text.error());
    auto input = read_json<EmbedInput>(*text, {.refuse_unknown = true});
    if (!input) return fail(input.error().within("standard input"));
    request = {.texts = std::move(input->texts),
               .dimensions = input->dimensions,
               .purpose = input->purpose.value_or(options.purpose),
               .extra = input->extra.value_or(nullptr)};
  }
  if (options.dimensions > 0) request.dimensions = options.dimensions;
  return request;
}

Result<EmbeddingReply> embed(const EmbedOptions& options, const EmbeddingRequest& request) {
  const EmbeddingOptions with{.access = options.access.options()};
  const auto dialect = options.access.named_dialect();
  if (!dialect) return fail(dialect.error());
  auto model = *dialect ? open_embedding_model(**dialect, options.access.model, with)
                        : open_embedding_model(options.access.model, with);
  if (!model) return fail(model.error());
  return (*model)->embed(request, options.access.limits());
}

int run_embed(const EmbedOptions& options, Invocation& invocation) {
  const auto request = embed_request(options, invocation.streams.in);
  const auto reply = request ? embed(options, *request) : Result<EmbeddingReply>(fail(request.error()));
  const EmbeddingReply none;
  const EmbeddingReply& got = reply ? *reply : none;
  const std::vector<double> empty;
  const auto& first = got.vectors.empty() ? empty : got.vectors.front();
  const auto some = std::min(kFirst, first.size());
  JsonObject out{{"vectors", got.vectors.size()},
                 {"dimensions", got.vectors.empty() ? Json() : Json(first.size())},
                 {"first", to_json(std::vector<double>(first.begin(), first.begin() + static_cast<long>(some)))},
                 {"embeddings", to_json(got.vectors)},
                 {"usage", JsonObject{{"input", to_json(got.input_tokens)}}},
                 {"provider_usage", got.provider_usage},
                 {"model", got.model},
                 {"warnings", to_json(got.warnings)}};
  if (options.cost) out["cost"] = cost_json(options.access, got.model, {.input = got.input_tokens}, got.provider_usage);
  return print_result(invocation, std::move(out), reply ? nullptr : &reply.error());
}

// ---- rerank

struct RerankOptions {
  ModelAccess access{.model = "cohere/rerank-v3.5"};
  std::string query;
  std::vector<std::string> documents;
  std::int64_t top = 0;
  bool cost = false;
};

struct RerankInput {
  std::string query;
  std::vector<std::string> documents;
  std::optional<std::int64_t> top_n;
};

Result<RerankRequest> rerank_request(const RerankOptions& options, std::istream& in) {
  RerankRequest request{.query = options.query, .documents = options.documents};
  if (options.query.empty()) {
    auto text = read_argument("-", in);
    if (!text) return fail(text.error());
    auto input = read_json<RerankInput>(*text, {.refuse_unknown = true});
    if (!input) return fail(input.error().within("standard input"));
    request = {.query = std::move(input->query), .documents = std::move(input->documents), .top_n = input->top_n};
  }
  if (options.top > 0) request.top_n = options.top;
  return request;
}

Result<RerankReply> rerank(const RerankOptions& options, const RerankRequest& request) {
  const auto dialect = options.access.named_dialect();
  if (!dialect) return fail(dialect.error());
  auto model = *dialect ? open_rerank_model(**dialect, options.access.model, options.access.options())
                        : open_rerank_model(options.access.model, options.access.options());
  if (!model) return fail(model.error());
  return (*model)->rerank(request, options.access.limits());
}

int run_rerank(const RerankOptions& options, Invocation& invocation) {
  const auto request = rerank_request(options, invocation.streams.in);
  const auto reply = request ? rerank(options, *request) : Result<RerankReply>(fail(request.error()));
  const RerankReply none;
  const RerankReply& got = reply ? *reply : none;
  JsonObject out{{"ranking", to_json(got.ranking)},
                 {"usage", JsonObject{{"input", to_json(got.input_tokens)}}},
                 {"provider_usage", got.provider_usage},
                 {"model", got.model}};
  if (options.cost) out["cost"] = cost_json(options.access, got.model, {.input = got.input_tokens}, got.provider_usage);
  return print_result(invocation, std::move(out), reply ? nullptr : &reply.error());
}

}  // namespace

void add_embed(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<EmbedOptions>();
  auto* command = app.add_subcommand("embed", "Texts to vectors: one JSON object out");
  command->add_option("TEXT", options->texts, "The texts; without any the request is read from standard input");
  options->access.add_to(*command);
  command->add_option("--dimensions", options->dimensions, "Numbers in a vector, where the model can be told")
      ->check(CLI::PositiveNumber);
  const std::map<std::string, EmbeddingPurpose> purposes{
      {"query", EmbeddingPurpose::query},           {"document", EmbeddingPurpose::document},
      {"clustering", EmbeddingPurpose::clustering}, {"classification", EmbeddingPurpose::classification},
      {"similarity", EmbeddingPurpose::similarity}, {"none", EmbeddingPurpose::none}};
  command->add_option("--purpose", options->purpose, "What the vectors are for")
      ->transform(CLI::CheckedTransformer(purposes, CLI::ignore_case));
  add_cost(*command, options->cost);
  command->footer(
      "The request: {\"texts\":[\"...\"],\"dimensions\":256,\"purpose\":\"query\"}\n"
      "The result: vectors (how many), dimensions, first (numbers of the first vector), embeddings (all of them),\n"
      "usage, provider_usage, model, warnings, error.\n\n"
      "Example:\n  sloop embed 'a text' 'another' --model openai/text-embedding-3-small");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_embed(*options, invocation); };
  });
}

void add_rerank(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<RerankOptions>();
  auto* command = app.add_subcommand("rerank", "Documents by how well they answer a query: one JSON object out");
  command->add_option("QUERY", options->query, "The query; without it the request is read from standard input");
  command->add_option("DOCUMENT", options->documents, "The documents");
  options->access.add_to(*command);
  command->add_option("--top", options->top, "How many documents are wanted")->check(CLI::PositiveNumber);
  add_cost(*command, options->cost);
  command->footer(
      "The request: {\"query\":\"...\",\"documents\":[\"...\"],\"top_n\":2}\n"
      "The result: ranking ([{\"index\",\"score\"}], the best first), usage, provider_usage, model, error.\n\n"
      "Example:\n  sloop rerank 'What is a panda?' 'hi' 'it is a bear' --model cohere/rerank-v3.5");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_rerank(*options, invocation); };
  });
}

}  // namespace sloop::command
