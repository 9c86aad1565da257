// SPDX-License-Identifier: Apache-2.0
#include "model_access.hpp"

#include <cstdlib>

#include "sloop/command/exit_status.hpp"
#include "sloop/model/fallback.hpp"
#include "sloop/model/google_credentials.hpp"
#include "sloop/model/price.hpp"
#include "sloop/model/response_cache.hpp"

namespace sloop::command {
namespace {

std::string dialect_list() {
  std::string names;
  for (const auto name : dialect_names()) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

/// Vertex without a key is called as the account of GOOGLE_APPLICATION_CREDENTIALS, where there is one.
void use_google_account(ModelOptions& options) {
  const auto account = GoogleCredentials::from_env();
  if (!account) return;
  const auto variable = [](const char* name, const char* fallback) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : fallback);
  };
  const auto vertex =
      (*account)->vertex(variable("GOOGLE_CLOUD_LOCATION", "global"), variable("GOOGLE_CLOUD_PROJECT", ""));
  options.authenticator = vertex.authenticator;
  if (options.base_url.empty() && std::getenv("VERTEX_BASE_URL") == nullptr) options.base_url = vertex.base_url;
}

}  // namespace

void ModelAccess::add_to(CLI::App& command) {
  command.add_option("--model", model, "PROVIDER/MODEL")->capture_default_str();
  command.add_option("--dialect", dialect,
                     "The wire format of a server at --base-url, with --model as its NAME: " + dialect_list());
  command.add_option("--base-url", base_url,
                     "The API's address, instead of the provider's own or its variable (OPENAI_BASE_URL)");
  command.add_option("--api-key", api_key, "The provider's key, instead of its variable (OPENAI_API_KEY)");
  command.add_option("--timeout", timeout, "Seconds that the call may take")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_option("--attempts", attempts, "How often a call is sent at most, when the answer says to repeat")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

ModelOptions ModelAccess::options() const {
  const auto time = [](double seconds) { return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)); };
  ModelOptions out{.api_key = api_key,
                   .base_url = base_url,
                   .retry = {.max_attempts = attempts},
                   .timeouts = {.first_content = time(first_content), .between_chunks = time(between_chunks)}};
  if (provider() == "vertex" && api_key.empty() && std::getenv("VERTEX_API_KEY") == nullptr) use_google_account(out);
  return out;
}

CallOptions ModelAccess::limits() const {
  return {.deadline = Deadline::after(std::chrono::seconds(timeout))};
}

Result<std::optional<Dialect>> ModelAccess::named_dialect() const {
  if (dialect.empty()) return std::nullopt;
  if (const auto found = find_dialect(dialect)) return found;
  return fail(ErrorKind::invalid_input, "--dialect " + dialect + ": is none of " + dialect_list());
}

Result<std::shared_ptr<Model>> ModelAccess::open() const {
  const auto named = named_dialect();
  if (!named) return fail(named.error());
  ModelOptions with = options();
  if (!cache.empty()) {
    const Provider* row = find_provider(provider());
    if (row != nullptr) with.transport = caching_transport(row->dialect, std::make_shared<DirectoryResponses>(cache));
  }
  auto first = *named ? open_model(**named, model, with) : open_model(model, with);
  if (!first || fallbacks.empty()) return first;
  std::vector<std::shared_ptr<Model>> all{std::move(*first)};
  for (const auto& name : fallbacks) {
    auto next = open_model(name, {.retry = with.retry, .timeouts = with.timeouts});
    if (!next) return fail(next.error().within("--fallback"));
    all.push_back(std::move(*next));
  }
  return std::make_shared<FallbackModel>(std::move(all));
}

void ModelAccess::add_reliability_to(CLI::App& command) {
  command.add_option("--fallback", fallbacks, "PROVIDER/MODEL to ask when the one before fails; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--cache", cache, "A folder that keeps answers, so that the same request is sent once");
  command.add_option("--first-content", first_content, "Seconds until a stream's first content; 0: no limit");
  command.add_option("--between-chunks", between_chunks, "Seconds from one piece of a stream to the next; 0: no limit");
}

std::string ModelAccess::provider() const {
  if (const auto named = find_dialect(dialect)) return std::string(home_of(*named).name);
  return model.substr(0, model.find('/'));
}

std::string ModelAccess::model_name() const {
  return dialect.empty() ? model.substr(model.find('/') + 1) : model;
}

Result<ModelRequest> request_of(const std::string& prompt, std::istream& in) {
  if (!prompt.empty()) return ModelRequest{.messages = {Message::user(prompt)}};
  auto text = read_argument("-", in);
  if (!text) return fail(text.error());
  auto json = parse_json(*text);
  if (!json) return fail(json.error().within("standard input"));
  auto request = request_from_neutral_json(*json);
  if (!request) return fail(request.error().within("standard input"));
  return request;
}

void add_cost(CLI::App& command, bool& cost) {
  command.add_flag("--cost", cost, "Tell what the call cost, in US dollars by list prices");
}

Json cost_json(const ModelAccess& access, std::string_view answered_by, const Usage& usage, const Json& provider_usage,
               std::optional<double> told) {
  if (told) return {{"usd", *told}, {"prices_of", nullptr}};
  if (!usage.input && !usage.output && !provider_usage.is_object()) return nullptr;
  // The table has no price for what some models put out (images): half a price is none.
  const auto price = find_price(access.provider(), access.model_name());
  if (price && price->base.output == 0 && usage.output.value_or(0) > 0) return nullptr;
  const ModelReply reply{.usage = usage, .provider_usage = provider_usage, .model = std::string(answered_by)};
  const auto usd = cost_of(access.provider(), access.model_name(), reply);
  if (!usd) return nullptr;
  return {{"usd", *usd}, {"prices_of", price_date()}};
}

Json error_json(const Error& error) {
  return {{"kind", to_string(error.kind)},
          {"status", error.status == 0 ? Json() : Json(error.status)},
          {"message", error.message}};
}

int print_result(Invocation& invocation, JsonObject out, const Error* error) {
  out["error"] = error == nullptr ? Json() : error_json(*error);
  invocation.streams.out << write_json(out) << std::endl;
  return error == nullptr ? kSuccess : invocation.report(*error);
}

}  // namespace sloop::command
