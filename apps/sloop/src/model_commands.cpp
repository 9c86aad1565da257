// SPDX-License-Identifier: Apache-2.0
//
// `sloop complete`, for scripts: one call of a model, JSON in and out. `sloop prompt`, for people: an agent's answer as
// text.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "model_access.hpp"
#include "sloop/agent/agent.hpp"
#include "sloop/command/exit_status.hpp"
#include "sloop/core/reflect.hpp"
#include "sloop/model/price.hpp"
#include "subcommands.hpp"

namespace sloop::command {
namespace {

struct ModelCommandOptions {
  ModelAccess access;
  std::string prompt;
  std::string preamble;
  bool stream = false;
  bool cost = false;
};

/// What a call cost, or why that is not known.
Json cost_json(const ModelAccess& access, const ModelReply& reply) {
  const auto usd = cost_of(access.provider(), access.model_name(), reply);
  if (!usd) return nullptr;
  return {{"usd", *usd}, {"prices_of", price_date()}};
}

// ---- complete

/// Parsed where they are JSON; the model's own text otherwise.
Json arguments_of(const ToolCallPart& call) {
  if (call.arguments.empty()) return JsonObject();
  auto json = parse_json(call.arguments);
  return json ? std::move(*json) : Json(call.arguments);
}

/// What the model said beside text and reasoning; absent where there is none.
void add_asides(const ModelReply& reply, JsonObject& out) {
  std::string refusal;
  for (const Part& part : reply.message.content) {
    if (const auto* declined = std::get_if<RefusalPart>(&part)) refusal += declined->text;
    if (const auto* own = std::get_if<OpaquePart>(&part))
      if (const Json* plan = find(own->provider_data, {"cohere", "tool_plan"})) out["tool_plan"] = *plan;
  }
  if (!refusal.empty()) out["refusal"] = refusal;
}

JsonObject result_of(const ModelReply& reply, const std::optional<Error>& error) {
  JsonArray calls;
  for (const auto& call : reply.tool_calls())
    calls.push_back(JsonObject{{"id", call.id}, {"name", call.name}, {"arguments", arguments_of(call)}});
  JsonObject out{{"text", reply.text()},
                 {"reasoning", reply.reasoning()},
                 {"tool_calls", std::move(calls)},
                 {"finish", error ? Json() : to_json(reply.finish)},
                 {"finish_raw", reply.finish_raw.empty() ? Json() : Json(reply.finish_raw)},
                 {"usage", to_json(reply.usage)},
                 {"provider_usage", reply.provider_usage},
                 {"model", reply.model},
                 {"id", reply.id},
                 {"request_id", reply.request_id},
                 {"warnings", to_json(reply.warnings)},
                 {"error", nullptr}};
  add_asides(reply, out);
  if (error) out["error"] = error_json(*error);
  return out;
}

/// Prints the events as they come; returns what was understood.
std::pair<ModelReply, std::optional<Error>> print_events(Model& model, const ModelRequest& request,
                                                         const CallOptions& call, std::ostream& out) {
  auto stream = model.stream(request, call);
  if (!stream) return {ModelReply{}, stream.error()};
  while (true) {
    auto event = (*stream)->next();
    if (!event) return {(*stream)->reply(), event.error()};
    if (!*event) return {(*stream)->reply(), std::nullopt};
    out << write_json(to_neutral_json(**event)) << std::endl;
  }
}

int complete(const ModelCommandOptions& options, Invocation& invocation) {
  const auto finish = [&](const ModelReply& reply, const std::optional<Error>& error) {
    JsonObject result = result_of(reply, error);
    if (options.cost) result["cost"] = cost_json(options.access, reply);
    invocation.streams.out << write_json(result) << std::endl;
    return error ? invocation.report(*error) : kSuccess;
  };
  auto request = request_of(options.prompt, invocation.streams.in);
  if (!request) return finish({}, request.error());
  auto model = options.access.open();
  if (!model) return finish({}, model.error());
  if (options.stream) {
    const auto [reply, error] = print_events(**model, *request, options.access.limits(), invocation.streams.out);
    return finish(reply, error);
  }
  const auto reply = (*model)->complete(*request, options.access.limits());
  return reply ? finish(*reply, std::nullopt) : finish({}, reply.error());
}

// ---- prompt

void print_cost(const ModelCommandOptions& options, const ModelReply& reply, std::ostream& err) {
  const auto usd = cost_of(options.access.provider(), options.access.model_name(), reply);
  err << (usd ? fmt::format("sloop: cost: {:.6f} US dollars (prices of {})", *usd, price_date())
              : "sloop: cost: not known, the table has no price for this model")
      << std::endl;
}

int prompt(const ModelCommandOptions& options, Invocation& invocation) {
  auto text = read_argument(options.prompt, invocation.streams.in);
  if (!text) return invocation.report(text.error());
  auto model = options.access.open();
  if (!model) return invocation.report(model.error());
  const Agent agent{{.preamble = options.preamble, .instance = *model}};
  auto stream = agent.stream(*text, options.access.limits());
  bool wrote = false;
  for (const auto& event : stream)
    if (const auto* delta = event.text_delta()) {
      invocation.streams.out << *delta << std::flush;
      wrote = true;
    }
  if (wrote) invocation.streams.out << std::endl;
  const auto answer = stream.answer();
  if (!answer) return invocation.report(answer.error());
  for (const auto& warning : answer->warnings) invocation.streams.err << "sloop: warning: " << warning << std::endl;
  if (options.cost) print_cost(options, stream.partial(), invocation.streams.err);
  if (answer->finish != FinishReason::stop)
    invocation.streams.err << "sloop: warning: the answer ended early (" << answer->finish_raw << ")" << std::endl;
  return kSuccess;
}

}  // namespace

void add_complete(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<ModelCommandOptions>();
  auto* command =
      app.add_subcommand("complete", "One model call for scripts: a request as JSON in, one JSON object out");
  command->add_option("PROMPT", options->prompt,
                      "What the user says; without it the request is read from standard input");
  options->access.add_to(*command);
  options->access.add_reliability_to(*command);
  command->add_flag("--stream", options->stream, "Stream: print the events first, one JSON object a line");
  command->add_flag("--cost", options->cost, "Tell what the call cost, in US dollars by list prices");
  command->footer(
      "The request: {\"messages\":[{\"role\":\"user\",\"content\":\"...\"}],\"temperature\":0.5,\"max_tokens\":100}\n"
      "The result: text, reasoning, tool_calls, finish, finish_raw, usage, provider_usage (as the provider sent it),\n"
      "model, id, request_id, warnings, refusal and tool_plan (where there is one), cost (with --cost), and error: "
      "null or {\"kind\",\"status\",\"message\"}; the exit status "
      "tells the kind.\n\n"
      "Examples:\n  sloop complete 'Say hello' --model openai/gpt-4o\n"
      "  echo '{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}' | sloop complete --stream");
  command->callback([options, &invocation] {
    invocation.action = [options, &invocation] { return complete(*options, invocation); };
  });
}

void add_prompt(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<ModelCommandOptions>();
  auto* command = app.add_subcommand("prompt", "Asks a model and prints its answer as it comes");
  command->add_option("PROMPT", options->prompt, "What to ask: text, @FILE, or - for standard input")->required();
  command->add_option("--preamble", options->preamble, "What the model is told before");
  options->access.add_to(*command);
  options->access.add_reliability_to(*command);
  command->add_flag("--cost", options->cost, "Tell what the call cost, in US dollars by list prices");
  command->footer("Example:\n  sloop prompt 'Entertain me!' --preamble 'You are a comedian.'");
  command->callback(
      [options, &invocation] { invocation.action = [options, &invocation] { return prompt(*options, invocation); }; });
}

}  // namespace sloop::command
