// SPDX-License-Identifier: Apache-2.0
#include "invoke_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"
#include "sloop/core/percent.hpp"
#include "sloop/emulator/runtime_api.hpp"
#include "sloop/emulator/sandbox.hpp"

namespace sloop::emulator {
namespace {

struct Route {
  std::string_view begin;
  std::string_view end;
};
constexpr Route kInvoke{"/2015-03-31/functions/", "/invocations"};
constexpr Route kStream{"/2021-11-15/functions/", "/response-streaming-invocations"};
constexpr std::size_t kMaxAsyncPayload = 1024 * 1024;
constexpr std::size_t kMaxClientContext = 3583;
constexpr std::size_t kMaxTenant = 256;

bool matches(const Route& route, std::string_view path) {
  return path.starts_with(route.begin) && path.ends_with(route.end) &&
         path.size() > route.begin.size() + route.end.size();
}

std::string query_value(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    const auto part = query.substr(0, query.find('&'));
    if (part.substr(0, part.find('=')) == key && part.contains('=')) return decode_percent(part.substr(key.size() + 1));
    query.remove_prefix(std::min(part.size() + 1, query.size()));
  }
  return "";
}

/// Splits `name`, `account:function:name` or an ARN, each with or without `:qualifier` behind it.
std::pair<std::string, std::string> split_target(std::string_view target) {
  std::string name = decode_percent(target);
  if (const auto at = name.rfind(":function:"); at != std::string::npos) name.erase(0, at + 10);
  const auto colon = name.find(':');
  if (colon == std::string::npos) return {name, ""};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

bool is_qualifier(std::string_view text) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return text == "$LATEST" || (text.size() <= 128 && std::ranges::all_of(text, good));
}

Refusal wrong_parameter(std::string message) {
  return {400, "InvalidParameterValueException", std::move(message)};
}

Refusal wrong_content(std::string message) {
  return {400, "InvalidRequestContentException", std::move(message)};
}

std::optional<Refusal> read_target(const serve::Request& request, InvokeRequest& out) {
  const auto path = request.path();
  out.streamed = matches(kStream, path);
  const Route& route = out.streamed ? kStream : kInvoke;
  const auto target = path.substr(route.begin.size(), path.size() - route.begin.size() - route.end.size());
  std::tie(out.function, out.invocation.qualifier) = split_target(target);
  const std::string stated = query_value(request.query(), "Qualifier");
  if (!stated.empty() && !out.invocation.qualifier.empty() && stated != out.invocation.qualifier)
    return wrong_parameter("The derived qualifier from the function name does not match the specified qualifier.");
  if (!stated.empty()) out.invocation.qualifier = stated;
  if (!is_qualifier(out.invocation.qualifier))
    return wrong_parameter(fmt::format("'{}' is no version and no alias", out.invocation.qualifier));
  return std::nullopt;
}

std::optional<Refusal> read_type(const Headers& headers, InvokeRequest& out) {
  const auto type = headers.get_or("x-amz-invocation-type", "RequestResponse");
  if (type == "DryRun")
    out.type = InvocationType::dry_run;
  else if (type == "Event" && !out.streamed)
    out.type = InvocationType::event;
  else if (type != "RequestResponse")
    return wrong_parameter(fmt::format("X-Amz-Invocation-Type: {} is none of RequestResponse, {}DryRun", type,
                                       out.streamed ? "" : "Event, "));
  const auto log = headers.get_or("x-amz-log-type", "None");
  if (log != "None" && log != "Tail")
    return wrong_parameter(fmt::format("X-Amz-Log-Type: {} is none of None, Tail", log));
  out.with_log = log == "Tail";
  return std::nullopt;
}

std::optional<Refusal> check_body(const serve::Request& request, const InvokeRequest& call) {
  const std::size_t limit = call.type == InvocationType::event ? kMaxAsyncPayload : kMaxPayload;
  if (request.body.size() > limit)
    return Refusal{413, "RequestTooLargeException",
                   fmt::format("Request must be smaller than {} bytes for the InvokeFunction operation", limit)};
  if (request.body.empty()) return std::nullopt;
  if (auto json = parse_json(request.body); !json)
    return wrong_content("Could not parse request body into json: " + json.error().message);
  return std::nullopt;
}

std::optional<Refusal> read_client_context(const Headers& headers, std::string& out) {
  const auto text = headers.get("x-amz-client-context");
  if (!text) return std::nullopt;
  if (text->size() > kMaxClientContext)
    return wrong_content(fmt::format("Client context must be no more than {} bytes", kMaxClientContext));
  const auto decoded = decode_base64(*text);
  if (!decoded || !parse_json(*decoded))
    return wrong_content("Client context must be a valid Base64-encoded JSON object.");
  out = *decoded;
  return std::nullopt;
}

}  // namespace

std::string InvokeRequest::executed_version() const {
  const std::string& version = invocation.qualifier;
  const bool is_number = !version.empty() && std::ranges::all_of(version, [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? version : "$LATEST";
}

bool is_invoke_path(std::string_view path) {
  return matches(kInvoke, path) || matches(kStream, path);
}

std::expected<InvokeRequest, Refusal> read_invoke_request(const serve::Request& request) {
  if (request.method != "POST")
    return std::unexpected(Refusal{405, "MethodNotAllowedException", fmt::format("{} is not POST", request.method)});
  const Headers& headers = request.headers;
  InvokeRequest call;
  call.invocation = {.request_id = new_request_id(),
                     .event = request.body.empty() ? "{}" : request.body,
                     .trace_id = std::string(headers.get_or("x-amzn-trace-id", "")),
                     .tenant_id = std::string(headers.get_or("x-amz-tenant-id", ""))};
  if (const auto refusal = read_target(request, call)) return std::unexpected(*refusal);
  if (const auto refusal = read_type(headers, call)) return std::unexpected(*refusal);
  if (const auto refusal = check_body(request, call)) return std::unexpected(*refusal);
  if (const auto refusal = read_client_context(headers, call.invocation.client_context))
    return std::unexpected(*refusal);
  if (call.invocation.tenant_id.size() > kMaxTenant)
    return std::unexpected(wrong_parameter(fmt::format("The tenant id is longer than {} bytes", kMaxTenant)));
  return call;
}

void refuse_call(serve::Exchange& exchange, const Refusal& refusal) {
  Headers headers{
      {"content-type", "application/json"}, {"x-amzn-requestid", new_request_id()}, {"x-amzn-errortype", refusal.type}};
  JsonObject body{{"Type", refusal.status < 500 ? "User" : "Service"}, {"Message", refusal.message}};
  if (refusal.status == 429) {
    headers.add("retry-after", "1");
    body["Reason"] = "ReservedFunctionConcurrentInvocationLimitExceeded";
  }
  exchange.respond(refusal.status, headers, write_json(body));
}

}  // namespace sloop::emulator
