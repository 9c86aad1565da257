// SPDX-License-Identifier: Apache-2.0
//
// Any JSON as an HTTP event, read as each trigger; what can be read is answered, and the answer is JSON.
#include "fuzz.hpp"
#include "sloop/web/event.hpp"
#include "sloop/web/router.hpp"

namespace {

using namespace sloop;

/// Tells the request back: its method, path and body, and its headers as headers.
web::Response echo(const web::Request& request) {
  web::Response response{.headers = request.headers, .body = request.method + request.path + request.body};
  for (const auto& [name, value] : request.query_parameters()) response.headers.add(name, value);
  return web::sendable(std::move(response), request.method);
}

void check(web::Trigger trigger, const Json& event) {
  auto request = web::request_of(trigger, event, "Root=1");
  if (!request) return;
  require(request->path.starts_with('/') && request->path.starts_with(request->base_path));
  for (const auto& [name, value] : request->headers) require(web::is_header(name, value));
  const web::Response response = echo(*request);
  const auto reply = parse_json(web::reply_of(trigger, response));
  require(reply && reply->is_object() && find(*reply, "body") != nullptr);
  require(lambda::prelude_bytes(web::prelude_of(response)).ends_with(std::string(8, '\0')));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = parse_json(text_of(data, size));
  if (!event) return 0;
  check(web::trigger_of(*event), *event);
  for (int trigger = 0; trigger <= static_cast<int>(web::Trigger::lattice_v2); ++trigger)
    check(static_cast<web::Trigger>(trigger), *event);
  return 0;
}
