// SPDX-License-Identifier: Apache-2.0
//
// The members of a JSON object that a struct has no field for, kept so that reading and writing lose nothing.
//
//   struct Message {
//     std::string body;
//     std::optional<std::string> group;
//     Rest rest;
//   };
//   auto message = read_json<Message>(R"({"body":"b","group":null,"new":1})");
//   write_json(to_json(*message));   // the same three members: unknown ones, and nulls of optional fields
//
// At most one field of a struct is a `Rest`; it is no member of the JSON itself. Members stand behind the known ones,
// in the order of their arrival, and never take the place of a field that has a value.
#pragma once

#include "sloop/core/json.hpp"

namespace sloop {

struct Rest {
  JsonObject members = {};

  /// The member `key`, or null.
  [[nodiscard]] const Json* find(std::string_view key) const { return members.if_contains(key); }
};

}  // namespace sloop
