// SPDX-License-Identifier: Apache-2.0
//
// The routes of an API Gateway.
//
//   find_route({{"GET", "/boats/{id}"}}, "GET", "/boats/7");  // parameters: id = 7
//
// Not a router for programs: that is `libs/web`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::doors {

struct Route {
  /// `ANY`: every method.
  std::string method = "ANY";
  /// `/boats/{id}`, `/files/{proxy+}`; `$default`: whatever no other route takes.
  std::string pattern = "$default";
  friend bool operator==(const Route&, const Route&) = default;
};

struct RouteMatch {
  Route route;
  /// Names and values in the order of the pattern.
  std::vector<std::pair<std::string, std::string>> parameters = {};
};

/// `GET /boats/{id}`, `/boats` (any method), `$default`. Fails with `invalid_input`.
[[nodiscard]] Result<Route> parse_route(std::string_view text);

/// The most specific route: plain segments before `{name}` before `{name+}` before `$default`, a method before `ANY`.
[[nodiscard]] std::optional<RouteMatch> find_route(const std::vector<Route>& routes, std::string_view method,
                                                   std::string_view path);

}  // namespace sloop::doors
