// SPDX-License-Identifier: Apache-2.0
#include "model_access.hpp"

namespace sloop::command {
namespace {

std::string dialect_list() {
  std::string names;
  for (const auto name : dialect_names()) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
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
  return {.api_key = api_key, .base_url = base_url, .retry = {.max_attempts = attempts}};
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
  return *named ? open_model(**named, model, options()) : open_model(model, options());
}

std::string ModelAccess::provider() const {
  if (const auto named = find_dialect(dialect)) return std::string(home_of(*named).name);
  return model.substr(0, model.find('/'));
}

std::string ModelAccess::model_name() const {
  return dialect.empty() ? model.substr(model.find('/') + 1) : model;
}

}  // namespace sloop::command
