// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/model_list.hpp"

#include <algorithm>

#include "dialects/answer.hpp"
#include "endpoint.hpp"
#include "sloop/aws/signature.hpp"

namespace sloop {
namespace {

using dialects::array_at;

/// A server that repeats a page for ever must not keep us.
constexpr int kMaxPages = 50;

std::string path_of(const Provider& provider) {
  // Vertex lists its models in this version only.
  if (provider.name == "vertex") return "//v1beta1/publishers/google/models?pageSize=1000";
  switch (provider.dialect) {
    case Dialect::openai_chat:
    case Dialect::openai_responses: return "/models";
    case Dialect::gemini: return "/v1beta/models?pageSize=1000";
    case Dialect::ollama: return "/api/tags";
    case Dialect::anthropic: return "/v1/models?limit=1000";
    case Dialect::cohere: return "/v1/models?page_size=1000";
    case Dialect::mistral: return "/v1/models";
    case Dialect::bedrock_converse: return "/foundation-models";
  }
  return "";
}

/// The query of the next page; empty after the last one.
std::string next_page(const Json& answer) {
  if (const auto token = find_string(answer, "nextPageToken"); !token.empty())
    return "&pageToken=" + aws::uri_encode(token);
  if (const auto token = find_string(answer, "next_page_token"); !token.empty())
    return "&page_token=" + aws::uri_encode(token);
  if (const auto last = find_string(answer, "last_id"); dialects::flag_at(answer, "has_more") && !last.empty())
    return "&after_id=" + aws::uri_encode(last);
  return "";
}

void add_names(const Json& answer, std::vector<std::string>& out) {
  // Together answers with the list itself.
  const auto& data = array_at(answer, "data");
  const JsonArray* list = answer.is_array() ? &answer.get_array() : &data;
  for (const auto key : {"models", "modelSummaries", "publisherModels"})
    if (list->empty()) list = &array_at(answer, key);
  for (const Json& model : *list)
    for (const auto key : {"id", "modelId", "name", "model"})
      if (std::string_view name = find_string(model, key); !name.empty()) {
        for (const std::string_view folder : {"publishers/google/models/", "models/"})
          if (name.starts_with(folder)) name.remove_prefix(folder.size());
        out.emplace_back(name);
        break;
      }
}

}  // namespace

Result<std::vector<std::string>> list_models(const Provider& provider, const ModelOptions& options,
                                             const CallOptions& call) {
  const std::string path = path_of(provider);
  ModelOptions access = options;
  // The list is another service's, at another host.
  if (provider.dialect == Dialect::bedrock_converse && access.base_url.empty())
    access.base_url = "https://bedrock.{region}.amazonaws.com";
  const auto endpoint = Endpoint::open(provider, access);
  if (!endpoint) return fail(endpoint.error());
  const CallOptions limits = endpoint->limited(call);
  std::vector<std::string> out;
  std::string page;
  for (int pages = 0; pages < kMaxPages; ++pages) {
    const auto response = endpoint->get(path + page, limits);
    if (!response) return fail(response.error());
    std::vector<std::string> warnings;
    const auto answer = dialects::answer_json(response->status, response->headers, response->body, warnings);
    if (!answer) return fail(answer.error());
    add_names(*answer, out);
    page = next_page(*answer);
    if (page.empty()) break;
  }
  std::ranges::sort(out);
  return out;
}

bool is_configured(const Provider& provider, const ModelOptions& options) {
  return has_key(provider, options);
}

}  // namespace sloop
