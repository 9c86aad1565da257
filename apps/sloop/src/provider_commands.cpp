// SPDX-License-Identifier: Apache-2.0
//
// `sloop models`: the table of providers, or what one of them offers. `sloop doctor`: which keys there are, and whether
// each answers.
#include <fmt/format.h>

#include <future>
#include <memory>

#include "sloop/command/exit_status.hpp"
#include "sloop/model/model_list.hpp"
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

void print_table(std::ostream& out) {
  out << fmt::format("{:<13} {:<17} {:<46} {}\n", "provider", "dialect", "key", "address");
  for (const auto& provider : providers())
    out << fmt::format("{:<13} {:<17} {:<46} {}\n", provider.name, to_string(provider.dialect), keys_of(provider),
                       provider.base_url.empty() ? provider.base_url_variable : provider.base_url);
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

bool has_a_key(const Provider& provider) {
  return !provider.key_optional && is_configured(provider);
}

int run_doctor(const ProviderOptions& options, Invocation& invocation) {
  std::vector<Examination> all;
  for (const auto& provider : providers())
    if (has_a_key(provider) && (options.provider.empty() || options.provider == provider.name))
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
