// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/rerank.hpp"

#include <algorithm>
#include <iterator>

#include "endpoint.hpp"
#include "rerank_wires.hpp"

namespace sloop {
namespace {

class HttpRerankModel final : public RerankModel {
 public:
  HttpRerankModel(Endpoint endpoint, std::string model) : endpoint_(std::move(endpoint)), model_(std::move(model)) {}

  Result<RerankReply> rerank(const RerankRequest& request, const CallOptions& options) override {
    if (request.query.empty()) return fail(ErrorKind::invalid_input, "query: is empty");
    if (request.documents.empty()) return fail(ErrorKind::invalid_input, "there are no documents to rank");
    const auto response = endpoint_.post(vectors::rerank_path(endpoint_.provider().dialect),
                                         vectors::encode_rerank(request, model_), options);
    if (!response) return fail(response.error());
    return vectors::decode_rerank(response->status, response->headers, response->body, request.documents.size());
  }

 private:
  Endpoint endpoint_;
  std::string model_;
};

Result<std::shared_ptr<RerankModel>> open_at(const Provider& provider, std::string model, const ModelOptions& options) {
  if (vectors::rerank_path(provider.dialect).empty())
    return fail(ErrorKind::unsupported, std::string(provider.name) + " does not rank documents");
  auto endpoint = Endpoint::open(provider, options);
  if (!endpoint) return fail(endpoint.error());
  return std::make_shared<HttpRerankModel>(std::move(*endpoint), std::move(model));
}

}  // namespace

Result<std::shared_ptr<RerankModel>> open_rerank_model(std::string_view name, const ModelOptions& options) {
  auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return open_at(named->provider, std::move(named->model), options);
}

Result<std::shared_ptr<RerankModel>> open_rerank_model(Dialect dialect, std::string_view model,
                                                       const ModelOptions& options) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return open_at(home_of(dialect), std::string(model), options);
}

bool has_ranking(const Provider& provider) {
  constexpr std::string_view kNames[] = {"cohere", "llamacpp", "vllm", "together"};
  return std::ranges::find(kNames, provider.name) != std::end(kNames);
}

}  // namespace sloop
