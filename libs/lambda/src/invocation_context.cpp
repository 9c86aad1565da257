// SPDX-License-Identifier: Apache-2.0
#include "invocation_context.hpp"

#include <algorithm>
#include <cstdlib>

namespace sloop::lambda::detail {
namespace {

Deadline steady(std::chrono::system_clock::time_point at) {
  if (at == std::chrono::system_clock::time_point::max()) return Deadline::never();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(at - std::chrono::system_clock::now());
  return Deadline::after(std::max(left, std::chrono::milliseconds::zero()));
}

CognitoIdentity cognito_of(const std::string& text) {
  const auto json = parse_json(text);
  if (!json) return {};
  return {.identity_id = std::string(find_string(*json, "cognitoIdentityId")),
          .identity_pool_id = std::string(find_string(*json, "cognitoIdentityPoolId"))};
}

/// Moves the W3C trace context out of the client context; members that are no strings count as absent.
TraceContext take_trace_context(Json& client_context) {
  const Json* w3c = find(client_context, "w3c");
  if (w3c == nullptr) return {};
  const auto member = [&](std::string_view name) { return std::string(find_string(*w3c, name)); };
  TraceContext context{
      .traceparent = member("traceparent"), .tracestate = member("tracestate"), .baggage = member("baggage")};
  client_context.get_object().erase("w3c");
  return context;
}

}  // namespace

Context context_of(const Invocation& invocation) {
  Context context{.request_id = invocation.request_id,
                  .deadline = steady(invocation.deadline),
                  .invoked_function_arn = invocation.invoked_function_arn,
                  .trace_id = invocation.trace_id,
                  .tenant_id = invocation.tenant_id,
                  .invocation_id = invocation.invocation_id};
  if (auto json = parse_json(invocation.client_context)) {
    context.w3c = take_trace_context(*json);
    context.client_context = std::move(*json);
  }
  context.cognito_identity = cognito_of(invocation.cognito_identity);
  return context;
}

void set_trace_variable(const std::string& trace_id) {
  if (trace_id.empty())
    ::unsetenv("_X_AMZN_TRACE_ID");
  else
    ::setenv("_X_AMZN_TRACE_ID", trace_id.c_str(), 1);
}

}  // namespace sloop::lambda::detail
