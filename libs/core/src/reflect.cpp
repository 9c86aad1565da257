// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/reflect.hpp"

#include <algorithm>

namespace sloop::detail {
namespace {

const FieldPlan* find_plan(std::span<const FieldPlan> plan, std::string_view key) {
  const auto found =
      std::ranges::find_if(plan, [&](const FieldPlan& field) { return !field.type->rest && field.key == key; });
  return found == plan.end() ? nullptr : &*found;
}

/// What the fields don't hold: unknown members, and nulls of optional fields.
void keep_rest(const JsonObject& object, std::span<const FieldPlan> plan, JsonObject& rest) {
  for (const auto& member : object) {
    const FieldPlan* known = find_plan(plan, member.key());
    if (known == nullptr || (known->type->optional && member.value().is_null()))
      rest.emplace(member.key(), member.value());
  }
}

}  // namespace

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

bool JsonReader::read_field(const JsonPath& path, const Json* member, const FieldPlan& plan, void* field) {
  if (member != nullptr) return plan.type->read(*this, path, *member, field);
  return plan.optional || options.defaults || refuse(path, "is required");
}

bool JsonReader::read_fields(const JsonPath& path, const Json& value, std::span<const FieldPlan> plan,
                             void* const* fields) {
  if (!value.is_object()) return refuse_type(path, "object", value);
  const JsonObject& object = value.get_object();
  Rest* rest = nullptr;
  std::size_t known = 0;
  bool nulls = false;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (plan[i].type->rest) {
      rest = static_cast<Rest*>(fields[i]);
      continue;
    }
    const Json* member = object.if_contains(plan[i].key);
    if (!read_field(JsonPath{.parent = &path, .key = plan[i].key}, member, plan[i], fields[i])) return false;
    known += member != nullptr ? 1 : 0;
    nulls = nulls || (member != nullptr && member->is_null());
  }
  if (rest != nullptr) {
    rest->members.clear();
    if (known < object.size() || nulls) keep_rest(object, plan, rest->members);
  }
  return !options.refuse_unknown || known == object.size() || check_known(path, object, plan);
}

bool JsonReader::check_known(const JsonPath& path, const JsonObject& object, std::span<const FieldPlan> plan) {
  for (const auto& member : object) {
    const std::string_view key = member.key();
    if (find_plan(plan, key) == nullptr) {
      std::string names;
      for (const auto& field : plan) names += (names.empty() ? "" : ", ") + std::string(field.key);
      return refuse(JsonPath{.parent = &path, .key = key}, "is unknown; known are " + names);
    }
  }
  return true;
}

Json write_fields(std::span<const FieldPlan> plan, const void* const* fields) {
  JsonObject object;
  object.reserve(plan.size());
  const Rest* rest = nullptr;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    Json value;
    if (plan[i].type->rest)
      rest = static_cast<const Rest*>(fields[i]);
    else if (plan[i].type->write(fields[i], value))
      object.emplace(plan[i].key, std::move(value));
  }
  if (rest != nullptr)
    for (const auto& member : rest->members) object.emplace(member.key(), member.value());
  return object;
}

}  // namespace sloop::detail
