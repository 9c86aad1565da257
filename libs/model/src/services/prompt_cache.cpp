// SPDX-License-Identifier: Apache-2.0
//
// Source: googleapis, `google/ai/generativelanguage/v1beta`, `CacheService`; and recorded traffic.
#include "sloop/model/prompt_cache.hpp"

#include "bodies.hpp"
#include "dialects/answer.hpp"
#include "endpoint.hpp"
#include "sloop/aws/signature.hpp"
#include "sloop/model/dialects/gemini.hpp"

namespace sloop {
namespace {

constexpr std::string_view kPath = "/v1beta/cachedContents";
/// A server that repeats a page for ever must not keep us.
constexpr int kMaxPages = 100;

std::string duration(std::chrono::seconds time) {
  return std::to_string(time.count()) + "s";
}

PromptCache cache_of(const Json& answer) {
  return {.name = std::string(find_string(answer, "name")),
          .model = std::string(find_string(answer, "model")),
          .display_name = std::string(find_string(answer, "displayName")),
          .expires = std::string(find_string(answer, "expireTime")),
          .tokens = dialects::number_at(answer, {{"usageMetadata", "totalTokenCount"}}).value_or(0)};
}

Result<Json> json_of(const Result<http::Response>& response) {
  if (!response) return fail(response.error());
  std::vector<std::string> warnings;
  return dialects::answer_json(response->status, response->headers, response->body, warnings);
}

Result<PromptCache> one_of(const Result<http::Response>& response) {
  const auto answer = json_of(response);
  if (!answer) return fail(answer.error());
  auto out = cache_of(*answer);
  if (out.name.empty()) return fail(ErrorKind::bad_reply, "the provider's answer names no cached content");
  return out;
}

/// `/v1beta/cachedContents/x`, from the name with or without its folder.
Result<std::string> path_of(std::string_view name) {
  constexpr std::string_view kFolder = "cachedContents/";
  if (name.starts_with(kFolder)) name.remove_prefix(kFolder.size());
  if (name.empty() || name.contains('/'))
    return fail(ErrorKind::invalid_input, "'" + std::string(name) + "' is no name of a cached content");
  return std::string(kPath) + "/" + aws::uri_encode(name);
}

}  // namespace

struct PromptCaches::Access {
  Endpoint endpoint;
};

PromptCaches::PromptCaches(std::unique_ptr<Access> access) : access_(std::move(access)) {}
PromptCaches::PromptCaches(PromptCaches&&) noexcept = default;
PromptCaches& PromptCaches::operator=(PromptCaches&&) noexcept = default;
PromptCaches::~PromptCaches() = default;

Result<PromptCaches> PromptCaches::open(const ModelOptions& options) {
  const Provider& gemini = home_of(Dialect::gemini);
  if (!has_key(gemini, options))
    return fail(ErrorKind::unauthenticated,
                "no API key for cached contents: set " + std::string(gemini.key_variables.front()));
  auto endpoint = Endpoint::open(gemini, options);
  if (!endpoint) return fail(endpoint.error());
  return PromptCaches(std::make_unique<Access>(Access{std::move(*endpoint)}));
}

Result<PromptCache> PromptCaches::create(const PromptCacheRequest& request, const CallOptions& options) {
  auto encoded = dialects::gemini::encode(request.request, request.model, false);
  if (!encoded) return fail(encoded.error());
  JsonObject body{{"model", services::gemini_name(request.model)}, {"ttl", duration(request.time_to_live)}};
  if (!request.display_name.empty()) body["displayName"] = request.display_name;
  for (const auto key : {"contents", "systemInstruction", "tools", "toolConfig"}) {
    Json* member = encoded->body.if_contains(key);
    const bool empty = member == nullptr || (member->is_array() && member->get_array().empty());
    if (!empty) body[key] = std::move(*member);
  }
  return one_of(access_->endpoint.post(kPath, body, options));
}

Result<PromptCache> PromptCaches::get(std::string_view name, const CallOptions& options) {
  const auto path = path_of(name);
  if (!path) return fail(path.error());
  return one_of(access_->endpoint.get(*path, options));
}

Result<std::vector<PromptCache>> PromptCaches::list(const CallOptions& options) {
  const CallOptions limits = access_->endpoint.limited(options);
  std::vector<PromptCache> out;
  std::string page;
  for (int pages = 0; pages < kMaxPages; ++pages) {
    const auto answer = json_of(access_->endpoint.get(std::string(kPath) + "?pageSize=1000" + page, limits));
    if (!answer) return fail(answer.error());
    for (const Json& entry : dialects::array_at(*answer, "cachedContents")) out.push_back(cache_of(entry));
    const auto token = find_string(*answer, "nextPageToken");
    if (token.empty()) break;
    page = "&pageToken=" + aws::uri_encode(token);
  }
  return out;
}

Result<PromptCache> PromptCaches::extend(std::string_view name, std::chrono::seconds time_to_live,
                                         const CallOptions& options) {
  const auto path = path_of(name);
  if (!path) return fail(path.error());
  return one_of(access_->endpoint.send("PATCH", *path + "?updateMask=ttl",
                                       write_json(JsonObject{{"ttl", duration(time_to_live)}}), options));
}

Result<void> PromptCaches::remove(std::string_view name, const CallOptions& options) {
  const auto path = path_of(name);
  if (!path) return fail(path.error());
  const auto answer = json_of(access_->endpoint.send("DELETE", *path, {}, options));
  if (!answer) return fail(answer.error());
  return {};
}

}  // namespace sloop
