// SPDX-License-Identifier: Apache-2.0
//
// One HTTP request, whoever brought it: API Gateway, a Function URL, a load balancer, VPC Lattice, or a socket.
//
//   request.method; request.path; request.headers.get("accept"); request.query_parameters();
//
// A plain value: tests make one and hand it to `Router::handle`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/headers.hpp"
#include "sloop/core/json.hpp"
#include "sloop/lambda/context.hpp"
#include "sloop/web/state.hpp"

namespace sloop::web {

/// What sent an event; `none` is a request that came by a socket or from a test.
enum class Trigger {
  none,
  /// API Gateway REST API, or an HTTP API with payload format 1.0.
  rest_api,
  /// API Gateway HTTP API, payload format 2.0.
  http_api,
  function_url,
  /// API Gateway WebSocket API.
  websocket,
  /// Application Load Balancer.
  load_balancer,
  lattice_v1,
  lattice_v2,
};

/// A name and its value, decoded.
struct Parameter {
  std::string name;
  std::string value;
  friend bool operator==(const Parameter&, const Parameter&) = default;
};
using Parameters = std::vector<Parameter>;

/// The first value of that name, or null.
[[nodiscard]] const std::string* find(const Parameters& parameters, std::string_view name);

/// The parameters of a query string or of a form (`application/x-www-form-urlencoded`): `+` is a space.
[[nodiscard]] Parameters parse_parameters(std::string_view text);

struct Request {
  /// In capitals.
  std::string method = "GET";
  /// As the trigger gives it: where that leaves escapes in, they are still there. Begins with a slash.
  std::string path = "/";
  /// The front part of `path` that is API Gateway's stage, `/prod`; routes are looked for behind it. Mostly empty.
  std::string base_path = {};
  /// Without the question mark; encoded.
  std::string query = {};
  Headers headers = {};
  /// Bytes; already decoded where the event had base64.
  std::string body = {};
  std::string scheme = "https";

  Trigger trigger = Trigger::none;
  /// The event, its body taken out; null without an event.
  Json event = nullptr;

  /// Set by the router: what the pattern's captures matched, decoded, and the pattern.
  Parameters captures = {};
  std::string matched_path = {};

  [[nodiscard]] Parameters query_parameters() const { return parse_parameters(query); }
  /// The value of the `Host` header, which `request_of` completes; empty when there is none.
  [[nodiscard]] std::string_view host() const { return headers.get_or("host", ""); }
  /// The event's `requestContext` (authorizer, source address, identity), or null.
  [[nodiscard]] const Json* request_context() const { return sloop::find(event, "requestContext"); }
  [[nodiscard]] const Json* path_parameters() const { return sloop::find(event, "pathParameters"); }
  [[nodiscard]] const Json* stage_variables() const { return sloop::find(event, "stageVariables"); }

  /// The invocation's context; an empty one outside Lambda. Valid while the request is handled.
  [[nodiscard]] const lambda::Context& context() const;
  /// Set by the router, and by middleware that narrows the deadline; null: an empty context.
  const lambda::Context* context_pointer = nullptr;
  /// Set by the router: where `State<T>` looks.
  const detail::States* states = nullptr;
};

/// What stands before the first `;` of the `Content-Type`, without spaces, in small letters; empty without one.
[[nodiscard]] std::string media_type_of(const Headers& headers);

}  // namespace sloop::web
