// SPDX-License-Identifier: Apache-2.0
//
// JSON Schemas as each vendor accepts them. All are pure functions from a schema to a schema; unknown keywords are
// kept unless the vendor is known to refuse them.
#pragma once

#include <optional>
#include <string_view>

#include "sloop/core/json.hpp"
#include "sloop/model/request.hpp"

namespace sloop::dialects {

/// For OpenAI's strict mode: every object refuses additional properties and requires all of its own; a property that
/// was optional may be null instead. `oneOf` becomes `anyOf`, and siblings of `$ref` are dropped.
/// Source: OpenAI, "Structured outputs", supported schemas.
[[nodiscard]] Json strict_schema(const Json& schema);

/// For Anthropic's structured outputs: every object refuses additional properties; limits on numbers, lengths and lists
/// that the grammar does not have go into the description. Source: Anthropic, "Structured outputs", JSON Schema
/// limitations.
[[nodiscard]] Json closed_schema(const Json& schema);

/// For Gemini's `parameters`, the subset of OpenAPI 3.0 that it takes: `$ref` is replaced by what it names, a list of
/// types with null becomes `nullable`, `const` an `enum`, `oneOf` an `anyOf`; keywords that the API refuses
/// (`additionalProperties`, `$schema`) are dropped. Nothing when the schema refers to itself or to something unknown.
/// Source: googleapis, `google/ai/generativelanguage/v1beta/content.proto`, `Schema`.
[[nodiscard]] std::optional<Json> open_api_schema(const Json& schema);

/// The scale of OpenAI: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`.
[[nodiscard]] std::string_view openai_effort(ReasoningEffort effort);

}  // namespace sloop::dialects
