// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <span>

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

/// `code` of the error where it is a name, else `type`. The error event of OpenAI Responses has them at its top.
std::string_view code_in(const Json& body) {
  const Json* error = find(body, "error");
  if (error == nullptr || !error->is_object()) return find_string(body, "code");
  const auto code = find_string(*error, "code");
  return code.empty() ? find_string(*error, "type") : code;
}

struct NamedKind {
  std::string_view code;
  ErrorKind kind;
};
/// Names that say more than a status does.
constexpr NamedKind kPreciseNames[] = {
    {"context_length_exceeded", ErrorKind::too_large},  {"string_above_max_length", ErrorKind::too_large},
    {"model_not_found", ErrorKind::not_found},          {"invalid_api_key", ErrorKind::unauthenticated},
    {"rate_limit_exceeded", ErrorKind::rate_limited},   {"server_error", ErrorKind::unavailable},
    {"exceed_context_size_error", ErrorKind::too_large}};  // the last one is of llama.cpp
/// Names that stand for a status where there is none: in an answer of 200.
constexpr NamedKind kNames[] = {{"authentication_error", ErrorKind::unauthenticated},
                                {"permission_error", ErrorKind::forbidden},
                                {"billing_error", ErrorKind::forbidden},
                                {"not_found_error", ErrorKind::not_found},
                                {"request_too_large", ErrorKind::too_large},
                                {"rate_limit_error", ErrorKind::rate_limited},
                                {"insufficient_quota", ErrorKind::rate_limited}};

std::optional<ErrorKind> kind_named(std::span<const NamedKind> names, std::string_view code) {
  const auto named = std::ranges::find(names, code, &NamedKind::code);
  return named == names.end() ? std::nullopt : std::optional(named->kind);
}

/// The status that an error inside an answer of 200 names by a number, else that of the answer.
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
  return status;
}

ErrorKind kind_in(int status, std::string_view code) {
  if (const auto kind = kind_named(kPreciseNames, code)) return *kind;
  if (status >= 400) return kind_of_status(status);
  if (const auto kind = kind_named(kNames, code)) return *kind;
  // A provider that fails inside of a good answer may do better the next time.
  return code.starts_with("invalid_") ? ErrorKind::invalid_input : ErrorKind::unavailable;
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
  // Servers of vLLM's kind: {"object":"error","message":"..."}.
  if (error == nullptr || error->is_null())
    return find_string(body, "object") == "error" && !find_string(body, "message").empty();
  if (error->is_bool()) return error->get_bool();
  if (error->is_string()) return !error->get_string().empty();
  return !error->is_object() || !error->get_object().empty();
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
