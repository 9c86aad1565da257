// SPDX-License-Identifier: Apache-2.0
//
// The JSON value, and reading and writing JSON text. The value is Boost.JSON's:
// objects keep the order in which members were added, so that requests are
// byte-deterministic.
//
//   Result<Json> value = parse_json(text);
//   std::string text = write_json(*value);
//
// To turn JSON into your own structs and back, see <sloop/core/reflect.hpp>.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <initializer_list>
#include <string>
#include <string_view>

#include "sloop/core/error.hpp"

namespace sloop {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

/// Reads one JSON text (RFC 8259) of at most 64 levels of nesting. Fails with `invalid_input`; the message
/// gives line, column and what was expected, and never quotes the text.
[[nodiscard]] Result<Json> parse_json(std::string_view text);

/// The shortest JSON text of `value`: members in their order, numbers as they
/// round-trip (a whole double keeps no fraction), non-ASCII text as UTF-8.
[[nodiscard]] std::string write_json(const Json& value);

/// Appends `text` to `out` as a quoted JSON string (RFC 8259 section 7).
void append_json_string(std::string& out, std::string_view text);

/// The member `key` of `value`, or null when `value` is no object or has no such member.
[[nodiscard]] const Json* find(const Json& value, std::string_view key);
/// The member at the end of a path of keys, or null.
[[nodiscard]] const Json* find(const Json& value, std::initializer_list<std::string_view> path);

/// The text of the string member `key`; empty view when it is absent or no string.
[[nodiscard]] std::string_view find_string(const Json& value, std::string_view key);

/// What kind of value this is, as used in messages: `object`, `array`, `string`, `number`, `boolean`, `null`.
[[nodiscard]] std::string_view json_type_name(const Json& value);

}  // namespace sloop
