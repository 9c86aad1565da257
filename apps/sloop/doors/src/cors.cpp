// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/cors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sloop::doors {
namespace {

constexpr const char* kNames[] = {"access-control-allow-origin",   "access-control-allow-methods",
                                  "access-control-allow-headers",  "access-control-allow-credentials",
                                  "access-control-expose-headers", "access-control-max-age"};

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

/// What to say to this origin; empty: it may not call.
std::string allowed_origin(const CorsOptions& options, std::string_view origin) {
  // With credentials a browser takes no star.
  if (holds(options.origins, "*")) return options.credentials ? std::string(origin) : "*";
  return holds(options.origins, origin) ? std::string(origin) : "";
}

void add_list(Headers& headers, std::string_view name, const std::vector<std::string>& list) {
  if (!list.empty()) headers.set(name, fmt::format("{}", fmt::join(list, ",")));
}

void add_common(const CorsOptions& options, std::string_view origin, Headers& headers) {
  const std::string allowed = allowed_origin(options, origin);
  if (allowed.empty()) return;
  headers.set("access-control-allow-origin", allowed);
  if (allowed != "*") headers.add("vary", "Origin");
  if (options.credentials) headers.set("access-control-allow-credentials", "true");
  add_list(headers, "access-control-expose-headers", options.expose);
}

}  // namespace

std::optional<Headers> answer_preflight(const CorsOptions& options, std::string_view method, const Headers& request) {
  const auto origin = request.get("origin");
  if (options.origins.empty() || method != "OPTIONS" || !origin || !request.contains("access-control-request-method"))
    return std::nullopt;
  Headers headers;
  add_common(options, *origin, headers);
  if (headers.empty()) return headers;
  add_list(headers, "access-control-allow-methods",
           options.methods.empty() ? std::vector<std::string>{"*"} : options.methods);
  add_list(headers, "access-control-allow-headers", options.headers);
  if (options.max_age > 0) headers.set("access-control-max-age", std::to_string(options.max_age));
  return headers;
}

void apply_cors(const CorsOptions& options, const Headers& request, Headers& reply) {
  if (options.origins.empty()) return;
  for (const char* name : kNames) reply.remove(name);
  if (const auto origin = request.get("origin")) add_common(options, *origin, reply);
}

}  // namespace sloop::doors
