// SPDX-License-Identifier: Apache-2.0
#include "anthropic_settings.hpp"

#include <algorithm>

#include "anthropic_models.hpp"
#include "encoding.hpp"
#include "schema_rules.hpp"

namespace sloop::dialects::anthropic {
namespace {

constexpr std::int64_t kSmallestBudget = 1024;

/// Adds settings to a body, and tells those that this model does not take.
class Settings {
 public:
  Settings(const ModelRequest& request, std::string_view model, JsonObject& body, std::vector<std::string>& warnings)
      : request_(request), traits_(traits_of(model)), body_(body), warnings_(warnings) {}

  void add() {
    add_tools();
    add_tool_choice();
    add_effort();
    add_output_schema();
    add_sampling();
    if (!request_.user.empty()) body_["metadata"] = JsonObject{{"user_id", request_.user}};
    if (!request_.service_tier.empty())
      body_["service_tier"] = request_.service_tier == "default" ? "standard_only" : request_.service_tier;
    note_absent();
  }

 private:
  void note(bool is_set, std::string_view setting, std::string_view why) {
    if (is_set) warnings_.push_back(std::string(setting) + " is not sent: " + std::string(why));
  }

  void add_tools() {
    if (request_.tools.empty()) return;
    JsonArray tools;
    for (const auto& tool : request_.tools) tools.push_back(tool_json(tool));
    body_["tools"] = std::move(tools);
  }

  static Json tool_json(const ToolDefinition& tool) {
    JsonObject out{{"name", tool.name}};
    if (!tool.description.empty()) out["description"] = tool.description;
    // The API requires the type, also of a tool without arguments.
    JsonObject schema{{"type", "object"}};
    if (tool.schema.is_object())
      for (const auto& member : tool.schema.get_object()) schema[member.key()] = member.value();
    out["input_schema"] = std::move(schema);
    if (tool.cache) out["cache_control"] = cache_control(*tool.cache);
    return out;
  }

  /// Tools of the provider's own may stand in `extra`.
  [[nodiscard]] bool has_tools() const { return !request_.tools.empty() || find(request_.extra, "tools") != nullptr; }

  void add_tool_choice() {
    const bool one_at_most = request_.parallel_tool_calls && !*request_.parallel_tool_calls;
    if (!request_.tool_choice && !one_at_most) return;
    if (!has_tools()) return note(request_.tool_choice.has_value(), "tool_choice", "the request has no tools");
    const ToolChoice choice = request_.tool_choice.value_or(ToolChoice{});
    JsonObject out{{"type", choice_type(choice.mode)}};
    if (choice.mode == ToolChoiceMode::named) out["name"] = choice.name;
    if (choice.mode != ToolChoiceMode::none && request_.parallel_tool_calls)
      out["disable_parallel_tool_use"] = one_at_most;
    body_["tool_choice"] = std::move(out);
  }

  static std::string_view choice_type(ToolChoiceMode mode) {
    switch (mode) {
      case ToolChoiceMode::none: return "none";
      case ToolChoiceMode::required: return "any";
      case ToolChoiceMode::named: return "tool";
      case ToolChoiceMode::automatic: break;
    }
    return "auto";
  }

  [[nodiscard]] bool forces_tool() const {
    return request_.tool_choice && (request_.tool_choice->mode == ToolChoiceMode::required ||
                                    request_.tool_choice->mode == ToolChoiceMode::named);
  }

  void add_effort() {
    if (!request_.reasoning_effort) return;
    const ReasoningEffort effort = *request_.reasoning_effort;
    if (effort == ReasoningEffort::none) return turn_thinking_off();
    if (traits_.thinking == Thinking::none) return note(true, "reasoning_effort", "this model does not think");
    if (traits_.thinking == Thinking::adaptive) {
      output_config()["effort"] = effort_name(effort);
      note(forces_tool() && !traits_.always_thinks, "thinking", "a forced tool call excludes it");
      if (!forces_tool()) body_["thinking"] = JsonObject{{"type", "adaptive"}};
    } else {
      add_budget(effort);
    }
  }

  void turn_thinking_off() {
    if (traits_.always_thinks) {
      note(true, "reasoning_effort none", "this model always thinks; it gets the lowest effort");
      output_config()["effort"] = "low";
    } else if (traits_.thinking != Thinking::none && !traits_.thinking_off.empty()) {
      body_["thinking"] = JsonObject{{"type", traits_.thinking_off}};
    }
  }

  void add_budget(ReasoningEffort effort) {
    if (forces_tool()) return note(true, "reasoning_effort", "a forced tool call excludes thinking");
    const std::int64_t limit = request_.sampling.max_tokens.value_or(traits_.max_output);
    if (limit <= kSmallestBudget) return note(true, "reasoning_effort", "max_tokens leaves no room for thinking");
    // The budget counts in max_tokens: half of it stays for the answer.
    const std::int64_t budget = std::min(budget_of(effort), std::max(kSmallestBudget, limit / 2));
    body_["thinking"] = JsonObject{{"type", "enabled"}, {"budget_tokens", budget}};
  }

  static std::int64_t budget_of(ReasoningEffort effort) {
    switch (effort) {
      case ReasoningEffort::low: return 4096;
      case ReasoningEffort::medium: return 8192;
      case ReasoningEffort::high: return 16384;
      case ReasoningEffort::maximum: return 32768;
      case ReasoningEffort::none:
      case ReasoningEffort::minimal: break;
    }
    return kSmallestBudget;
  }

  static std::string_view effort_name(ReasoningEffort effort) {
    switch (effort) {
      case ReasoningEffort::medium: return "medium";
      case ReasoningEffort::high: return "high";
      case ReasoningEffort::maximum: return "max";
      case ReasoningEffort::none:
      case ReasoningEffort::minimal:
      case ReasoningEffort::low: break;
    }
    return "low";
  }

  void add_output_schema() {
    if (!request_.output_schema) return;
    if (!request_.output_schema->schema.is_object())
      return note(true, "the output schema", "Anthropic has no JSON without a schema");
    output_config()["format"] =
        JsonObject{{"type", "json_schema"}, {"schema", closed_schema(request_.output_schema->schema)}};
  }

  JsonObject& output_config() {
    Json& config = body_["output_config"];
    return config.is_object() ? config.get_object() : config.emplace_object();
  }

  [[nodiscard]] bool thinks() const {
    const Json* thinking = body_.if_contains("thinking");
    if (thinking == nullptr) return false;
    const auto type = find_string(*thinking, "type");
    return type == "enabled" || type == "adaptive";
  }

  void add_sampling() {
    const Sampling& sampling = request_.sampling;
    if (!sampling.stop.empty()) body_["stop_sequences"] = JsonArray(sampling.stop.begin(), sampling.stop.end());
    const auto add = [this](std::string_view name, const auto& value, bool taken, std::string_view why) {
      if (value && taken) body_[name] = *value;
      note(value && !taken, name, why);
    };
    const bool free = traits_.takes_sampling && !thinks();
    const std::string_view why = traits_.takes_sampling ? "not while the model thinks" : "this model does not take it";
    add("temperature", sampling.temperature, free, why);
    // Beside thinking, 0.95 to 1 is allowed.
    const bool mild = traits_.takes_sampling && sampling.top_p.value_or(0) >= 0.95;
    if (sampling.temperature && free && !traits_.takes_both)
      add("top_p", sampling.top_p, false, "this model takes either temperature or top_p");
    else
      add("top_p", sampling.top_p, free || mild, why);
    add("top_k", sampling.top_k, free, why);
  }

  void note_absent() {
    const LeftOut left("Anthropic", warnings_);
    left.note(request_.sampling.seed.has_value(), "seed");
    left.note(request_.sampling.presence_penalty.has_value(), "presence_penalty");
    left.note(request_.sampling.frequency_penalty.has_value(), "frequency_penalty");
    left.note(request_.sampling.top_logprobs.has_value(), "top_logprobs");
    left.note(!request_.metadata.empty(), "metadata");
  }

  const ModelRequest& request_;
  ModelTraits traits_;
  JsonObject& body_;
  std::vector<std::string>& warnings_;
};

}  // namespace

Json cache_control(const CachePoint& cache) {
  return JsonObject{{"type", "ephemeral"}, {"ttl", cache.ttl_seconds <= 300 ? "5m" : "1h"}};
}

std::int64_t max_tokens_of(const ModelRequest& request, std::string_view model) {
  return request.sampling.max_tokens.value_or(traits_of(model).max_output);
}

void add_settings(const ModelRequest& request, std::string_view model, JsonObject& body,
                  std::vector<std::string>& warnings) {
  Settings(request, model, body, warnings).add();
}

}  // namespace sloop::dialects::anthropic
