// SPDX-License-Identifier: Apache-2.0
//
// The table of providers: a row says all that one differs in from the others of its wire format.
//
//   const Provider* groq = find_provider("groq");   // Chat Completions at api.groq.com, key in GROQ_API_KEY
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/json.hpp"

namespace sloop {

/// The wire formats; `src/dialects` has a file pair for each.
enum class Dialect { openai_chat, openai_responses, anthropic, gemini, cohere, mistral, ollama, bedrock_converse };

/// As the command writes them: `openai-chat`, `bedrock-converse`.
[[nodiscard]] std::string_view to_string(Dialect dialect) noexcept;
/// All names, in the order of the enumerators.
[[nodiscard]] std::span<const std::string_view> dialect_names() noexcept;
[[nodiscard]] std::optional<Dialect> find_dialect(std::string_view name) noexcept;

/// How a request shows who sends it.
enum class Authentication {
  none,
  /// `authorization: Bearer KEY`
  bearer,
  /// `x-api-key: KEY`, with `anthropic-version`
  anthropic,
  /// `api-key: KEY`
  azure,
  /// `x-goog-api-key: KEY`
  google,
  /// Signature Version 4, or `authorization: Bearer KEY` with a Bedrock API key
  aws,
};

struct Provider {
  /// The part before the slash in `openai/gpt-4o`.
  std::string_view name;
  Dialect dialect;
  /// The API's address up to its version; `{region}` stands for AWS's region. Empty: there is no public one, the user
  /// gives it.
  std::string_view base_url;
  Authentication authentication = Authentication::bearer;
  /// The variables that hold the key, the first that is set counts; none: no key is needed.
  std::array<std::string_view, 2> key_variables = {};
  /// The variable that replaces `base_url`.
  std::string_view base_url_variable = {};
  /// A key is sent when there is one, but its absence is no error.
  bool key_optional = false;
  /// Stands between an address without path and what the dialect adds: `/openai/v1`.
  std::string_view base_path = {};
  /// The variable that names a dated version of the API, where addresses are made with it (Azure): `2024-10-21`.
  std::string_view version_variable = {};
  /// Changes a body to what this provider accepts, and tells what it left out.
  void (*adapt)(JsonObject& body, std::vector<std::string>& warnings) = nullptr;
};

[[nodiscard]] std::span<const Provider> providers() noexcept;
/// Null when there is none of that name.
[[nodiscard]] const Provider* find_provider(std::string_view name) noexcept;
/// The provider that speaks this dialect first of all: whose variables count when only the dialect is named.
[[nodiscard]] const Provider& home_of(Dialect dialect) noexcept;

}  // namespace sloop
