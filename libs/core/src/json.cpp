// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace sloop {
namespace {

constexpr std::size_t kMaxDepth = 64;

std::string place_of(std::string_view text, std::size_t offset) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    ++column;
    if (text[i] == '\n') {
      ++line;
      column = 1;
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// Builds the value from the parser's calls. As Boost's own, but for numbers with a fraction or exponent, which that
/// one (1.81) rounds twice: the last digit of an embedding would change on its way.
struct ValueBuilder {
  static constexpr std::size_t max_object_size = boost::json::object::max_size();
  static constexpr std::size_t max_array_size = boost::json::array::max_size();
  static constexpr std::size_t max_key_size = boost::json::string::max_size();
  static constexpr std::size_t max_string_size = boost::json::string::max_size();
  using Code = boost::system::error_code;
  using Text = boost::json::string_view;

  // Values under construction; larger documents move on to the heap.
  alignas(Json) unsigned char buffer[2048];
  boost::json::value_stack stack{{}, buffer, sizeof buffer};
  std::string number;

  bool on_document_begin(Code& /*code*/) { return stack.reset(), true; }
  bool on_document_end(Code& /*code*/) { return true; }
  bool on_object_begin(Code& /*code*/) { return true; }
  bool on_object_end(std::size_t size, Code& /*code*/) { return stack.push_object(size), true; }
  bool on_array_begin(Code& /*code*/) { return true; }
  bool on_array_end(std::size_t size, Code& /*code*/) { return stack.push_array(size), true; }
  bool on_key_part(Text part, std::size_t /*size*/, Code& /*code*/) { return stack.push_chars(part), true; }
  bool on_key(Text part, std::size_t /*size*/, Code& /*code*/) { return stack.push_key(part), true; }
  bool on_string_part(Text part, std::size_t /*size*/, Code& /*code*/) { return stack.push_chars(part), true; }
  bool on_string(Text part, std::size_t /*size*/, Code& /*code*/) { return stack.push_string(part), true; }
  bool on_number_part(Text part, Code& /*code*/) { return number.append(part), true; }
  bool on_int64(std::int64_t value, Text /*part*/, Code& /*code*/) {
    return number.clear(), stack.push_int64(value), true;
  }
  bool on_uint64(std::uint64_t value, Text /*part*/, Code& /*code*/) {
    return number.clear(), stack.push_uint64(value), true;
  }
  bool on_double(double rounded, Text part, Code& /*code*/) {
    number.append(part);
    double value = rounded;
    // Out of range leaves the parser's zero or infinity.
    (void)std::from_chars(number.data(), number.data() + number.size(), value);
    number.clear();
    stack.push_double(value);
    return true;
  }
  bool on_bool(bool value, Code& /*code*/) { return stack.push_bool(value), true; }
  bool on_null(Code& /*code*/) { return stack.push_null(), true; }
  bool on_comment_part(Text /*part*/, Code& /*code*/) { return true; }
  bool on_comment(Text /*part*/, Code& /*code*/) { return true; }
};

void append(std::string& out, const Json& value);

/// Writes `d.dddE[-]x` without exponent where that is readable: `1.5E0` as `1.5`, `2E-3` as `0.002`, `1E22` as `1e+22`.
void append_readable(std::string& out, std::string_view text) {
  if (text.starts_with('-')) {
    out += '-';
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find('E');
  int exponent = 0;
  if (mark != std::string_view::npos) std::from_chars(text.data() + mark + 1, text.data() + text.size(), exponent);
  std::string digits(text.substr(0, std::min(mark, text.size())));
  const bool has_fraction = digits.size() > 1 && digits[1] == '.';
  if (exponent < -5 || exponent > 16) {
    out += digits;
    const int size = std::abs(exponent);
    out.append(exponent < 0 ? "e-" : "e+").append(size < 10 ? "0" : "").append(std::to_string(size));
    return;
  }
  if (has_fraction) digits.erase(1, 1);
  const int whole = exponent + 1;  // digits before the point
  const int count = static_cast<int>(digits.size());
  if (whole <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-whole), '0').append(digits);
  } else if (whole >= count) {
    out.append(digits).append(static_cast<std::size_t>(whole - count), '0');
  } else {
    out.append(digits, 0, static_cast<std::size_t>(whole)).append(".").append(digits, static_cast<std::size_t>(whole));
  }
}

void append_double(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";  // RFC 8259 has no word for these.
    return;
  }
  if (number == 0 && std::signbit(number)) {
    out += "-0.0";  // "-0" would be read as an integer and lose its sign.
    return;
  }
  // Boost's shortest digits, as `-1.25E-7`. The standard library's to_chars has the same, with 100 KB of tables for
  // what is not asked for here.
  const std::string text = boost::json::serialize(boost::json::value(number));
  append_readable(out, text);
}

void append(std::string& out, const JsonObject& object) {
  out += '{';
  bool first = true;
  for (const auto& member : object) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, member.key());
    out += ':';
    append(out, member.value());
  }
  out += '}';
}

void append(std::string& out, const JsonArray& array) {
  out += '[';
  bool first = true;
  for (const auto& item : array) {
    if (!first) out += ',';
    first = false;
    append(out, item);
  }
  out += ']';
}

void append(std::string& out, const Json& value) {
  switch (value.kind()) {
    case boost::json::kind::null: out += "null"; return;
    case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case boost::json::kind::int64: out += std::to_string(value.get_int64()); return;
    case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); return;
    case boost::json::kind::double_: append_double(out, value.get_double()); return;
    case boost::json::kind::string: append_json_string(out, value.get_string()); return;
    case boost::json::kind::array: append(out, value.get_array()); return;
    case boost::json::kind::object: append(out, value.get_object()); return;
  }
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return fail(ErrorKind::invalid_input, "not JSON: the text is empty");
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<ValueBuilder> parser(options);
  boost::system::error_code code;
  const std::size_t offset = parser.write_some(false, text.data(), text.size(), code);
  if (!code && text.find_first_not_of(" \t\r\n", offset) != std::string_view::npos)
    return fail(ErrorKind::invalid_input, "not JSON: something follows the value at " + place_of(text, offset));
  if (code) return fail(ErrorKind::invalid_input, "not JSON: " + code.message() + " at " + place_of(text, offset));
  return parser.handler().stack.release();
}

std::string write_json(const Json& value) {
  std::string out;
  append(out, value);
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default: out.append("\\u00").append({kHex[c >> 4], kHex[c & 15]});
    }
  }
  out.append(text, plain);
  out += '"';
}

const Json* find(const Json& value, std::string_view key) {
  const auto* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(key);
}

const Json* find(const Json& value, std::initializer_list<std::string_view> path) {
  const Json* at = &value;
  for (const auto key : path) {
    at = find(*at, key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::string_view find_string(const Json& value, std::string_view key) {
  const Json* member = find(value, key);
  return member != nullptr && member->is_string() ? std::string_view(member->get_string()) : std::string_view();
}

std::string_view json_type_name(const Json& value) {
  switch (value.kind()) {
    case boost::json::kind::null: return "null";
    case boost::json::kind::bool_: return "boolean";
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
    case boost::json::kind::double_: return "number";
    case boost::json::kind::string: return "string";
    case boost::json::kind::array: return "array";
    case boost::json::kind::object: break;
  }
  return "object";
}

}  // namespace sloop
