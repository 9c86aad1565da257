// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "event_parts.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop::doors {

JsonObject load_balancer_event(const DoorOptions& options, const serve::Request& request, const Visit& visit) {
  const auto headers = door_headers(request, visit, true);
  // The one door that leaves parameters as they came.
  const auto query = query_pairs(mend_utf8(request.query()), false);
  const std::string target_group = fmt::format("arn:aws:elasticloadbalancing:{}:{}:targetgroup/{}/{}", visit.region,
                                               kAccount, kLocalId, "0123456789abcdef");
  JsonObject event{{"requestContext", {{"elb", {{"targetGroupArn", target_group}}}}},
                   {"httpMethod", request.method},
                   {"path", mend_utf8(request.path())}};
  if (options.multi_value) {
    event["multiValueQueryStringParameters"] = all_values(query);
    event["multiValueHeaders"] = all_values(headers);
  } else {
    event["queryStringParameters"] = last_values(query);
    event["headers"] = last_values(headers);
  }
  put_body(event, request.body, !request.body.empty() && (!is_text(request.headers) || !is_utf8(request.body)));
  return event;
}

}  // namespace sloop::doors
