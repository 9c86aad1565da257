// SPDX-License-Identifier: Apache-2.0
//
// Which front door stands where, and how it is set up.
//
//   auto door = parse_door("http-api=9002,stage=dev,route=GET /boats/{id}");
//
// Source: AWS Lambda and API Gateway Developer Guides; Elastic Load Balancing User Guide, "Lambda functions as
// targets".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/doors/cors.hpp"
#include "sloop/doors/routes.hpp"

namespace sloop::doors {

enum class DoorKind {
  /// A Function URL.
  url,
  /// API Gateway's HTTP API, payload format 2.0.
  http_api,
  /// API Gateway's REST API, payload format 1.0.
  rest_api,
  /// An Application Load Balancer.
  load_balancer,
};

struct DoorOptions {
  DoorKind kind = DoorKind::url;
  /// 0: any free port.
  std::uint16_t port = 0;
  /// Function URL: `RESPONSE_STREAM` instead of `BUFFERED`.
  bool stream = false;
  /// API Gateway; empty: `$default` of an HTTP API, `prod` of a REST API.
  std::string stage = {};
  /// API Gateway: the routes; empty: all requests.
  std::vector<Route> routes = {};
  /// REST API: media types that are bytes (`image/png`, `image/*`, `*/*`).
  std::vector<std::string> binary = {};
  /// Load balancer: all values of headers and query parameters instead of the last.
  bool multi_value = false;
  /// Function URL and HTTP API.
  CorsOptions cors = {};
};

/// `KIND[=PORT][,SETTING[=VALUE]]...`: kinds `url`, `http-api`, `rest-api`, `alb`; settings `stream`, `stage`, `route`,
/// `binary`, `multi-value`, `origin`, `method`, `header`, `expose`, `max-age`, `credentials`. Fails with
/// `invalid_input`.
[[nodiscard]] Result<DoorOptions> parse_door(std::string_view text);

/// `url`, `http-api`, `rest-api`, `alb`.
[[nodiscard]] std::string_view door_name(DoorKind kind);

}  // namespace sloop::doors
