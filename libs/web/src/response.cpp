// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/response.hpp"

#include <algorithm>
#include <array>

#include "sloop/core/percent.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop::web {
namespace {

struct Phrase {
  int status;
  std::string_view text;
};
// RFC 9110 section 15 and the IANA registry; sorted.
constexpr std::array kPhrases = std::to_array<Phrase>({
    {100, "Continue"},
    {101, "Switching Protocols"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {424, "Failed Dependency"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
});

bool is_name_character(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kMarks.contains(c);
}

Response whole(int status, std::string_view content_type, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.add("content-type", std::string(content_type));
  return response;
}

}  // namespace

Response Response::with(std::string_view name, std::string value) && {
  headers.add(std::string(name), std::move(value));
  return std::move(*this);
}

Response text(std::string body) {
  return whole(200, "text/plain; charset=utf-8", std::move(body));
}

Response html(std::string body) {
  return whole(200, "text/html; charset=utf-8", std::move(body));
}

Response bytes(std::string body, std::string content_type) {
  return whole(200, content_type, std::move(body));
}

Response json_response(int status, const Json& value) {
  return whole(status, "application/json", write_json(value));
}

Response empty(int status) {
  return {.status = status};
}

Response redirect(std::string_view location, int status) {
  constexpr std::string_view kUriCharacters = ":/?#[]@!$&'()*+,;=%";
  return Response{.status = status}.with("location", encode_percent(location, kUriCharacters));
}

Response streamed(std::string content_type, std::function<Result<void>(BodyWriter&)> write) {
  Response response = whole(200, content_type, {});
  response.stream = std::move(write);
  return response;
}

Response problem(int status, std::string_view detail) {
  std::string body = "{\"title\":";
  append_json_string(body, reason_of(status));
  body += ",\"status\":" + std::to_string(status);
  if (!detail.empty()) {
    body += ",\"detail\":";
    append_json_string(body, is_utf8(detail) ? std::string(detail) : mend_utf8(detail));
  }
  return whole(status, "application/problem+json", body + "}");
}

Response problem(const Error& error) {
  Response response = problem(status_of(error.kind), error.kind == ErrorKind::internal ? "" : error.message);
  if (error.retry_after)
    response.headers.add("retry-after",
                         std::to_string(std::chrono::ceil<std::chrono::seconds>(*error.retry_after).count()));
  return response;
}

int status_of(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::invalid_input: return 400;
    case ErrorKind::unauthenticated: return 401;
    case ErrorKind::forbidden: return 403;
    case ErrorKind::not_found: return 404;
    case ErrorKind::too_large: return 413;
    case ErrorKind::rate_limited: return 429;
    case ErrorKind::unsupported: return 501;
    case ErrorKind::untrusted:
    case ErrorKind::bad_reply: return 502;
    case ErrorKind::cancelled:
    case ErrorKind::unavailable: return 503;
    case ErrorKind::timed_out: return 504;
    case ErrorKind::internal: break;
  }
  return 500;
}

std::string_view reason_of(int status) noexcept {
  const auto found = std::ranges::lower_bound(kPhrases, status, {}, &Phrase::status);
  return found != kPhrases.end() && found->status == status ? found->text : std::string_view();
}

bool is_header(std::string_view name, std::string_view value) noexcept {
  return !name.empty() && std::ranges::all_of(name, is_name_character) &&
         value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

Response sendable(Response response, std::string_view method) {
  if (response.status < 100 || response.status > 599)
    return sendable(problem(500, "the handler gave a status that HTTP does not have"), method);
  for (const auto& [name, value] : response.headers)
    if (!is_header(name, value)) return sendable(problem(500, "the handler set a header that HTTP forbids"), method);
  if (method == "HEAD" && !response.stream && !response.headers.contains("content-length"))
    response.headers.add("content-length", std::to_string(response.body.size()));
  if (method == "HEAD" || response.status == 204 || response.status == 304) {
    response.body.clear();
    response.stream = nullptr;
  }
  return response;
}

Result<void> collect(Response& response) {
  if (!response.stream) return {};
  BodyWriter writer([&](std::string_view piece) -> Result<void> {
    response.body += piece;
    return {};
  });
  const auto stream = std::move(response.stream);
  response.stream = nullptr;
  return stream(writer);
}

}  // namespace sloop::web
