// SPDX-License-Identifier: Apache-2.0
//
// The options by which all subcommands that call a model are told which one, where it is and how long it may take.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "sloop/model/model.hpp"
#include "subcommands.hpp"

namespace sloop::command {

struct ModelAccess {
  std::string model = "openai/gpt-4o";
  std::string dialect = {};
  std::string base_url = {};
  std::string api_key = {};
  int timeout = 600;
  std::vector<std::string> fallbacks = {};
  std::string cache = {};
  double first_content = 0;
  double between_chunks = 0;
  int attempts = 3;

  /// Declares `--model`, `--dialect`, `--base-url`, `--api-key`, `--timeout`, `--attempts`.
  void add_to(CLI::App& command);

  /// Declares `--fallback`, `--cache`, `--first-content`, `--between-chunks`, which `open` follows.
  void add_reliability_to(CLI::App& command);

  [[nodiscard]] ModelOptions options() const;
  [[nodiscard]] CallOptions limits() const;
  /// What `--dialect` names; nothing when it is not given. Fails with `invalid_input` and the list of names.
  [[nodiscard]] Result<std::optional<Dialect>> named_dialect() const;
  /// The model of a provider, or of any server that speaks the dialect; with its fallbacks and its cache.
  [[nodiscard]] Result<std::shared_ptr<Model>> open() const;
  /// The name of the provider whose prices count.
  [[nodiscard]] std::string provider() const;
  /// The model's name without the provider's.
  [[nodiscard]] std::string model_name() const;
};

/// A question, or where there is none the neutral request that standard input holds. Fails with `invalid_input`.
[[nodiscard]] Result<ModelRequest> request_of(const std::string& prompt, std::istream& in);

/// Declares `--cost`.
void add_cost(CLI::App& command, bool& cost);
/// What a call cost, by what the provider says (`told`, or in its usage), else by the table; null when neither knows.
[[nodiscard]] Json cost_json(const ModelAccess& access, std::string_view answered_by, const Usage& usage,
                             const Json& provider_usage, std::optional<double> told = {});

[[nodiscard]] Json error_json(const Error& error);
/// Prints the object, with the error where there is one; returns the exit status.
int print_result(Invocation& invocation, JsonObject out, const Error* error);

}  // namespace sloop::command
