// SPDX-License-Identifier: Apache-2.0
//
// Responses to replies. The JSON is written straight to text: a body of megabytes is copied once.
#include <algorithm>
#include <array>
#include <vector>

#include "ascii.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/utf8.hpp"
#include "sloop/web/event.hpp"

namespace sloop::web {
namespace {

constexpr std::string_view kEncodingOverride = "x-lambda-http-content-encoding";

bool is_text_type(std::string_view type) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"text", "application/json", "application/javascript",
                                                         "application/xml", "application/yaml"};
  constexpr std::array<std::string_view, 3> kSuffixes = {"+json", "+xml", "+yaml"};
  return std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return type.starts_with(prefix); }) ||
         std::ranges::any_of(kSuffixes, [&](std::string_view suffix) { return type.ends_with(suffix); });
}

/// The values of one header name; names differ in more than case.
struct Field {
  std::string key;
  std::string_view name;
  std::vector<std::string_view> values;
};

/// Headers by name, in the order of their first appearance. Linear in their number, also for ten thousand.
std::vector<Field> grouped(const Headers& headers) {
  std::vector<Field> fields;
  fields.reserve(headers.size());
  for (const auto& [name, value] : headers) fields.push_back({lower_case(name), name, {value}});
  if (headers.size() < 2) return fields;
  std::vector<std::size_t> order(fields.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {},
                    [&](std::size_t i) { return std::pair<std::string_view, std::size_t>(fields[i].key, i); });
  for (std::size_t i = 1, first = order[0]; i < order.size(); ++i) {
    Field& field = fields[order[i]];
    if (field.key != fields[first].key) {
      first = order[i];
    } else {
      fields[first].values.push_back(field.values[0]);
      field.values.clear();
    }
  }
  std::erase_if(fields, [](const Field& field) { return field.values.empty() || field.key == kEncodingOverride; });
  return fields;
}

/// Writes one JSON object as text.
class Writer {
 public:
  void key(std::string_view name) {
    out_ += first_ ? "{\"" : ",\"";
    first_ = false;
    out_ += name;
    out_ += "\":";
  }
  void text(std::string_view value) {
    if (is_utf8(value))
      append_json_string(out_, value);
    else
      append_json_string(out_, mend_utf8(value));
  }
  void raw(std::string_view json) { out_ += json; }

  /// `{"name":"value, value"}`, without cookies where they go elsewhere.
  void joined(const std::vector<Field>& fields, bool with_cookies) {
    out_ += '{';
    bool first = true;
    for (const Field& field : fields) {
      if (!with_cookies && field.key == "set-cookie") continue;
      name_of(field, first);
      std::string value(field.values[0]);
      for (std::size_t i = 1; i < field.values.size(); ++i) value.append(", ").append(field.values[i]);
      text(value);
    }
    out_ += '}';
  }

  /// `{"name":["value","value"]}`
  void lists(const std::vector<Field>& fields) {
    out_ += '{';
    bool first = true;
    for (const Field& field : fields) {
      name_of(field, first);
      list(field.values);
    }
    out_ += '}';
  }

  void cookies(const std::vector<Field>& fields) {
    const auto found = std::ranges::find(fields, "set-cookie", &Field::key);
    list(found == fields.end() ? std::vector<std::string_view>() : found->values);
  }

  void body(const Response& response) {
    const bool as_text = is_text(response);
    out_.reserve(out_.size() + response.body.size() * (as_text ? 1 : 4) / (as_text ? 1 : 3) + 64);
    key("body");
    as_text ? text(response.body) : append_json_string(out_, encode_base64(response.body));
    key("isBase64Encoded");
    raw(as_text ? "false" : "true");
  }

  std::string end() { return std::move(out_ += '}'); }

 private:
  void name_of(const Field& field, bool& first) {
    if (!first) out_ += ',';
    first = false;
    append_json_string(out_, field.name);
    out_ += ':';
  }
  void list(const std::vector<std::string_view>& values) {
    out_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i != 0) out_ += ',';
      text(values[i]);
    }
    out_ += ']';
  }

  std::string out_;
  bool first_ = true;
};

}  // namespace

bool is_text(const Response& response) {
  const auto override = response.headers.get(kEncodingOverride);
  if (override && equal_ignoring_case(*override, "text")) return true;
  if (override && equal_ignoring_case(*override, "binary")) return false;
  if (response.headers.contains("content-encoding")) return false;
  const std::string type = media_type_of(response.headers);
  if (!type.empty() && !is_text_type(type)) return false;
  // In any other encoding the bytes themselves are what the client wants to have.
  return is_utf8(response.body);
}

std::string reply_of(Trigger trigger, const Response& response) {
  const auto fields = grouped(response.headers);
  Writer writer;
  writer.key("statusCode");
  writer.raw(std::to_string(response.status));
  switch (trigger) {
    case Trigger::rest_api:
    case Trigger::websocket:
      // API Gateway would send those twice that stand in both maps.
      writer.key("multiValueHeaders");
      writer.lists(fields);
      break;
    case Trigger::load_balancer:
    case Trigger::lattice_v1:
    case Trigger::lattice_v2:
      writer.key("statusDescription");
      writer.text(std::to_string(response.status) + " " + std::string(reason_of(response.status)));
      writer.key("headers");
      writer.joined(fields, true);
      if (trigger != Trigger::load_balancer) break;
      // Which of the two is read depends on the target group's setting, which the event does not tell.
      writer.key("multiValueHeaders");
      writer.lists(fields);
      break;
    case Trigger::http_api:
    case Trigger::function_url:
    case Trigger::none:
      writer.key("headers");
      writer.joined(fields, false);
      writer.key("cookies");
      writer.cookies(fields);
      break;
  }
  writer.body(response);
  return writer.end();
}

lambda::HttpPrelude prelude_of(const Response& response) {
  lambda::HttpPrelude prelude{.status = response.status};
  for (const auto& [name, value] : response.headers) {
    if (equal_ignoring_case(name, "set-cookie"))
      prelude.cookies.push_back(value);
    else if (!equal_ignoring_case(name, kEncodingOverride))
      prelude.headers.add(name, value);
  }
  return prelude;
}

}  // namespace sloop::web
