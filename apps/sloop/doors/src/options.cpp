// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/options.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace sloop::doors {
namespace {

constexpr std::array<std::pair<std::string_view, DoorKind>, 4> kKinds = {{{"url", DoorKind::url},
                                                                          {"http-api", DoorKind::http_api},
                                                                          {"rest-api", DoorKind::rest_api},
                                                                          {"alb", DoorKind::load_balancer}}};

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

Result<void> wrong(std::string_view part, std::string_view remedy) {
  return fail(ErrorKind::invalid_input, fmt::format("'{}': {}", part, remedy));
}

/// `image/*` and the like.
bool is_media_type(std::string_view text) {
  const auto slash = text.find('/');
  return slash != 0 && slash != std::string_view::npos && slash + 1 < text.size();
}

Result<void> set_api(DoorOptions& door, std::string_view name, std::string_view value) {
  if (name == "stage") {
    if (value.empty() || value.find('/') != std::string_view::npos)
      return wrong(value, "a stage is a name without slashes");
    door.stage = value;
  } else if (name == "route") {
    auto route = parse_route(value);
    if (!route) return fail(route.error());
    door.routes.push_back(std::move(*route));
  } else {
    if (!is_media_type(value)) return wrong(value, "binary wants a media type such as image/png or */*");
    door.binary.emplace_back(value);
  }
  return {};
}

Result<void> set_cors(CorsOptions& cors, std::string_view name, std::string_view value) {
  if (name == "credentials")
    cors.credentials = true;
  else if (name == "max-age" && !read_number(value, cors.max_age))
    return wrong(value, "max-age is a number of seconds");
  else if (name == "origin")
    cors.origins.emplace_back(value);
  else if (name == "method")
    cors.methods.emplace_back(value);
  else if (name == "header")
    cors.headers.emplace_back(value);
  else if (name == "expose")
    cors.expose.emplace_back(value);
  return {};
}

/// The settings that a kind of door has, each between spaces.
std::string_view settings_of(DoorKind kind) {
  switch (kind) {
    case DoorKind::url: return " stream origin method header expose max-age credentials ";
    case DoorKind::http_api: return " stage route origin method header expose max-age credentials ";
    case DoorKind::rest_api: return " stage route binary ";
    case DoorKind::load_balancer: return " multi-value ";
  }
  return "";
}

Result<void> set(DoorOptions& door, std::string_view part) {
  const auto equals = part.find('=');
  const auto name = part.substr(0, equals);
  const auto value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
  const auto known = settings_of(door.kind);
  if (name.empty() || known.find(fmt::format(" {} ", name)) == std::string_view::npos)
    return wrong(part, fmt::format("{} has the settings{}", door_name(door.kind), known.substr(0, known.size() - 1)));
  if (name == "stream" || name == "multi-value") {
    (name == "stream" ? door.stream : door.multi_value) = true;
    return {};
  }
  if (name == "stage" || name == "route" || name == "binary") return set_api(door, name, value);
  return set_cors(door.cors, name, value);
}

}  // namespace

std::string_view door_name(DoorKind kind) {
  for (const auto& [name, value] : kKinds)
    if (value == kind) return name;
  return "";
}

Result<DoorOptions> parse_door(std::string_view text) {
  DoorOptions door;
  const auto first = text.substr(0, text.find(','));
  const auto equals = first.find('=');
  const auto kind = first.substr(0, equals);
  bool known = false;
  for (const auto& [name, value] : kKinds) {
    if (name != kind) continue;
    door.kind = value;
    known = true;
  }
  if (!known)
    return fail(ErrorKind::invalid_input, fmt::format("door '{}': must be url, http-api, rest-api or alb", kind));
  if (equals != std::string_view::npos && !read_number(first.substr(equals + 1), door.port))
    return fail(ErrorKind::invalid_input, fmt::format("door '{}': the port must be 0 to 65535", first));
  for (auto rest = text.substr(first.size()); !rest.empty();) {
    rest.remove_prefix(1);  // the comma
    const auto part = rest.substr(0, rest.find(','));
    if (auto done = set(door, part); !done) return fail(done.error().within(fmt::format("door {}", kind)));
    rest.remove_prefix(part.size());
  }
  return door;
}

}  // namespace sloop::doors
