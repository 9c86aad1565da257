// SPDX-License-Identifier: Apache-2.0
//
// Joins messages to turns, for formats in which user and assistant take turns: messages of users and tools that follow
// each other are one turn of the user, the results of tools first.
//
//   Turns turns([](const Json& block) { return find(block, "toolResult") != nullptr; });
//   turns.add(message.role, std::move(blocks));
//   body["messages"] = turns.take();
#pragma once

#include <string_view>
#include <utility>

#include "sloop/core/json.hpp"
#include "sloop/model/message.hpp"

namespace sloop::dialects {

class Turns {
 public:
  /// `is_result` tells the blocks that hold a tool's result.
  explicit Turns(bool (*is_result)(const Json& block)) : is_result_(is_result) {}

  void add(Role role, JsonArray blocks) {
    const bool assistant = role == Role::assistant;
    if (assistant != assistant_) end_turn();
    assistant_ = assistant;
    for (Json& block : blocks) (!assistant && is_result_(block) ? results_ : rest_).push_back(std::move(block));
  }

  JsonArray take() {
    end_turn();
    return std::move(messages_);
  }

 private:
  void end_turn() {
    JsonArray content = std::exchange(results_, {});
    for (Json& block : std::exchange(rest_, {})) content.push_back(std::move(block));
    // The content is always a list: another block then extends the bytes.
    if (!content.empty())
      messages_.push_back(JsonObject{{"role", assistant_ ? "assistant" : "user"}, {"content", std::move(content)}});
  }

  bool (*is_result_)(const Json& block);
  JsonArray messages_;
  JsonArray results_;
  JsonArray rest_;
  bool assistant_ = false;
};

}  // namespace sloop::dialects
