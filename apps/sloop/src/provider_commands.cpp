// SPDX-License-Identifier: Apache-2.0
//
// `sloop models`: the table of providers, or what one of them offers. `sloop doctor`: which keys there are, and whether
// each answers.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <memory>

#include "sloop/command/exit_status.hpp"
#include "sloop/model/embedding.hpp"
#include "sloop/model/image.hpp"
#include "sloop/model/model_list.hpp"
#include "sloop/model/moderation.hpp"
#include "sloop/model/rerank.hpp"
#include "sloop/model/speech.hpp"
#include "sloop/model/token_count.hpp"
#include "sloop/model/transcription.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

struct ProviderOptions {
  std::string provider;
  std::string base_url;
  std::string api_key;
  int timeout = 10;
};

ModelOptions access_of(const ProviderOptions& options) {
  return {.api_key = options.api_key, .base_url = options.base_url, .retry = {.max_attempts = 1}};
}

CallOptions limits_of(const ProviderOptions& options) {
  return {.deadline = Deadline::after(std::chrono::seconds(options.timeout))};
}

std::string keys_of(const Provider& provider) {
  std::string keys;
  for (const auto name : provider.key_variables)
    if (!name.empty()) keys += (keys.empty() ? "" : " or ") + std::string(name);
  return keys.empty() ? "-" : keys;
}

/// What a provider has beside chat, by the names of the commands.
std::string services_of(const Provider& provider) {
  std::string out;
  const auto add = [&](bool has, std::string_view name) {
    if (has) out += (out.empty() ? "" : " ") + std::string(name);
  };
  add(has_embeddings(provider), "embed");
  add(has_ranking(provider), "rerank");
  add(has_images(provider), "image");
  add(has_speech(provider), "speak");
  add(has_transcription(provider), "transcribe");
  add(has_token_count(provider), "tokens");
  add(has_moderation(provider), "moderate");
  return out.empty() ? "-" : out;
}

void print_table(std::ostream& out) {
  out << fmt::format("{:<13} {:<17} {:<46} {:<60} {}\n", "provider", "dialect", "key", "address", "beside chat");
  for (const auto& provider : providers())
    out << fmt::format("{:<13} {:<17} {:<46} {:<60} {}\n", provider.name, to_string(provider.dialect),
                       keys_of(provider), provider.base_url.empty() ? provider.base_url_variable : provider.base_url,
                       services_of(provider));
}

int run_models(const ProviderOptions& options, Invocation& invocation) {
  if (options.provider.empty()) return print_table(invocation.streams.out), kSuccess;
  const Provider* provider = find_provider(options.provider);
  if (provider == nullptr)
    return invocation.report({.kind = ErrorKind::invalid_input,
                              .message = options.provider + ": is no provider; `sloop models` lists them"});
  const auto access = access_of(options);
  if (!is_configured(*provider, access))
    return invocation.report({.kind = ErrorKind::unauthenticated,
                              .message = "no API key for " + options.provider + ": set " + keys_of(*provider)});
  const auto models = list_models(*provider, access, limits_of(options));
  if (!models) return invocation.report(models.error());
  for (const auto& model : *models) invocation.streams.out << provider->name << '/' << model << '\n';
  return kSuccess;
}

/// A provider that has a key, and what came of asking it.
struct Examination {
  const Provider& provider;
  std::future<Result<std::vector<std::string>>> models;
};

bool is_set(std::string_view variable) {
  return !variable.empty() && std::getenv(std::string(variable).c_str()) != nullptr;
}

/// Whether there is something to examine: a key, the credentials of AWS, or the address of a server that needs none.
bool is_here(const Provider& provider) {
  if (!provider.key_optional) return is_configured(provider);
  if (provider.authentication == Authentication::aws)
    for (const auto* variable : {"AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI"})
      if (is_set(variable)) return true;
  return is_set(provider.base_url_variable) || std::ranges::any_of(provider.key_variables, is_set);
}

int run_doctor(const ProviderOptions& options, Invocation& invocation) {
  std::vector<Examination> all;
  for (const auto& provider : providers())
    if (options.provider.empty() ? is_here(provider) : options.provider == provider.name && is_configured(provider))
      all.push_back({provider, std::async(std::launch::async, [&provider, &options] {
                       return list_models(provider, access_of(options), limits_of(options));
                     })});
  auto& out = invocation.streams.out;
  int failed = 0;
  for (auto& one : all) {
    const auto models = one.models.get();
    failed += models ? 0 : 1;
    out << fmt::format("{:<13} {}\n", one.provider.name,
                       models ? fmt::format("ok, {} models", models->size()) : "FAILED: " + models.error().message);
  }
  if (!options.provider.empty() && find_provider(options.provider) == nullptr)
    return invocation.report({.kind = ErrorKind::invalid_input,
                              .message = options.provider + ": is no provider; `sloop models` lists them"});
  if (all.empty()) out << "no keys found; `sloop models` says which variables hold them\n";
  out << std::flush;
  return failed == 0 ? kSuccess : exit_status(ErrorKind::unauthenticated);
}

void add_limits(CLI::App& command, ProviderOptions& options) {
  command.add_option("--timeout", options.timeout, "Seconds that a provider may take")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

}  // namespace

void add_models(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<ProviderOptions>();
  auto* command = app.add_subcommand("models", "The providers, or the models that one of them offers");
  command->add_option("PROVIDER", options->provider, "Whose models; without it the table of providers");
  command->add_option("--base-url", options->base_url, "The API's address, instead of the provider's own");
  command->add_option("--api-key", options->api_key, "The provider's key, instead of its variable");
  add_limits(*command, *options);
  command->footer("Examples:\n  sloop models\n  sloop models openai");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_models(*options, invocation); };
  });
}

void add_doctor(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<ProviderOptions>();
  auto* command = app.add_subcommand("doctor", "Which providers have a key here, and whether each answers");
  command->add_option("PROVIDER", options->provider, "Only this one");
  add_limits(*command, *options);
  command->footer("Asks each for its list of models, which costs nothing.\n\nExample:\n  sloop doctor");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_doctor(*options, invocation); };
  });
}

}  // namespace sloop::command
