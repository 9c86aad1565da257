// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "answer.hpp"
#include "sloop/http/retry.hpp"

namespace sloop::dialects {
namespace {

/// The vendor's own words in an error body, wherever this vendor puts them.
std::string_view message_in(const Json& body) {
  if (body.is_string()) return body.get_string();
  if (body.is_array()) return body.get_array().empty() ? std::string_view() : message_in(body.get_array().front());
  for (const auto path : {std::initializer_list<std::string_view>{"error", "message"},
                          {"error", "error"},
                          {"error"},
                          {"message"},
                          {"Message"},
                          {"detail"},
                          {"msg"}}) {
    const Json* value = find(body, path);
    if (value == nullptr) continue;
    if (value->is_string() && !value->get_string().empty()) return value->get_string();
    if (value->is_array() && !message_in(*value).empty()) return message_in(*value);
  }
  return {};
}

/// `code` of the error where it is a name, else `type`.
std::string_view code_in(const Json& body) {
  const Json* error = find(body, "error");
  if (error == nullptr) return {};
  const auto code = find_string(*error, "code");
  return code.empty() ? find_string(*error, "type") : code;
}

struct NamedStatus {
  std::string_view code;
  int status;
};
/// Anthropic names an error inside a stream by its type alone: the status that it has outside of streams.
constexpr NamedStatus kNamedStatuses[] = {
    {"authentication_error", 401}, {"billing_error", 402},    {"permission_error", 403}, {"not_found_error", 404},
    {"request_too_large", 413},    {"rate_limit_error", 429}, {"api_error", 500},        {"timeout_error", 504},
    {"overloaded_error", 529}};

/// The status that an error inside an answer of 200 names, else that of the answer.
int status_in(const Json& body, int status) {
  for (const auto path : {std::initializer_list<std::string_view>{"error", "code"},
                          {"error", "status_code"},
                          {"code"},
                          {"status_code"}}) {
    const Json* value = find(body, path);
    if (status >= 400 || value == nullptr) continue;
    if (value->is_int64() && value->get_int64() >= 400 && value->get_int64() < 600)
      return static_cast<int>(value->get_int64());
  }
  const auto* named = std::ranges::find(kNamedStatuses, code_in(body), &NamedStatus::code);
  return status < 400 && named != std::end(kNamedStatuses) ? named->status : status;
}

ErrorKind kind_in(int status, std::string_view code) {
  if (code == "context_length_exceeded" || code == "string_above_max_length") return ErrorKind::too_large;
  if (code == "model_not_found") return ErrorKind::not_found;
  if (code == "invalid_api_key") return ErrorKind::unauthenticated;
  if (code == "rate_limit_exceeded") return ErrorKind::rate_limited;
  if (code == "server_error") return ErrorKind::unavailable;
  if (code == "invalid_request_error" && status < 400) return ErrorKind::invalid_input;
  return kind_of_status(status);
}

/// Anthropic has no code for a conversation that is too long.
bool tells_too_long(std::string_view message) {
  return message.starts_with("prompt is too long") || message.contains("exceed context limit");
}

bool looks_like_html(std::string_view body) {
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && body[begin] == '<';
}

/// Google says when to repeat inside the error: `{"@type": ".../google.rpc.RetryInfo", "retryDelay": "34.07s"}`.
std::optional<std::chrono::milliseconds> retry_delay_in(const Json& body) {
  const Json* error = find(body, "error");
  const Json* details = error == nullptr ? nullptr : find(*error, "details");
  if (details == nullptr || !details->is_array()) return std::nullopt;
  for (const Json& detail : details->get_array()) {
    const std::string delay(find_string(detail, "retryDelay"));
    if (delay.empty() || delay.back() != 's') continue;
    const double seconds = std::strtod(delay.c_str(), nullptr);
    if (seconds >= 0 && seconds < 86'400) return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  }
  return std::nullopt;
}

}  // namespace

bool holds_error(const Json& body) {
  const Json* error = find(body, "error");
  return error != nullptr && !error->is_null() && !(error->is_string() && error->get_string().empty());
}

Error error_in(int status, const Headers& headers, const Json& body) {
  const int named = status_in(body, status);
  const auto code = code_in(body);
  const auto said = message_in(body);
  const auto told = http::retry_after(headers, std::chrono::system_clock::now());
  return {.kind = tells_too_long(said) ? ErrorKind::too_large : kind_in(named, code),
          .message = said.empty() ? "the provider answered status " + std::to_string(named) + " without a message"
                                  : std::string(said),
          .status = named,
          .retry_after = told ? told : retry_delay_in(body),
          .code = std::string(code)};
}

Error aws_error(std::string_view exception, std::string_view message) {
  struct Named {
    std::string_view name;
    int status;
  };
  // Botocore, `bedrock-runtime`: the statuses of its exceptions.
  constexpr Named kNamed[] = {
      {"validationException", 400},         {"accessDeniedException", 403},        {"resourceNotFoundException", 404},
      {"modelTimeoutException", 408},       {"modelStreamErrorException", 424},    {"modelErrorException", 424},
      {"throttlingException", 429},         {"modelNotReadyException", 429},       {"internalServerException", 500},
      {"serviceUnavailableException", 503}, {"serviceQuotaExceededException", 400}};
  const auto* named = std::ranges::find(kNamed, exception, &Named::name);
  const int status = named == std::end(kNamed) ? 500 : named->status;
  // A model that fails in the middle of its answer may do better the next time.
  const ErrorKind kind = status == 424 ? ErrorKind::unavailable : kind_in(status, {});
  return {
      .kind = kind,
      .message = message.empty() ? "the provider's stream ended with " + std::string(exception) : std::string(message),
      .status = status,
      .code = std::string(exception)};
}

Error vendor_error(int status, const Headers& headers, std::string_view body) {
  if (const auto json = parse_json(body)) {
    Error error = error_in(status, headers, *json);
    // AWS names its exception in the head: `ThrottlingException:http://...`.
    const auto type = headers.get_or("x-amzn-errortype", "");
    if (error.code.empty()) error.code = std::string(type.substr(0, type.find(':')));
    return error;
  }
  Error error = error_in(status, headers, Json());
  if (looks_like_html(body)) {
    error.message = "the provider answered status " + std::to_string(status) + " with an HTML page; check the base URL";
  } else if (!body.empty()) {
    error.message = body;
  }
  return error;
}

}  // namespace sloop::dialects
