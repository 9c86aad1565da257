// SPDX-License-Identifier: Apache-2.0
//
// Source: OpenAI's specification, `CreateModerationRequest`; Mistral's, `ClassificationRequest`, `ModerationResponse`.
#include "sloop/model/moderation.hpp"

#include "dialects/answer.hpp"
#include "endpoint.hpp"

namespace sloop {
namespace {

ModerationResult result_of(const Json& entry) {
  ModerationResult out;
  out.flagged = dialects::flag_at(entry, "flagged");
  if (const Json* categories = find(entry, "categories"); categories != nullptr && categories->is_object())
    for (const auto& [name, value] : categories->get_object()) {
      const bool applies = value.is_bool() && value.get_bool();
      out.categories[name] = applies;
      // Mistral tells of the categories only.
      out.flagged = out.flagged || applies;
    }
  if (const Json* scores = find(entry, "category_scores"); scores != nullptr && scores->is_object())
    for (const auto& [name, value] : scores->get_object())
      if (value.is_number()) out.scores[name] = value.to_number<double>();
  return out;
}

Result<ModerationReply> moderate_at(const Provider& provider, std::string_view model,
                                    const std::vector<std::string>& texts, const ModelOptions& options,
                                    const CallOptions& call) {
  if (!has_moderation(provider))
    return fail(ErrorKind::unsupported, std::string(provider.name) + " does not moderate texts");
  if (texts.empty()) return fail(ErrorKind::invalid_input, "there are no texts to moderate");
  const auto endpoint = Endpoint::open(provider, options);
  if (!endpoint) return fail(endpoint.error());
  const auto path = provider.dialect == Dialect::mistral ? "/v1/moderations" : "/moderations";
  const auto response =
      endpoint->post(path, {{"model", model}, {"input", JsonArray(texts.begin(), texts.end())}}, call);
  if (!response) return fail(response.error());
  std::vector<std::string> warnings;
  const auto answer = dialects::answer_json(response->status, response->headers, response->body, warnings);
  if (!answer) return fail(answer.error());
  ModerationReply out{.model = std::string(find_string(*answer, "model"))};
  for (const Json& entry : dialects::array_at(*answer, "results")) out.results.push_back(result_of(entry));
  if (out.results.size() != texts.size())
    return fail(ErrorKind::bad_reply, "the provider judged " + std::to_string(out.results.size()) + " of " +
                                          std::to_string(texts.size()) + " texts");
  if (const Json* usage = find(*answer, "usage")) out.provider_usage = *usage;
  return out;
}

}  // namespace

Result<ModerationReply> moderate(std::string_view name, const std::vector<std::string>& texts,
                                 const ModelOptions& options, const CallOptions& call) {
  const auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return moderate_at(named->provider, named->model, texts, options, call);
}

Result<ModerationReply> moderate(Dialect dialect, std::string_view model, const std::vector<std::string>& texts,
                                 const ModelOptions& options, const CallOptions& call) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return moderate_at(home_of(dialect), model, texts, options, call);
}

bool has_moderation(const Provider& provider) {
  return provider.name == "openai" || provider.name == "openai-chat" || provider.name == "mistral";
}

}  // namespace sloop
