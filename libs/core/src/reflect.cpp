// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/reflect.hpp"

#include <algorithm>

namespace sloop::detail {

std::string JsonPath::text() const {
  if (parent == nullptr) return std::string(key);
  const std::string before = parent->text();
  if (key.data() == nullptr) return before + "[" + std::to_string(index) + "]";
  return before.empty() ? std::string(key) : before + "." + std::string(key);
}

bool JsonReader::refuse(const JsonPath& path, std::string_view message) {
  const std::string place = path.text();
  error =
      Error{.kind = ErrorKind::invalid_input, .message = (place.empty() ? "" : place + ": ") + std::string(message)};
  return false;
}

bool JsonReader::refuse_type(const JsonPath& path, std::string_view expected, const Json& got) {
  return refuse(path, "expected " + std::string(expected) + ", got " + std::string(json_type_name(got)));
}

bool JsonReader::refuse_enum(const JsonPath& path, std::span<const std::string_view> names, const Json& got) {
  std::string known;
  for (const auto name : names)
    if (!name.empty()) known += (known.empty() ? "" : ", ") + std::string(name);
  if (!got.is_string()) return refuse(path, "expected one of " + known + ", got " + std::string(json_type_name(got)));
  return refuse(path, "is none of " + known);
}

bool JsonReader::read_integer(const JsonPath& path, const Json& value, std::int64_t low, std::int64_t high,
                              std::int64_t& out) {
  const auto range = [&] { return "is out of range: " + std::to_string(low) + " to " + std::to_string(high); };
  if (!value.is_number()) return refuse_type(path, "integer", value);
  if (value.is_uint64()) return refuse(path, range());  // Boost.JSON: beyond the signed range
  if (value.is_double()) {
    const double number = value.get_double();
    if (number != std::trunc(number)) return refuse(path, "expected integer, got a number with a fraction");
    if (number < -0x1p63 || number >= 0x1p63) return refuse(path, range());
    out = static_cast<std::int64_t>(number);
  } else {
    out = value.get_int64();
  }
  return (out >= low && out <= high) || refuse(path, range());
}

bool JsonReader::read_unsigned(const JsonPath& path, const Json& value, std::uint64_t high, std::uint64_t& out) {
  const auto range = [&] { return "is out of range: 0 to " + std::to_string(high); };
  if (value.is_uint64()) {
    out = value.get_uint64();
  } else {
    std::int64_t number = 0;
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    if (!read_integer(path, value, std::numeric_limits<std::int64_t>::min(), kMax, number)) return false;
    if (number < 0) return refuse(path, range());
    out = static_cast<std::uint64_t>(number);
  }
  return out <= high || refuse(path, range());
}

bool JsonReader::read_double(const JsonPath& path, const Json& value, double& out) {
  if (!value.is_number()) return refuse_type(path, "number", value);
  out = value.to_number<double>();
  return true;
}

bool JsonReader::check_known(const JsonPath& path, const JsonObject& object, std::span<const FieldInfo> known) {
  for (const auto& member : object) {
    const std::string_view key = member.key();
    if (std::ranges::none_of(known, [&](const FieldInfo& info) { return info.json_key() == key; })) {
      std::string names;
      for (const auto& info : known) names += (names.empty() ? "" : ", ") + std::string(info.json_key());
      return refuse(JsonPath{.parent = &path, .key = key}, "is unknown; known are " + names);
    }
  }
  return true;
}

}  // namespace sloop::detail
