// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/runtime_client.hpp"

#include <algorithm>
#include <charconv>

#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"

namespace sloop::lambda {
namespace {

// cargo-lambda states the constant 600000 (the year 1970) as every deadline; nothing before this is meant.
constexpr long long kEarliestDeadlineMs = 1'000'000'000'000;

constexpr std::string_view kErrorType = "Lambda-Runtime-Function-Error-Type";
constexpr std::string_view kErrorBody = "Lambda-Runtime-Function-Error-Body";

std::string base_of(std::string_view runtime_api) {
  std::string base(runtime_api);
  if (!base.contains("://")) base.insert(0, "http://");
  while (base.ends_with('/')) base.pop_back();
  return base + "/2018-06-01/runtime";
}

std::chrono::system_clock::time_point deadline_of(std::string_view text) {
  long long milliseconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  if (milliseconds < kEarliestDeadlineMs) return std::chrono::system_clock::time_point::max();
  return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

std::string header(const Headers& headers, std::string_view name) {
  return std::string(headers.get_or(name, ""));
}

/// The headers of a result: the invocation id goes back where it came.
Headers headers_for(const Invocation& invocation, std::string_view content_type) {
  Headers headers{{"content-type", std::string(content_type)}};
  if (!invocation.invocation_id.empty()) headers.set("Lambda-Runtime-Invocation-Id", invocation.invocation_id);
  return headers;
}

Headers headers_for(const ErrorReport& report) {
  return {{"content-type", "application/json"}, {std::string(kErrorType), report.type}};
}

}  // namespace

RuntimeClient::RuntimeClient(std::shared_ptr<http::Transport> transport, std::string_view runtime_api)
    : transport_(std::move(transport)), base_(base_of(runtime_api)) {}

Result<std::optional<Invocation>> RuntimeClient::next(const CallOptions& options) {
  auto response = transport_->send({.url = base_ + "/invocation/next"}, options);
  if (!response) return sloop::fail(response.error().within("Runtime API"));
  if (response->status == 204) return std::optional<Invocation>();
  const Headers& headers = response->headers;
  Invocation invocation{.request_id = header(headers, "Lambda-Runtime-Aws-Request-Id"),
                        .deadline = deadline_of(headers.get_or("Lambda-Runtime-Deadline-Ms", "")),
                        .invoked_function_arn = header(headers, "Lambda-Runtime-Invoked-Function-Arn"),
                        .trace_id = header(headers, "Lambda-Runtime-Trace-Id"),
                        .client_context = header(headers, "Lambda-Runtime-Client-Context"),
                        .cognito_identity = header(headers, "Lambda-Runtime-Cognito-Identity"),
                        .tenant_id = header(headers, "Lambda-Runtime-Aws-Tenant-Id"),
                        .invocation_id = header(headers, "Lambda-Runtime-Invocation-Id"),
                        .event = std::move(response->body)};
  if (response->status != 200)
    return sloop::fail(Error{.kind = kind_of_status(response->status),
                             .message = "Runtime API: /next answered status " + std::to_string(response->status),
                             .status = response->status});
  if (invocation.request_id.empty()) return sloop::fail(ErrorKind::bad_reply, "Runtime API: /next gave no request id");
  return std::optional(std::move(invocation));
}

Result<void> RuntimeClient::respond(const Invocation& invocation, std::string body, std::string_view content_type) {
  return post("/invocation/" + invocation.request_id + "/response", std::move(body),
              headers_for(invocation, content_type));
}

Result<void> RuntimeClient::fail(const Invocation& invocation, const ErrorReport& report) {
  Headers headers = headers_for(invocation, "application/json");
  headers.set(kErrorType, report.type);
  if (!invocation.trace_id.empty()) headers.set("Lambda-Runtime-Function-XRay-Error-Cause", xray_cause(report));
  return post("/invocation/" + invocation.request_id + "/error", error_body(report), std::move(headers));
}

Result<std::unique_ptr<http::UploadStream>> RuntimeClient::stream(const Invocation& invocation,
                                                                  std::string_view content_type,
                                                                  const CallOptions& options) {
  Headers headers = headers_for(invocation, content_type);
  headers.set("Lambda-Runtime-Function-Response-Mode", "streaming");
  headers.set("Trailer", std::string(kErrorType).append(", ").append(kErrorBody));
  return transport_->start_upload({.method = "POST",
                                   .url = base_ + "/invocation/" + invocation.request_id + "/response",
                                   .headers = std::move(headers)},
                                  options);
}

Result<void> RuntimeClient::fail_init(const ErrorReport& report) {
  return post("/init/error", error_body(report), headers_for(report));
}

Result<void> RuntimeClient::restore_next(const CallOptions& options) {
  const auto response = transport_->send({.url = base_ + "/restore/next"}, options);
  if (!response) return sloop::fail(response.error().within("Runtime API"));
  return check_posted(*response);
}

Result<void> RuntimeClient::fail_restore(const ErrorReport& report) {
  return post("/restore/error", error_body(report), headers_for(report));
}

Result<void> RuntimeClient::post(const std::string& path, std::string body, Headers headers) {
  const auto response = transport_->send(
      {.method = "POST", .url = base_ + path, .headers = std::move(headers), .body = std::move(body)}, {});
  if (!response) return sloop::fail(response.error().within("Runtime API"));
  return check_posted(*response);
}

Result<void> check_posted(const http::Response& response) {
  if (response.status >= 200 && response.status < 300) return {};
  // 410: Lambda has ended the invocation already.
  const auto kind = response.status == 410 ? ErrorKind::timed_out : kind_of_status(response.status);
  const auto json = parse_json(response.body);
  const std::string said(json ? find_string(*json, "errorMessage") : "");
  return sloop::fail(Error{.kind = kind,
                           .message = "Runtime API: the call was refused with status " +
                                      std::to_string(response.status) + (said.empty() ? "" : ": " + said),
                           .status = response.status});
}

Headers error_trailers(const ErrorReport& report) {
  ErrorReport cut = report;
  cut.message = cut_for_header(report.message);
  cut.stack_trace.resize(std::min<std::size_t>(cut.stack_trace.size(), 10));
  return {{std::string(kErrorType), report.type}, {std::string(kErrorBody), encode_base64(error_body(cut))}};
}

}  // namespace sloop::lambda
