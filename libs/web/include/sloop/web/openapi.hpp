// SPDX-License-Identifier: Apache-2.0
//
// An OpenAPI 3.1 document of a router, written from the types of its handlers.
//
//   Json document = web::openapi(router, {.title = "Shop", .version = "1.0"});
//   web::serve_openapi(router, {.title = "Shop"}, "/openapi.json");
//
// Paths, parameters, bodies, answers and refusals come from the types, summaries and tags from `RouteOptions`, names
// and descriptions of fields from their `field_info`. Linked only where it is used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sloop/web/router.hpp"

namespace sloop::web {

struct OpenApiInfo {
  std::string title = "Service";
  std::string version = "1.0.0";
  std::string description = {};
  /// URLs of servers; empty: where the document came from.
  std::vector<std::string> servers = {};
  /// By name, as OpenAPI writes them: `{"token": {"type": "http", "scheme": "bearer"}}`.
  JsonObject security_schemes = {};
};

/// The document (OpenAPI Specification 3.1.0). Routes for any method, and hidden ones, are not in it.
[[nodiscard]] Json openapi(const Router& router, const OpenApiInfo& info = {});

/// Adds a route that answers with the document of the routes that `router` has now.
Router& serve_openapi(Router& router, const OpenApiInfo& info = {}, std::string_view path = "/openapi.json");

}  // namespace sloop::web
