// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/routes.hpp"

#include <algorithm>

namespace sloop::doors {
namespace {

constexpr std::string_view kDefault = "$default";

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const auto slash = path.find('/');
    out.push_back(path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
  }
  return out;
}

bool is_capture(std::string_view segment) {
  return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}
bool is_greedy(std::string_view segment) {
  return is_capture(segment) && segment.ends_with("+}");
}

/// One letter for each segment, the better route being the lesser text: plain, captured, greedy.
std::string rank(const Route& route) {
  if (route.pattern == kDefault) return "z";
  std::string out;
  for (const auto segment : segments(route.pattern)) out += !is_capture(segment) ? 'a' : is_greedy(segment) ? 'c' : 'b';
  return out + (route.method == "ANY" ? "2" : "1");
}

std::optional<RouteMatch> match(const Route& route, std::string_view path) {
  RouteMatch out{.route = route};
  if (route.pattern == kDefault) return out;
  const auto wanted = segments(route.pattern);
  const auto got = segments(path);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto segment = wanted[i];
    if (i >= got.size()) return std::nullopt;
    if (is_greedy(segment)) {
      if (got[i].empty() && i + 1 == got.size()) return std::nullopt;
      const auto rest = path.substr(static_cast<std::size_t>(got[i].data() - path.data()));
      out.parameters.emplace_back(segment.substr(1, segment.size() - 3), rest);
      return out;
    }
    if (is_capture(segment) && !got[i].empty())
      out.parameters.emplace_back(segment.substr(1, segment.size() - 2), got[i]);
    else if (segment != got[i])
      return std::nullopt;
  }
  if (got.size() != wanted.size()) return std::nullopt;
  return out;
}

}  // namespace

Result<Route> parse_route(std::string_view text) {
  if (text == kDefault) return Route{};
  Route route;
  const auto space = text.find(' ');
  if (space != std::string_view::npos) route.method = text.substr(0, space);
  route.pattern = space == std::string_view::npos ? text : text.substr(space + 1);
  const bool capitals = std::ranges::all_of(route.method, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!route.pattern.starts_with('/') || !capitals || route.method.empty())
    return fail(ErrorKind::invalid_input,
                "route '" + std::string(text) + "': must be like GET /boats/{id}, ANY /files/{proxy+} or $default");
  return route;
}

std::optional<RouteMatch> find_route(const std::vector<Route>& routes, std::string_view method, std::string_view path) {
  std::optional<RouteMatch> best;
  for (const auto& route : routes) {
    if (route.method != "ANY" && route.method != method) continue;
    auto found = match(route, path);
    if (found && (!best || rank(route) < rank(best->route))) best = std::move(found);
  }
  return best;
}

}  // namespace sloop::doors
