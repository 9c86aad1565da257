// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/extension_client.hpp"

#include "sloop/core/json.hpp"

namespace sloop::lambda {
namespace {

constexpr std::string_view kBase = "/2020-01-01/extension";

std::string text_at(const Json& json, std::string_view key) {
  return std::string(find_string(json, key));
}

ExtensionEvent event_of(const Json& json) {
  ExtensionEvent event{.type = text_at(json, "eventType"),
                       .request_id = text_at(json, "requestId"),
                       .invoked_function_arn = text_at(json, "invokedFunctionArn"),
                       .shutdown_reason = text_at(json, "shutdownReason")};
  if (const Json* deadline = find(json, "deadlineMs"); deadline != nullptr && deadline->is_number())
    event.deadline =
        std::chrono::system_clock::time_point(std::chrono::milliseconds(deadline->to_number<std::int64_t>()));
  if (const Json* tracing = find(json, "tracing")) event.trace_id = text_at(*tracing, "value");
  return event;
}

}  // namespace

ExtensionClient::ExtensionClient(std::shared_ptr<http::Transport> transport, std::string_view runtime_api)
    : transport_(std::move(transport)), origin_(runtime_api) {
  if (!origin_.contains("://")) origin_.insert(0, "http://");
  while (origin_.ends_with('/')) origin_.pop_back();
}

Result<Registration> ExtensionClient::register_as(std::string_view name, const ExtensionOptions& options) {
  Headers headers{{"Lambda-Extension-Name", std::string(name)}};
  if (options.account_id) headers.add("Lambda-Extension-Accept-Feature", "accountId");
  const JsonObject body{{"events", JsonArray(options.events.begin(), options.events.end())}};
  const auto response = send("POST", std::string(kBase) + "/register", std::move(headers), write_json(body), {});
  if (!response) return fail(response.error());
  const auto json = parse_json(response->body);
  identifier_ = response->headers.get_or("Lambda-Extension-Identifier", "");
  if (!json || identifier_.empty())
    return fail(ErrorKind::bad_reply, "Extensions API: the answer to a registration holds no identifier");
  return Registration{.identifier = identifier_,
                      .function_name = text_at(*json, "functionName"),
                      .function_version = text_at(*json, "functionVersion"),
                      .handler = text_at(*json, "handler"),
                      .account_id = text_at(*json, "accountId")};
}

Result<ExtensionEvent> ExtensionClient::next(const CallOptions& options) {
  const auto response = send("GET", std::string(kBase) + "/event/next", {}, {}, options);
  if (!response) return fail(response.error());
  const auto json = parse_json(response->body);
  if (!json) return fail(json.error().within("Extensions API: the event"));
  return event_of(*json);
}

Result<void> ExtensionClient::put(std::string_view path, std::string body) {
  const auto response = send("PUT", path, {}, std::move(body), {});
  if (!response) return fail(response.error());
  return {};
}

Result<void> ExtensionClient::tell(std::string_view path, const ErrorReport& report) {
  const auto response = send("POST", std::string(kBase).append(path),
                             {{"Lambda-Extension-Function-Error-Type", report.type}}, error_body(report), {});
  if (!response) return fail(response.error());
  return {};
}

Result<http::Response> ExtensionClient::send(std::string method, std::string_view path, Headers headers,
                                             std::string body, const CallOptions& options) {
  if (!identifier_.empty()) headers.set("Lambda-Extension-Identifier", identifier_);
  if (!body.empty()) headers.set("content-type", "application/json");
  auto response = transport_->send({.method = std::move(method),
                                    .url = origin_ + std::string(path),
                                    .headers = std::move(headers),
                                    .body = std::move(body)},
                                   options);
  if (!response) return fail(response.error().within("Extensions API"));
  if (response->status >= 200 && response->status < 300) return response;
  const auto json = parse_json(response->body);
  const std::string said = json ? text_at(*json, "errorMessage") : "";
  return fail(Error{.kind = kind_of_status(response->status),
                    .message = "Extensions API: " + std::string(path) + " was refused with status " +
                               std::to_string(response->status) + (said.empty() ? "" : ": " + said),
                    .status = response->status,
                    .code = json ? text_at(*json, "errorType") : ""});
}

}  // namespace sloop::lambda
