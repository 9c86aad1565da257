// SPDX-License-Identifier: Apache-2.0
//
// The options by which all subcommands that call a model are told which one, where it is and how long it may take.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "sloop/model/model.hpp"

namespace sloop::command {

struct ModelAccess {
  std::string model = "openai/gpt-4o";
  std::string dialect = {};
  std::string base_url = {};
  std::string api_key = {};
  int timeout = 600;
  int attempts = 3;

  /// Declares `--model`, `--dialect`, `--base-url`, `--api-key`, `--timeout`, `--attempts`.
  void add_to(CLI::App& command);

  [[nodiscard]] ModelOptions options() const;
  [[nodiscard]] CallOptions limits() const;
  /// What `--dialect` names; nothing when it is not given. Fails with `invalid_input` and the list of names.
  [[nodiscard]] Result<std::optional<Dialect>> named_dialect() const;
  /// The model of a provider, or of any server that speaks the dialect.
  [[nodiscard]] Result<std::shared_ptr<Model>> open() const;
  /// The name of the provider whose prices count.
  [[nodiscard]] std::string provider() const;
  /// The model's name without the provider's.
  [[nodiscard]] std::string model_name() const;
};

}  // namespace sloop::command
