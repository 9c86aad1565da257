// SPDX-License-Identifier: Apache-2.0
//
// Plain aggregates to and from JSON, without macros.
//
//   struct Event { std::string prompt; std::optional<int> limit; };
//   Result<Event> event = read_json<Event>(R"({"prompt":"Hi"})");
//   std::string text = write_json(to_json(*event));
//
// Works for bool, integers, floating point, std::string, enums (by the enumerator's name), std::optional,
// std::vector, std::map/std::unordered_map with string keys, std::variant (the first alternative that fits),
// Json itself, and aggregates of these. A field's default initialiser makes it optional on input only when the
// type is std::optional, or when `ReadOptions::defaults` says so.
//
// A struct may describe its fields:
//   struct Add {
//     double x;
//     static constexpr sloop::FieldInfo field_info[] = {{.name = "x", .description = "First addend"}};
//   };
#pragma once
