// SPDX-License-Identifier: Apache-2.0
//
// The extensions of one environment and what they may ask when: states and refusals as values, without sockets, clocks
// or locks.
//
//   ExtensionRegistry registry;
//   registry.expect("shipper");                                    // an external one, about to be started
//   auto id = registry.add("shipper", R"({"events":["INVOKE"]})");
//   registry.ask_next(*id);                                        // it is ready
//   registry.announce("INVOKE", event);
//   registry.take_next(*id);                                       // and gets the event
//
// Source: AWS Lambda Developer Guide, "Using the Lambda Extensions API"; the refusals are those of the AWS Lambda
// Runtime Interface Emulator.
#pragma once

#include <deque>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "sloop/core/headers.hpp"
#include "sloop/core/json.hpp"
#include "sloop/emulator/runtime_machine.hpp"

namespace sloop::emulator {

struct Extension {
  std::string name = {};
  /// Started by the platform, not by the function.
  bool external = false;
  std::set<std::string> events = {};
  /// Whether it waits for an event.
  bool ready = false;
  /// It has reported an error; nothing but its end is to follow.
  bool failed = false;
  std::deque<JsonObject> waiting = {};
};

class ExtensionRegistry {
 public:
  /// `concurrent`: in an environment that takes several events at once, none is told of them.
  explicit ExtensionRegistry(bool concurrent = false) : concurrent_(concurrent) {}

  // The platform's side.

  /// An external extension of that name is about to be started.
  void expect(std::string name);
  /// Refuses registrations from now on.
  void close() { closed_ = true; }
  /// Gives an event to all that asked for its kind (`INVOKE`, `SHUTDOWN`).
  void announce(std::string_view kind, const JsonObject& event);
  [[nodiscard]] bool all_registered() const;
  /// Whether all external ones are there, and all wait for an event.
  [[nodiscard]] bool all_ready() const;
  [[nodiscard]] bool empty() const { return extensions_.empty() && expected_.empty(); }
  [[nodiscard]] bool has_external() const;
  /// What the first that failed reported: `Extension.InitError` and the like.
  [[nodiscard]] const std::optional<std::string>& failure() const { return failure_; }
  [[nodiscard]] const Extension* find(std::string_view id) const;

  // The extensions' side.

  /// Returns the new identifier.
  [[nodiscard]] std::expected<std::string, Refusal> add(std::string_view name, std::string_view body);
  [[nodiscard]] std::expected<const Extension*, Refusal> known(const Headers& headers) const;
  [[nodiscard]] std::optional<Refusal> ask_next(std::string_view id);
  /// Nothing while there is no event.
  [[nodiscard]] std::optional<JsonObject> take_next(std::string_view id);
  /// `/init/error` (while it is initialised) and `/exit/error`.
  [[nodiscard]] std::optional<Refusal> fail(std::string_view id, std::string_view kind, const Headers& headers);

 private:
  bool concurrent_;
  bool closed_ = false;
  std::set<std::string, std::less<>> expected_;
  std::map<std::string, Extension, std::less<>> extensions_;
  std::optional<std::string> failure_;
};

/// The identifier of an extension's call, by its header.
[[nodiscard]] std::string_view extension_identifier(const Headers& headers);

}  // namespace sloop::emulator
