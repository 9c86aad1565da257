// SPDX-License-Identifier: Apache-2.0
#include "sloop/lambda/runtime_client.hpp"

#include <algorithm>
#include <charconv>

#include "sloop/core/json.hpp"

namespace sloop::lambda {
namespace {

// cargo-lambda states the constant 600000 (the year 1970) as every deadline; nothing before this is meant.
constexpr long long kEarliestDeadlineMs = 1'000'000'000'000;

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

std::string error_body(const ErrorReport& report) {
  return write_json(
      JsonObject{{"errorMessage", report.message}, {"errorType", report.type}, {"stackTrace", JsonArray()}});
}

/// `Runtime.` or `Function.` and a word in letters: what Lambda accepts as an error type.
bool is_error_type(std::string_view text) {
  for (const std::string_view category : {"Runtime.", "Function."}) {
    if (!text.starts_with(category)) continue;
    const auto reason = text.substr(category.size());
    return !reason.empty() && reason[0] >= 'A' && reason[0] <= 'Z' &&
           std::ranges::all_of(reason, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  }
  return false;
}

/// `RateLimited` for `rate_limited`.
std::string pascal_case(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c != '_') out += upper ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '_';
  }
  return out;
}

}  // namespace

ErrorReport report_of(const Error& error) {
  return {.type = is_error_type(error.code) ? error.code : "Function." + pascal_case(to_string(error.kind)),
          .message = error.message};
}

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

Result<void> RuntimeClient::respond(const Invocation& invocation, std::string body) {
  Headers headers{{"content-type", "application/json"}};
  if (!invocation.invocation_id.empty()) headers.set("Lambda-Runtime-Invocation-Id", invocation.invocation_id);
  return post("/invocation/" + invocation.request_id + "/response", std::move(body), std::move(headers));
}

Result<void> RuntimeClient::fail(const Invocation& invocation, const ErrorReport& report) {
  Headers headers{{"content-type", "application/json"}, {"Lambda-Runtime-Function-Error-Type", report.type}};
  if (!invocation.invocation_id.empty()) headers.set("Lambda-Runtime-Invocation-Id", invocation.invocation_id);
  return post("/invocation/" + invocation.request_id + "/error", error_body(report), std::move(headers));
}

Result<void> RuntimeClient::fail_init(const ErrorReport& report) {
  return post("/init/error", error_body(report),
              {{"content-type", "application/json"}, {"Lambda-Runtime-Function-Error-Type", report.type}});
}

Result<void> RuntimeClient::post(const std::string& path, std::string body, Headers headers) {
  const auto response = transport_->send(
      {.method = "POST", .url = base_ + path, .headers = std::move(headers), .body = std::move(body)}, {});
  if (!response) return sloop::fail(response.error().within("Runtime API"));
  if (response->status >= 200 && response->status < 300) return {};
  // 410: Lambda has ended the invocation already.
  const auto kind = response->status == 410 ? ErrorKind::timed_out : kind_of_status(response->status);
  const auto json = parse_json(response->body);
  const std::string said(json ? find_string(*json, "errorMessage") : "");
  return sloop::fail(Error{.kind = kind,
                           .message = "Runtime API: the result was refused with status " +
                                      std::to_string(response->status) + (said.empty() ? "" : ": " + said),
                           .status = response->status});
}

}  // namespace sloop::lambda
