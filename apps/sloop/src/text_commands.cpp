// SPDX-License-Identifier: Apache-2.0
//
// `sloop tokens` and `sloop moderate`: what is known of texts before a model is asked. JSON out.
#include <algorithm>
#include <memory>

#include "model_access.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/moderation.hpp"
#include "sloop/model/token_count.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

// ---- tokens

struct TokensOptions {
  ModelAccess access;
  std::string prompt;
  bool cost = false;
};

Result<std::int64_t> count(const TokensOptions& options, std::istream& in) {
  const auto request = request_of(options.prompt, in);
  if (!request) return fail(request.error());
  const auto& access = options.access;
  const auto dialect = access.named_dialect();
  if (!dialect) return fail(dialect.error());
  return *dialect ? count_tokens(**dialect, access.model, *request, access.options(), access.limits())
                  : count_tokens(access.model, *request, access.options(), access.limits());
}

int run_tokens(const TokensOptions& options, Invocation& invocation) {
  const auto tokens = count(options, invocation.streams.in);
  JsonObject out{{"tokens", tokens ? Json(*tokens) : Json()}};
  if (options.cost) out["cost"] = tokens ? cost_json(options.access, "", {.input = *tokens}, nullptr) : Json();
  return print_result(invocation, std::move(out), tokens ? nullptr : &tokens.error());
}

// ---- moderate

struct ModerateOptions {
  ModelAccess access{.model = "openai/omni-moderation-latest"};
  std::vector<std::string> texts;
};

Result<ModerationReply> judge(const ModerateOptions& options, std::istream& in) {
  auto texts = options.texts;
  if (texts.empty()) {
    auto text = read_argument("-", in);
    if (!text) return fail(text.error());
    texts.push_back(std::move(*text));
  }
  const auto& access = options.access;
  const auto dialect = access.named_dialect();
  if (!dialect) return fail(dialect.error());
  return *dialect ? moderate(**dialect, access.model, texts, access.options(), access.limits())
                  : moderate(access.model, texts, access.options(), access.limits());
}

int run_moderate(const ModerateOptions& options, Invocation& invocation) {
  const auto reply = judge(options, invocation.streams.in);
  const ModerationReply none;
  const ModerationReply& got = reply ? *reply : none;
  JsonObject out{{"flagged", std::ranges::any_of(got.results, &ModerationResult::flagged)},
                 {"results", to_json(got.results)},
                 {"provider_usage", got.provider_usage},
                 {"model", got.model}};
  return print_result(invocation, std::move(out), reply ? nullptr : &reply.error());
}

}  // namespace

void add_tokens(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<TokensOptions>();
  auto* command = app.add_subcommand("tokens", "How many tokens a request has, as its provider counts them");
  command->add_option("PROMPT", options->prompt,
                      "What the user says; without it the request is read from standard input, as of `complete`");
  options->access.add_to(*command);
  command->add_flag("--cost", options->cost, "Tell what the input would cost, in US dollars by list prices");
  command->footer(
      "The result: tokens, error.\n\nExample:\n  sloop tokens 'What is 1 + 1?' --model anthropic/claude-haiku-4-5");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_tokens(*options, invocation); };
  });
}

void add_moderate(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<ModerateOptions>();
  auto* command = app.add_subcommand("moderate", "Whether texts are such that they should not be shown or answered");
  command->add_option("TEXT", options->texts, "The texts; without any, standard input is one");
  options->access.add_to(*command);
  command->footer(
      "The result: flagged, results ([{flagged, categories, scores}]), provider_usage, model, error.\n\n"
      "Example:\n  sloop moderate 'some text' --model openai/omni-moderation-latest");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return run_moderate(*options, invocation); };
  });
}

}  // namespace sloop::command
