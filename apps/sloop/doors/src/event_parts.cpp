// SPDX-License-Identifier: Apache-2.0
#include "event_parts.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sloop/core/base64.hpp"
#include "sloop/core/percent.hpp"
#include "sloop/core/utf8.hpp"

namespace sloop::doors {
namespace {

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string decode_parameter(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return mend_utf8(decode_percent(spaced));
}

std::string_view media_type(std::string_view content_type) {
  auto type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return type;
}

}  // namespace

Pairs query_pairs(std::string_view query, bool decoded) {
  Pairs out;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto part = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (part.empty()) continue;
    const auto equals = part.find('=');
    const auto name = part.substr(0, equals);
    const auto value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    if (decoded)
      out.emplace_back(decode_parameter(name), decode_parameter(value));
    else
      out.emplace_back(name, value);
  }
  return out;
}

JsonObject last_values(const Pairs& pairs) {
  JsonObject out;
  for (const auto& [name, value] : pairs) out[name] = value;
  return out;
}

JsonObject all_values(const Pairs& pairs) {
  JsonObject out;
  for (const auto& [name, value] : pairs) {
    Json& values = out[name];
    if (values.is_null()) values = JsonArray();
    values.as_array().emplace_back(value);
  }
  return out;
}

JsonObject joined_values(const Pairs& pairs) {
  JsonObject out;
  for (const auto& [name, value] : pairs) {
    Json& joined = out[name];
    if (joined.is_null())
      joined = value;
    else
      joined.as_string().append(",").append(value);
  }
  return out;
}

Pairs door_headers(const serve::Request& request, const Visit& visit, bool lower) {
  const auto shown = [&](std::string_view name) { return mend_utf8(lower ? lower_case(name) : std::string(name)); };
  std::string forwarded(request.headers.get_or("x-forwarded-for", ""));
  if (!forwarded.empty()) forwarded += ", ";
  Headers added{{"X-Forwarded-For", forwarded + visit.source_ip},
                {"X-Forwarded-Port", "443"},
                {"X-Forwarded-Proto", "https"},
                {"X-Amzn-Trace-Id", visit.trace_id}};
  Pairs out;
  for (const auto& [name, value] : request.headers)
    // What belongs to the connection ends at the door.
    if (!added.contains(name) && !equal_ignoring_case(name, "connection") &&
        !equal_ignoring_case(name, "transfer-encoding"))
      out.emplace_back(shown(name), mend_utf8(value));
  for (const auto& [name, value] : added) out.emplace_back(shown(name), value);
  return out;
}

void put_body(JsonObject& event, std::string_view body, bool base64) {
  event["body"] = base64 ? encode_base64(body) : mend_utf8(body);
  event["isBase64Encoded"] = base64;
}

bool is_text(const Headers& headers) {
  if (headers.contains("content-encoding")) return false;
  const std::string type = lower_case(media_type(headers.get_or("content-type", "")));
  return type.starts_with("text/") || type == "application/json" || type == "application/javascript" ||
         type == "application/xml" || type.ends_with("+json") || type.ends_with("+xml");
}

std::string request_time(std::chrono::system_clock::time_point at) {
  return fmt::format("{:%d/%b/%Y:%H:%M:%S} +0000", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::int64_t epoch_milliseconds(std::chrono::system_clock::time_point at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

Json object_or_null(JsonObject object) {
  if (object.empty()) return nullptr;
  return object;
}

std::string stage_of(const DoorOptions& options) {
  if (options.stage.empty() && options.kind == DoorKind::rest_api) return "prod";
  return options.stage == "$default" ? "" : options.stage;
}

bool holds_media_type(const std::vector<std::string>& types, std::string_view type) {
  const std::string wanted = lower_case(media_type(type));
  return std::ranges::any_of(types, [&](const std::string& held) {
    if (held == "*/*") return true;
    if (held.ends_with("/*")) return wanted.starts_with(lower_case(std::string_view(held).substr(0, held.size() - 1)));
    return lower_case(held) == wanted;
  });
}

}  // namespace sloop::doors
