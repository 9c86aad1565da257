// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "event_parts.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop::doors {
namespace {

JsonObject request_context(const serve::Request& request, std::string_view resource, std::string_view path,
                           std::string_view stage, const Visit& visit) {
  return {{"accountId", kAccount},
          {"apiId", kLocalId},
          {"domainName", fmt::format("{}.execute-api.{}.amazonaws.com", kLocalId, visit.region)},
          {"domainPrefix", kLocalId},
          {"extendedRequestId", visit.request_id},
          {"httpMethod", request.method},
          {"identity",
           {{"accessKey", nullptr},
            {"accountId", nullptr},
            {"apiKey", nullptr},
            {"apiKeyId", nullptr},
            {"caller", nullptr},
            {"cognitoAuthenticationProvider", nullptr},
            {"cognitoAuthenticationType", nullptr},
            {"cognitoIdentityId", nullptr},
            {"cognitoIdentityPoolId", nullptr},
            {"sourceIp", visit.source_ip},
            {"user", nullptr},
            {"userAgent", mend_utf8(request.headers.get_or("user-agent", ""))},
            {"userArn", nullptr}}},
          {"path", fmt::format("/{}{}", stage, path)},
          {"protocol", "HTTP/1.1"},
          {"requestId", visit.request_id},
          {"requestTime", request_time(visit.at)},
          {"requestTimeEpoch", epoch_milliseconds(visit.at)},
          {"resourceId", kLocalId},
          {"resourcePath", resource},
          {"stage", stage}};
}

}  // namespace

JsonObject rest_api_event(const DoorOptions& options, const serve::Request& request, const RouteMatch& match,
                          std::string_view path, const Visit& visit) {
  const auto headers = door_headers(request, visit, false);
  const auto query = query_pairs(request.query(), true);
  JsonObject event{{"resource", match.route.pattern},
                   {"path", path},
                   {"httpMethod", request.method},
                   {"headers", last_values(headers)},
                   {"multiValueHeaders", all_values(headers)},
                   {"queryStringParameters", object_or_null(last_values(query))},
                   {"multiValueQueryStringParameters", object_or_null(all_values(query))},
                   {"pathParameters", object_or_null(last_values(match.parameters))},
                   {"stageVariables", nullptr},
                   {"requestContext", request_context(request, match.route.pattern, path, stage_of(options), visit)},
                   {"body", nullptr},
                   {"isBase64Encoded", false}};
  if (!request.body.empty())
    put_body(event, request.body, holds_media_type(options.binary, request.headers.get_or("content-type", "")));
  return event;
}

}  // namespace sloop::doors
