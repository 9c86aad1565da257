// SPDX-License-Identifier: Apache-2.0
#include "rerank_wires.hpp"

#include <algorithm>

#include "dialects/answer.hpp"

namespace sloop::vectors {

using dialects::number_at;

std::string_view rerank_path(Dialect dialect) {
  switch (dialect) {
    case Dialect::cohere: return "/v2/rerank";
    case Dialect::openai_chat:
    case Dialect::openai_responses: return "/rerank";
    case Dialect::anthropic:
    case Dialect::gemini:
    case Dialect::mistral:
    case Dialect::ollama:
    case Dialect::bedrock_converse: break;
  }
  return "";
}

JsonObject encode_rerank(const RerankRequest& request, std::string_view model) {
  JsonObject body{{"model", model},
                  {"query", request.query},
                  {"documents", JsonArray(request.documents.begin(), request.documents.end())}};
  if (request.top_n) body["top_n"] = *request.top_n;
  return body;
}

Result<RerankReply> decode_rerank(int status, const Headers& headers, std::string_view body, std::size_t documents) {
  std::vector<std::string> warnings;
  const auto answer = dialects::answer_json(status, headers, body, warnings);
  if (!answer) return fail(answer.error());
  const Json* list = find(*answer, "results");
  if (list == nullptr) list = find(*answer, "data");
  if (list == nullptr || !list->is_array()) return fail(ErrorKind::bad_reply, "the provider's answer holds no ranking");
  RerankReply out;
  for (const Json& entry : list->get_array()) {
    const auto index = number_at(entry, {{"index"}}).value_or(-1);
    if (index < 0 || static_cast<std::size_t>(index) >= documents)
      return fail(ErrorKind::bad_reply, "the provider ranked a document that it was not given");
    RankedDocument ranked{.index = index};
    for (const auto key : {"relevance_score", "relevanceScore", "score"})
      if (const Json* score = find(entry, key); score != nullptr && score->is_number())
        ranked.score = score->to_number<double>();
    out.ranking.push_back(ranked);
  }
  // Some servers give them in the order of the request.
  std::ranges::stable_sort(out.ranking, std::greater<>(), &RankedDocument::score);
  out.input_tokens = number_at(*answer, {{"usage", "prompt_tokens"}, {"usage", "total_tokens"}});
  for (const auto key : {"usage", "meta"})
    if (const Json* usage = find(*answer, key); usage != nullptr && out.provider_usage.is_null())
      out.provider_usage = *usage;
  out.model = find_string(*answer, "model");
  return out;
}

}  // namespace sloop::vectors
