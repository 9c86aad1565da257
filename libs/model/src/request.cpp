// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/request.hpp"

#include <map>

#include "sloop/core/reflect.hpp"

namespace sloop {
namespace {

/// The request as it is written: sampling parameters stand beside the messages.
struct NeutralRequest {
  std::vector<Json> messages;
  std::optional<std::vector<ToolDefinition>> tools;
  std::optional<double> temperature;
  std::optional<double> top_p;
  std::optional<std::int64_t> top_k;
  std::optional<std::int64_t> max_tokens;
  std::optional<std::variant<std::string, std::vector<std::string>>> stop;
  std::optional<std::int64_t> seed;
  std::optional<double> presence_penalty;
  std::optional<double> frequency_penalty;
  std::optional<std::map<std::string, Json>> extra;
};

std::vector<std::string> stops_of(const std::variant<std::string, std::vector<std::string>>& stop) {
  if (const auto* one = std::get_if<std::string>(&stop)) return {*one};
  return std::get<std::vector<std::string>>(stop);
}

}  // namespace

Result<ModelRequest> request_from_neutral_json(const Json& value) {
  auto raw = from_json<NeutralRequest>(value, {.refuse_unknown = true});
  if (!raw) return fail(raw.error());
  if (raw->messages.empty()) return fail(ErrorKind::invalid_input, "messages: is empty; give at least one");
  ModelRequest request{.tools = raw->tools.value_or(std::vector<ToolDefinition>()),
                       .sampling = {.temperature = raw->temperature,
                                    .top_p = raw->top_p,
                                    .top_k = raw->top_k,
                                    .max_tokens = raw->max_tokens,
                                    .stop = raw->stop ? stops_of(*raw->stop) : std::vector<std::string>(),
                                    .seed = raw->seed,
                                    .presence_penalty = raw->presence_penalty,
                                    .frequency_penalty = raw->frequency_penalty}};
  for (std::size_t i = 0; i < raw->messages.size(); ++i) {
    auto message = message_from_neutral_json(raw->messages[i], "messages[" + std::to_string(i) + "]");
    if (!message) return fail(message.error());
    request.messages.push_back(std::move(*message));
  }
  if (const Json* extra = find(value, "extra")) request.extra = *extra;
  return request;
}

Json to_neutral_json(const ModelRequest& request) {
  JsonObject object;
  JsonArray messages;
  for (const auto& message : request.messages) messages.push_back(to_neutral_json(message));
  object["messages"] = std::move(messages);
  if (!request.tools.empty()) object["tools"] = to_json(request.tools);
  const Json sampling = to_json(request.sampling);
  for (const auto& member : sampling.get_object())
    if (!member.value().is_array() || !member.value().get_array().empty()) object[member.key()] = member.value();
  if (!request.extra.is_null()) object["extra"] = request.extra;
  return object;
}

}  // namespace sloop
