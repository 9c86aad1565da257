// SPDX-License-Identifier: Apache-2.0
//
// The arguments of a tool call that come value by value, each with the path where it stands.
//
//   arguments.add({"jsonPath":"$.where.city","stringValue":"Bos","willContinue":true});
//   arguments.add({"jsonPath":"$.where.city","stringValue":"ton"});   // {"where":{"city":"Boston"}}
//
// Source: Vertex AI, "Function calling", streaming of arguments (`PartialArg`); paths are those of RFC 9535 that name
// one place.
#pragma once

#include <string>

#include "sloop/core/json.hpp"

namespace sloop::dialects {

class PartialArguments {
 public:
  void set_all(JsonObject arguments) { arguments_ = std::move(arguments); }
  /// Puts one piece in its place; texts grow. False when the path can't be read.
  bool add(const Json& piece);
  /// Empty when nothing came.
  [[nodiscard]] std::string text() const { return arguments_.empty() ? "" : write_json(arguments_); }

 private:
  JsonObject arguments_;
};

}  // namespace sloop::dialects
