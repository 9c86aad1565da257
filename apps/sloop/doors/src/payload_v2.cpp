// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "event_parts.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop::doors {
namespace {

/// Headers without cookies, which have a list of their own in this format.
void put_headers(JsonObject& event, const serve::Request& request, const Visit& visit) {
  Pairs headers = door_headers(request, visit, true);
  JsonArray cookies;
  std::erase_if(headers, [&](const auto& header) {
    if (header.first != "cookie") return false;
    std::string_view rest = header.second;
    while (!rest.empty()) {
      const auto end = rest.find(';');
      auto cookie = rest.substr(0, end);
      while (cookie.starts_with(' ')) cookie.remove_prefix(1);
      if (!cookie.empty()) cookies.emplace_back(cookie);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return true;
  });
  if (!cookies.empty()) event["cookies"] = std::move(cookies);
  event["headers"] = joined_values(headers);
}

JsonObject request_context(const serve::Request& request, std::string_view path, std::string_view route_key,
                           std::string_view stage, std::string_view host_part, const Visit& visit) {
  return {{"accountId", kAccount},
          {"apiId", kLocalId},
          {"domainName", fmt::format("{}.{}", kLocalId, host_part)},
          {"domainPrefix", kLocalId},
          {"http",
           {{"method", request.method},
            {"path", path},
            {"protocol", "HTTP/1.1"},
            {"sourceIp", visit.source_ip},
            {"userAgent", mend_utf8(request.headers.get_or("user-agent", ""))}}},
          {"requestId", visit.request_id},
          {"routeKey", route_key},
          {"stage", stage},
          {"time", request_time(visit.at)},
          {"timeEpoch", epoch_milliseconds(visit.at)}};
}

JsonObject begin_event(const serve::Request& request, std::string_view path, std::string_view route_key,
                       const Visit& visit) {
  JsonObject event{
      {"version", "2.0"}, {"routeKey", route_key}, {"rawPath", path}, {"rawQueryString", mend_utf8(request.query())}};
  put_headers(event, request, visit);
  const auto query = query_pairs(request.query(), true);
  if (!query.empty()) event["queryStringParameters"] = joined_values(query);
  return event;
}

void end_event(JsonObject& event, const serve::Request& request) {
  if (request.body.empty())
    event["isBase64Encoded"] = false;
  else
    put_body(event, request.body, !is_text(request.headers) || !is_utf8(request.body));
}

}  // namespace

JsonObject function_url_event(const serve::Request& request, const Visit& visit) {
  const std::string path = mend_utf8(request.path());
  JsonObject event = begin_event(request, path, "$default", visit);
  event["requestContext"] =
      request_context(request, path, "$default", "$default", fmt::format("lambda-url.{}.on.aws", visit.region), visit);
  end_event(event, request);
  return event;
}

JsonObject http_api_event(const DoorOptions& options, const serve::Request& request, const RouteMatch& match,
                          std::string_view path, const Visit& visit) {
  const std::string stage = stage_of(options);
  const std::string raw_path = stage.empty() ? std::string(path) : fmt::format("/{}{}", stage, path);
  const bool is_default = match.route.pattern == "$default";
  const std::string key = is_default ? "$default" : match.route.method + " " + match.route.pattern;
  JsonObject event = begin_event(request, raw_path, key, visit);
  event["requestContext"] = request_context(request, raw_path, key, stage.empty() ? "$default" : stage,
                                            fmt::format("execute-api.{}.amazonaws.com", visit.region), visit);
  if (!match.parameters.empty()) event["pathParameters"] = last_values(match.parameters);
  end_event(event, request);
  return event;
}

}  // namespace sloop::doors
