// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/provider.hpp"

#include <algorithm>

namespace sloop {
namespace {

constexpr std::string_view kDialectNames[] = {"openai-chat", "openai-responses", "anthropic", "gemini",
                                              "cohere",      "mistral",          "ollama",    "bedrock-converse"};

void leave_out(JsonObject& body, std::vector<std::string>& warnings, std::string_view provider,
               std::initializer_list<std::string_view> members) {
  for (const auto name : members) {
    const auto member = body.find(name);
    if (member == body.end()) continue;
    body.stable_erase(member);
    warnings.push_back(std::string(name) + " is not sent: " + std::string(provider) + " does not have it");
  }
}

void adapt_perplexity(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "Perplexity",
            {"stop", "seed", "logprobs", "top_logprobs", "tools", "tool_choice", "parallel_tool_calls", "user"});
}

void adapt_groq(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "Groq", {"logprobs", "top_logprobs", "metadata"});
}

void adapt_cerebras(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "Cerebras", {"presence_penalty", "frequency_penalty", "metadata"});
}

/// DeepSeek has JSON objects but no schemas; it thinks or does not.
void adapt_deepseek(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "DeepSeek", {"seed", "parallel_tool_calls", "metadata", "user", "service_tier"});
  Json* format = body.if_contains("response_format");
  if (format == nullptr || find_string(*format, "type") != "json_schema") return;
  *format = JsonObject{{"type", "json_object"}};
  warnings.emplace_back("the output schema is not sent: DeepSeek has JSON objects only");
}

void adapt_hyperbolic(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "Hyperbolic", {"tools", "tool_choice", "parallel_tool_calls", "response_format"});
}

void adapt_mira(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "Mira",
            {"tools", "tool_choice", "parallel_tool_calls", "response_format", "stream_options"});
}

/// Moonshot has no forced calls.
void adapt_moonshot(JsonObject& body, std::vector<std::string>& warnings) {
  Json* choice = body.if_contains("tool_choice");
  if (choice == nullptr || *choice == "auto" || *choice == "none") return;
  *choice = "auto";
  warnings.emplace_back("tool_choice is not sent: Moonshot can't be made to call a tool");
}

void adapt_xai(JsonObject& body, std::vector<std::string>& warnings) {
  leave_out(body, warnings, "xAI", {"metadata", "service_tier"});
}

constexpr auto kChat = Dialect::openai_chat;
constexpr auto kBearer = Authentication::bearer;

constexpr Provider kProviders[] = {
    {"openai", Dialect::openai_responses, "https://api.openai.com/v1", kBearer, {"OPENAI_API_KEY"}, "OPENAI_BASE_URL"},
    {"openai-chat", kChat, "https://api.openai.com/v1", kBearer, {"OPENAI_API_KEY"}, "OPENAI_BASE_URL"},
    {.name = "azure",
     .dialect = Dialect::openai_responses,
     .base_url = "",
     .authentication = Authentication::azure,
     .key_variables = {"AZURE_OPENAI_API_KEY", "AZURE_API_KEY"},
     .base_url_variable = "AZURE_OPENAI_ENDPOINT",
     .base_path = "/openai/v1",
     .version_variable = "AZURE_OPENAI_API_VERSION"},
    {.name = "azure-chat",
     .dialect = kChat,
     .base_url = "",
     .authentication = Authentication::azure,
     .key_variables = {"AZURE_OPENAI_API_KEY", "AZURE_API_KEY"},
     .base_url_variable = "AZURE_OPENAI_ENDPOINT",
     .base_path = "/openai/v1",
     .version_variable = "AZURE_OPENAI_API_VERSION"},
    {"anthropic",
     Dialect::anthropic,
     "https://api.anthropic.com",
     Authentication::anthropic,
     {"ANTHROPIC_API_KEY"},
     "ANTHROPIC_BASE_URL"},
    {"gemini",
     Dialect::gemini,
     "https://generativelanguage.googleapis.com",
     Authentication::google,
     {"GEMINI_API_KEY", "GOOGLE_API_KEY"},
     "GEMINI_BASE_URL"},
    {.name = "vertex",
     .dialect = Dialect::gemini,
     .base_url = "https://aiplatform.googleapis.com/v1/publishers/google",
     .authentication = Authentication::google,
     .key_variables = {"VERTEX_API_KEY"},
     .base_url_variable = "VERTEX_BASE_URL"},
    {.name = "bedrock",
     .dialect = Dialect::bedrock_converse,
     .base_url = "https://bedrock-runtime.{region}.amazonaws.com",
     .authentication = Authentication::aws,
     .key_variables = {"AWS_BEARER_TOKEN_BEDROCK"},
     .base_url_variable = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
     .key_optional = true},
    {"cohere", Dialect::cohere, "https://api.cohere.com", kBearer, {"COHERE_API_KEY", "CO_API_KEY"}, "COHERE_BASE_URL"},
    {"mistral", Dialect::mistral, "https://api.mistral.ai", kBearer, {"MISTRAL_API_KEY"}, "MISTRAL_BASE_URL"},
    {.name = "ollama",
     .dialect = Dialect::ollama,
     .base_url = "http://localhost:11434",
     .key_variables = {"OLLAMA_API_KEY"},
     .base_url_variable = "OLLAMA_HOST",
     .key_optional = true},
    {.name = "llamacpp",
     .dialect = kChat,
     .base_url = "http://localhost:8080/v1",
     .key_variables = {"LLAMACPP_API_KEY"},
     .base_url_variable = "LLAMACPP_BASE_URL",
     .key_optional = true},
    {.name = "vllm",
     .dialect = kChat,
     .base_url = "http://localhost:8000/v1",
     .key_variables = {"VLLM_API_KEY"},
     .base_url_variable = "VLLM_BASE_URL",
     .key_optional = true},
    {.name = "groq",
     .dialect = kChat,
     .base_url = "https://api.groq.com/openai/v1",
     .key_variables = {"GROQ_API_KEY"},
     .base_url_variable = "GROQ_BASE_URL",
     .adapt = adapt_groq},
    {.name = "xai",
     .dialect = kChat,
     .base_url = "https://api.x.ai/v1",
     .key_variables = {"XAI_API_KEY"},
     .base_url_variable = "XAI_BASE_URL",
     .adapt = adapt_xai},
    {.name = "deepseek",
     .dialect = kChat,
     .base_url = "https://api.deepseek.com",
     .key_variables = {"DEEPSEEK_API_KEY"},
     .base_url_variable = "DEEPSEEK_BASE_URL",
     .adapt = adapt_deepseek},
    {"together", kChat, "https://api.together.xyz/v1", kBearer, {"TOGETHER_API_KEY"}, "TOGETHER_BASE_URL"},
    {"fireworks", kChat, "https://api.fireworks.ai/inference/v1", kBearer, {"FIREWORKS_API_KEY"}, "FIREWORKS_BASE_URL"},
    {.name = "perplexity",
     .dialect = kChat,
     .base_url = "https://api.perplexity.ai",
     .key_variables = {"PERPLEXITY_API_KEY"},
     .base_url_variable = "PERPLEXITY_BASE_URL",
     .adapt = adapt_perplexity},
    {"openrouter", kChat, "https://openrouter.ai/api/v1", kBearer, {"OPENROUTER_API_KEY"}, "OPENROUTER_BASE_URL"},
    {"huggingface",
     kChat,
     "https://router.huggingface.co/v1",
     kBearer,
     {"HF_TOKEN", "HUGGINGFACE_API_KEY"},
     "HUGGINGFACE_BASE_URL"},
    {.name = "hyperbolic",
     .dialect = kChat,
     .base_url = "https://api.hyperbolic.xyz/v1",
     .key_variables = {"HYPERBOLIC_API_KEY"},
     .base_url_variable = "HYPERBOLIC_BASE_URL",
     .adapt = adapt_hyperbolic},
    {.name = "moonshot",
     .dialect = kChat,
     .base_url = "https://api.moonshot.ai/v1",
     .key_variables = {"MOONSHOT_API_KEY"},
     .base_url_variable = "MOONSHOT_BASE_URL",
     .adapt = adapt_moonshot},
    {"minimax", kChat, "https://api.minimax.io/v1", kBearer, {"MINIMAX_API_KEY"}, "MINIMAX_BASE_URL"},
    {"zai", kChat, "https://api.z.ai/api/paas/v4", kBearer, {"ZAI_API_KEY"}, "ZAI_BASE_URL"},
    {.name = "cerebras",
     .dialect = kChat,
     .base_url = "https://api.cerebras.ai/v1",
     .key_variables = {"CEREBRAS_API_KEY"},
     .base_url_variable = "CEREBRAS_BASE_URL",
     .adapt = adapt_cerebras},
    {"sambanova", kChat, "https://api.sambanova.ai/v1", kBearer, {"SAMBANOVA_API_KEY"}, "SAMBANOVA_BASE_URL"},
    {"nvidia", kChat, "https://integrate.api.nvidia.com/v1", kBearer, {"NVIDIA_API_KEY"}, "NVIDIA_BASE_URL"},
    {"venice", kChat, "https://api.venice.ai/api/v1", kBearer, {"VENICE_API_KEY"}, "VENICE_BASE_URL"},
    {"doubleword", kChat, "https://api.doubleword.ai/v1", kBearer, {"DOUBLEWORD_API_KEY"}, "DOUBLEWORD_BASE_URL"},
    {.name = "mira",
     .dialect = kChat,
     .base_url = "https://api.mira.network/v1",
     .key_variables = {"MIRA_API_KEY"},
     .base_url_variable = "MIRA_BASE_URL",
     .adapt = adapt_mira},
    {"github", kChat, "https://models.github.ai/inference", kBearer, {"GITHUB_TOKEN"}, "GITHUB_MODELS_BASE_URL"},
};

}  // namespace

std::string_view to_string(Dialect dialect) noexcept {
  return kDialectNames[static_cast<std::size_t>(dialect)];
}

std::span<const std::string_view> dialect_names() noexcept {
  return kDialectNames;
}

std::optional<Dialect> find_dialect(std::string_view name) noexcept {
  const auto* found = std::ranges::find(kDialectNames, name);
  if (found == std::end(kDialectNames)) return std::nullopt;
  return static_cast<Dialect>(found - std::begin(kDialectNames));
}

std::span<const Provider> providers() noexcept {
  return kProviders;
}

const Provider* find_provider(std::string_view name) noexcept {
  const auto* row = std::ranges::find(kProviders, name, &Provider::name);
  return row == std::end(kProviders) ? nullptr : row;
}

const Provider& home_of(Dialect dialect) noexcept {
  return *std::ranges::find(kProviders, dialect, &Provider::dialect);
}

}  // namespace sloop
