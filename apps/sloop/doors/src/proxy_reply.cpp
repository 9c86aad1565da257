// SPDX-License-Identifier: Apache-2.0
#include "proxy_reply.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sloop/core/base64.hpp"

namespace sloop::doors {
namespace {

// The server's own.
constexpr std::array<std::string_view, 4> kConnection = {"content-length", "connection", "transfer-encoding",
                                                         "keep-alive"};

bool is_token(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

/// Text, numbers and booleans as the value of a header.
Result<std::string> header_value(const Json& value) {
  if (value.is_object() || value.is_array() || value.is_null())
    return fail(ErrorKind::bad_reply, "a header of the function's reply is no text");
  std::string text = value.is_string() ? std::string(value.as_string()) : write_json(value);
  if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
    return fail(ErrorKind::bad_reply, "a header of the function's reply has a line end in it");
  return text;
}

Result<void> add_header(Headers& headers, std::string_view name, const Json& value) {
  if (!is_token(name)) return fail(ErrorKind::bad_reply, "a header of the function's reply has no valid name");
  auto text = header_value(value);
  if (!text) return fail(text.error());
  const bool dropped = std::ranges::any_of(kConnection, [&](auto own) { return equal_ignoring_case(own, name); });
  if (!dropped) headers.add(std::string(name), std::move(*text));
  return {};
}

Result<void> add_single(Headers& headers, const Json& object) {
  if (!object.is_object()) return fail(ErrorKind::bad_reply, "`headers` of the function's reply is no object");
  for (const auto& [name, value] : object.get_object())
    if (!headers.contains(name))
      if (auto added = add_header(headers, name, value); !added) return added;
  return {};
}

Result<void> add_multiple(Headers& headers, const Json& object) {
  if (!object.is_object())
    return fail(ErrorKind::bad_reply, "`multiValueHeaders` of the function's reply is no object");
  for (const auto& [name, values] : object.get_object()) {
    if (!values.is_array())
      return fail(ErrorKind::bad_reply, "`multiValueHeaders` of the function's reply has no lists");
    for (const auto& value : values.get_array())
      if (auto added = add_header(headers, name, value); !added) return added;
  }
  return {};
}

Result<int> read_status(const Json& reply) {
  const Json* status = find(reply, "statusCode");
  if (status == nullptr) return fail(ErrorKind::bad_reply, "the function's reply has no statusCode");
  std::int64_t number = 0;
  if (status->is_int64()) number = status->get_int64();
  if (status->is_string() && status->get_string().size() == 3) number = std::atoi(status->get_string().c_str());
  if (number < 100 || number > 599) return fail(ErrorKind::bad_reply, "statusCode of the function's reply is none");
  return static_cast<int>(number);
}

Result<std::string> read_body(const Json& reply, bool binary) {
  const Json* body = find(reply, "body");
  if (body == nullptr || body->is_null()) return std::string();
  if (!body->is_string()) return fail(ErrorKind::bad_reply, "`body` of the function's reply is no text");
  const Json* encoded = find(reply, "isBase64Encoded");
  if (!binary || encoded == nullptr || *encoded != Json(true)) return std::string(body->get_string());
  auto bytes = decode_base64(body->get_string());
  if (!bytes) return fail(ErrorKind::bad_reply, "`body` of the function's reply is no base64");
  return std::move(*bytes);
}

bool present(const Json* value) {
  return value != nullptr && !value->is_null();
}

}  // namespace

Result<Answer> read_reply_head(const Json& reply, const ReplyRules& rules) {
  auto status = read_status(reply);
  if (!status) return fail(status.error());
  Answer answer{.status = *status};
  if (const Json* headers = find(reply, "multiValueHeaders"); rules.multiple && present(headers))
    if (auto added = add_multiple(answer.headers, *headers); !added) return fail(added.error());
  if (const Json* headers = find(reply, "headers"); rules.single && present(headers))
    if (auto added = add_single(answer.headers, *headers); !added) return fail(added.error());
  const Json* cookies = find(reply, "cookies");
  if (!rules.v2 || !present(cookies)) return answer;
  if (!cookies->is_array()) return fail(ErrorKind::bad_reply, "`cookies` of the function's reply is no list");
  for (const auto& cookie : cookies->get_array())
    if (auto added = add_header(answer.headers, "set-cookie", cookie); !added) return fail(added.error());
  return answer;
}

Result<Answer> read_reply(std::string_view json, const ReplyRules& rules) {
  const auto reply = parse_json(json);
  if (!reply) return fail(ErrorKind::bad_reply, "the function's reply is no JSON");
  if (rules.v2 && find(*reply, "statusCode") == nullptr)
    return Answer{.headers = {{"content-type", "application/json"}},
                  .body = reply->is_string() ? std::string(reply->get_string()) : std::string(json)};
  auto answer = read_reply_head(*reply, rules);
  if (!answer) return answer;
  auto body = read_body(*reply, rules.binary);
  if (!body) return fail(body.error());
  answer->body = std::move(*body);
  if (rules.v2 && !answer->headers.contains("content-type")) answer->headers.add("content-type", "application/json");
  return answer;
}

}  // namespace sloop::doors
