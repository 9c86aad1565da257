// SPDX-License-Identifier: Apache-2.0
//
// Source: Anthropic's documentation of `count_tokens`; OpenAI's specification, `TokenCountsBody`; googleapis,
// `CountTokensRequest`; AWS, Bedrock Runtime, `CountTokens`; and recorded traffic.
#include "sloop/model/token_count.hpp"

#include <algorithm>
#include <span>

#include "bodies.hpp"
#include "dialects/answer.hpp"
#include "endpoint.hpp"
#include "sloop/aws/signature.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace sloop {
namespace {

/// The members that the call takes, of the body that a model is asked with.
JsonObject only(const JsonObject& body, std::span<const std::string_view> members) {
  JsonObject out;
  for (const auto& member : body)
    if (std::ranges::find(members, std::string_view(member.key())) != members.end())
      out.emplace(member.key(), member.value());
  return out;
}

constexpr std::string_view kOpenai[] = {"model", "input",       "instructions", "tools",
                                        "text",  "tool_choice", "reasoning",    "parallel_tool_calls"};
constexpr std::string_view kAnthropic[] = {"model", "messages", "system", "tools", "tool_choice", "thinking"};
constexpr std::string_view kGemini[] = {"contents", "systemInstruction", "tools", "toolConfig", "generationConfig"};
constexpr std::string_view kBedrock[] = {"messages", "system", "toolConfig"};

/// Gemini counts a whole request as a member of its own, with the model in it once more.
JsonObject gemini_body(const JsonObject& body, std::string_view model) {
  JsonObject request = only(body, kGemini);
  if (request.size() == 1) return request;
  request["model"] = services::gemini_name(model);
  return {{"generateContentRequest", std::move(request)}};
}

struct Question {
  std::string path;
  JsonObject body;
};

/// Empty for formats without.
std::optional<Question> question_of(Dialect dialect, const JsonObject& body, std::string_view model) {
  switch (dialect) {
    case Dialect::openai_responses: return Question{"/responses/input_tokens", only(body, kOpenai)};
    case Dialect::anthropic: return Question{"/v1/messages/count_tokens", only(body, kAnthropic)};
    case Dialect::gemini:
      return Question{"/v1beta/" + services::gemini_name(model) + ":countTokens", gemini_body(body, model)};
    case Dialect::bedrock_converse:
      return Question{"/model/" + aws::uri_encode(model) + "/count-tokens",
                      {{"input", JsonObject{{"converse", only(body, kBedrock)}}}}};
    case Dialect::openai_chat:
    case Dialect::cohere:
    case Dialect::mistral:
    case Dialect::ollama: break;
  }
  return std::nullopt;
}

Result<std::int64_t> count_at(const Provider& provider, std::string_view model, const ModelRequest& request,
                              const ModelOptions& options, const CallOptions& call) {
  if (!has_token_count(provider))
    return fail(ErrorKind::unsupported, std::string(provider.name) + " does not count tokens");
  const auto endpoint = Endpoint::open(provider, options);
  if (!endpoint) return fail(endpoint.error());
  const auto encoded = dialects::find_wire(provider.dialect)->encode(request, model, false);
  if (!encoded) return fail(encoded.error());
  const auto question = question_of(provider.dialect, encoded->body, model);
  const auto response = endpoint->post(question->path, question->body, call);
  if (!response) return fail(response.error());
  std::vector<std::string> warnings;
  const auto answer = dialects::answer_json(response->status, response->headers, response->body, warnings);
  if (!answer) return fail(answer.error());
  const auto tokens = dialects::number_at(*answer, {{"input_tokens"}, {"totalTokens"}, {"inputTokens"}});
  if (!tokens) return fail(ErrorKind::bad_reply, "the provider's answer holds no count of tokens");
  return *tokens;
}

}  // namespace

Result<std::int64_t> count_tokens(std::string_view name, const ModelRequest& request, const ModelOptions& options,
                                  const CallOptions& call) {
  const auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return count_at(named->provider, named->model, request, options, call);
}

Result<std::int64_t> count_tokens(Dialect dialect, std::string_view model, const ModelRequest& request,
                                  const ModelOptions& options, const CallOptions& call) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return count_at(home_of(dialect), model, request, options, call);
}

bool has_token_count(const Provider& provider) {
  return question_of(provider.dialect, {}, "").has_value();
}

}  // namespace sloop
