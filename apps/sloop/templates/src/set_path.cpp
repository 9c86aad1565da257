// SPDX-License-Identifier: Apache-2.0
#include "set_path.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace sloop::templates {
namespace {

/// A directive is not seen in paths: what it is made of is.
Json& inside(Json& value) {
  auto* object = value.if_object();
  if (object == nullptr || object->size() != 1 || !object->begin()->key().starts_with('$')) return value;
  return inside(object->begin()->value());
}

std::string keys_of(const Json& value) {
  if (const auto* list = value.if_array()) return fmt::format("a list of {}", list->size());
  const auto* object = value.if_object();
  if (object == nullptr) return fmt::format("a {}", json_type_name(value));
  std::string out;
  for (const auto& member : *object) out += (out.empty() ? "" : ", ") + std::string(member.key());
  return out.empty() ? "nothing" : out;
}

/// The member that `path` begins with; `path` loses it.
Json* step(Json& value, std::string_view& path) {
  if (auto* list = value.if_array()) {
    const auto text = path.substr(0, path.find('.'));
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc() || end != text.data() + text.size() || index >= list->size()) return nullptr;
    path.remove_prefix(std::min(path.size(), text.size() + 1));
    return &(*list)[index];
  }
  auto* object = value.if_object();
  if (object == nullptr) return nullptr;
  for (auto end = path.size(); end != std::string_view::npos;
       end = end == 0 ? std::string_view::npos : path.rfind('.', end - 1)) {
    if (end != path.size() && path[end] != '.') continue;
    auto* found = object->if_contains(path.substr(0, end));
    if (found == nullptr) continue;
    path.remove_prefix(std::min(path.size(), end + 1));
    return found;
  }
  return nullptr;
}

Json value_of(std::string_view text, const Json* before) {
  if (before != nullptr && before->is_string()) return Json(text);
  auto json = parse_json(text);
  return json ? std::move(*json) : Json(text);
}

}  // namespace

Result<void> set_path(Json& event, std::string_view setting) {
  const auto equals = setting.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return fail(ErrorKind::invalid_input, fmt::format("--set {}: must be PATH=VALUE", setting));
  auto path = setting.substr(0, equals);
  const auto text = setting.substr(equals + 1);
  Json* at = &inside(event);
  while (!path.empty()) {
    const auto rest = path;
    Json* next = step(*at, path);
    if (next == nullptr) {
      auto* object = at->if_object();
      if (object == nullptr || rest.find('.') != std::string_view::npos)
        return fail(ErrorKind::not_found,
                    fmt::format("--set {}: there is no '{}'; there is {}", setting, rest, keys_of(*at)));
      (*object)[boost::json::string_view(rest.data(), rest.size())] = value_of(text, nullptr);
      return {};
    }
    at = &inside(*next);
  }
  *at = value_of(text, at);
  return {};
}

}  // namespace sloop::templates
