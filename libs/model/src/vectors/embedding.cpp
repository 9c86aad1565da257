// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/embedding.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "embedding_wires.hpp"
#include "endpoint.hpp"

namespace sloop {
namespace {

using Batch = std::span<const std::string>;

/// Texts in their order, in calls of at most so many texts and tokens; a text that is longer alone is sent alone.
std::vector<Batch> batches_of(const std::vector<std::string>& texts, std::size_t max_texts, std::size_t max_tokens) {
  std::vector<Batch> out;
  std::size_t begin = 0;
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::size_t size = texts[i].size() / 4 + 1;
    if (i > begin && (i - begin == max_texts || tokens + size > max_tokens)) {
      out.emplace_back(texts.data() + begin, i - begin);
      begin = i;
      tokens = 0;
    }
    tokens += size;
  }
  if (begin < texts.size()) out.emplace_back(texts.data() + begin, texts.size() - begin);
  return out;
}

Result<void> check(const EmbeddingRequest& request) {
  if (request.texts.empty()) return fail(ErrorKind::invalid_input, "there are no texts to embed");
  for (std::size_t i = 0; i < request.texts.size(); ++i)
    if (request.texts[i].empty())
      return fail(ErrorKind::invalid_input, "texts[" + std::to_string(i) + "]: an empty text has no embedding");
  return {};
}

class HttpEmbeddingModel final : public EmbeddingModel {
 public:
  HttpEmbeddingModel(Endpoint endpoint, const vectors::EmbeddingWire& wire, std::string model,
                     const EmbeddingOptions& options)
      : endpoint_(std::move(endpoint)),
        wire_(wire),
        model_(std::move(model)),
        batch_texts_(options.batch_texts == 0 ? wire.max_texts : options.batch_texts),
        batch_tokens_(options.batch_tokens),
        concurrency_(std::max<std::size_t>(options.concurrency, 1)) {}

  Result<EmbeddingReply> embed(const EmbeddingRequest& request, const CallOptions& options) override {
    if (auto checked = check(request); !checked) return fail(checked.error());
    const CallOptions limits = endpoint_.limited(options);
    const auto batches = batches_of(request.texts, batch_texts_, batch_tokens_);
    std::vector<Result<EmbeddingReply>> replies(batches.size());
    run_all(batches.size(), [&](std::size_t i) {
      replies[i] = embed_batch(request, batches[i], limits);
      return replies[i].has_value();
    });
    return joined(std::move(replies));
  }

 private:
  /// Calls `work` for 0 to `count`, several at once; none is begun after one has failed.
  template <class Work>
  void run_all(std::size_t count, const Work& work) const {
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    const auto run = [&] {
      for (std::size_t i = next++; i < count && !failed; i = next++)
        if (!work(i)) failed = true;
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(concurrency_, count); ++i) threads.emplace_back(run);
    run();
  }

  Result<EmbeddingReply> embed_batch(const EmbeddingRequest& request, Batch texts, const CallOptions& options) const {
    std::vector<std::string> warnings;
    JsonObject body = wire_.encode(request, texts, model_, warnings);
    if (request.extra.is_object())
      for (const auto& member : request.extra.get_object()) body[member.key()] = member.value();
    const auto response = endpoint_.post(wire_.path(model_), body, options);
    if (!response) return fail(response.error());
    auto reply = vectors::decode_embeddings(response->status, response->headers, response->body);
    if (!reply) return fail(reply.error());
    if (reply->vectors.size() != texts.size())
      return fail(ErrorKind::bad_reply, "the provider gave " + std::to_string(reply->vectors.size()) +
                                            " embeddings for " + std::to_string(texts.size()) + " texts");
    std::ranges::move(warnings, std::back_inserter(reply->warnings));
    return reply;
  }

  static Result<EmbeddingReply> joined(std::vector<Result<EmbeddingReply>> replies) {
    EmbeddingReply out;
    for (auto& reply : replies)
      if (!reply) return fail(reply.error());
    for (auto& reply : replies) {
      std::ranges::move(reply->vectors, std::back_inserter(out.vectors));
      if (reply->input_tokens) out.input_tokens = out.input_tokens.value_or(0) + *reply->input_tokens;
      out.provider_usage = std::move(reply->provider_usage);
      out.model = std::move(reply->model);
      // Every batch has left out the same.
      out.warnings = std::move(reply->warnings);
    }
    return out;
  }

  Endpoint endpoint_;
  const vectors::EmbeddingWire& wire_;
  std::string model_;
  std::size_t batch_texts_;
  std::size_t batch_tokens_;
  std::size_t concurrency_;
};

Result<std::shared_ptr<EmbeddingModel>> open_at(const Provider& provider, std::string model,
                                                const EmbeddingOptions& options) {
  const auto* wire = vectors::embedding_wire(provider, model);
  if (wire == nullptr)
    return fail(ErrorKind::unsupported, std::string(provider.name) + " has no embeddings that can be asked for here");
  auto endpoint = Endpoint::open(provider, options.access, model);
  if (!endpoint) return fail(endpoint.error());
  return std::make_shared<HttpEmbeddingModel>(std::move(*endpoint), *wire, std::move(model), options);
}

}  // namespace

Result<std::shared_ptr<EmbeddingModel>> open_embedding_model(std::string_view name, const EmbeddingOptions& options) {
  auto named = named_model(name, options.access);
  if (!named) return fail(named.error());
  return open_at(named->provider, std::move(named->model), options);
}

Result<std::shared_ptr<EmbeddingModel>> open_embedding_model(Dialect dialect, std::string_view model,
                                                             const EmbeddingOptions& options) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return open_at(home_of(dialect), std::string(model), options);
}

bool has_embeddings(const Provider& provider) {
  return vectors::embedding_wire(provider, "titan") != nullptr;
}

}  // namespace sloop
