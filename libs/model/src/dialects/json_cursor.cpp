// SPDX-License-Identifier: Apache-2.0
#include "json_cursor.hpp"

#include <cstdint>
#include <cstring>

#include "sloop/core/utf8.hpp"

namespace sloop::dialects {
namespace {

constexpr int kMaxDigits = 18;

/// What a backslash and `c` stand for; 0 for what is left to the parser.
char meaning_of(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case 'f': return '\f';
    default: return 0;
  }
}

/// The same byte eight times.
constexpr std::uint64_t kEach = 0x0101010101010101;

/// Not zero when one of the eight bytes is a quote, a backslash or a control character: subtracting borrows from the
/// top bit of those below the number only.
std::uint64_t specials(std::uint64_t eight) {
  const std::uint64_t quotes = eight ^ (kEach * '"');
  const std::uint64_t backslashes = eight ^ (kEach * '\\');
  return (((quotes - kEach) & ~quotes) | ((backslashes - kEach) & ~backslashes) | ((eight - kEach * 0x20) & ~eight)) &
         (kEach * 0x80);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

void JsonCursor::skip_blanks() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
}

bool JsonCursor::take(char c) {
  if (at_ == end_ || *at_ != c) return false;
  ++at_;
  skip_blanks();
  return true;
}

bool JsonCursor::take_key(std::string_view& key) {
  if (at_ == end_ || *at_ != '"') return false;
  const char* const begin = ++at_;
  if (!skip_plain() || at_ == end_ || *at_ != '"') return false;
  key = {begin, at_};
  return take('"') && take(':');
}

bool JsonCursor::skip_plain() {
  const char* at = at_;
  std::uint64_t all = 0;
  std::uint64_t eight = 0;
  std::uint64_t special = 0;
  while (special == 0 && end_ - at >= 8) {
    std::memcpy(&eight, at, 8);
    special = specials(eight);
    if (special == 0) all |= eight;
    if (special == 0) at += 8;
  }
  while (at != end_) {
    const auto c = static_cast<unsigned char>(*at);
    if (c < 0x20 || c == '"' || c == '\\') break;
    all |= c;
    ++at;
  }
  at_ = at;
  return (all & kEach * 0x80) == 0;
}

bool JsonCursor::take_string(std::string_view& text, std::string& unescaped) {
  if (at_ == end_ || *at_ != '"') return false;
  const char* const begin = ++at_;
  bool ascii = skip_plain();
  if (at_ != end_ && *at_ == '\\') {
    if (!unescape(begin, unescaped)) return false;
    text = unescaped;
    ascii = false;
  } else {
    text = {begin, at_};
  }
  return take('"') && (ascii || is_utf8(text));
}

/// From the first escape to the closing quote; what stands before it begins at `begin`.
bool JsonCursor::unescape(const char* begin, std::string& out) {
  out.assign(begin, at_);
  while (at_ != end_ && *at_ == '\\') {
    if (++at_ == end_) return false;
    const char meaning = meaning_of(*at_++);
    if (meaning == 0) return false;
    out += meaning;
    const char* const plain = at_;
    (void)skip_plain();
    out.append(plain, at_);
  }
  return true;
}

bool JsonCursor::take_string(std::string_view& text) {
  if (at_ == end_ || *at_ != '"') return false;
  const char* const begin = ++at_;
  const bool ascii = skip_plain();
  text = {begin, at_};
  return take('"') && (ascii || is_utf8(text));
}

bool JsonCursor::take_word(std::string_view word) {
  if (!std::string_view(at_, end_).starts_with(word)) return false;
  at_ += word.size();
  skip_blanks();
  return true;
}

bool JsonCursor::skip_number() {
  const char* const begin = at_;
  while (at_ != end_ && is_digit(*at_)) ++at_;
  const auto digits = at_ - begin;
  // A zero in front of other digits is no JSON.
  if (digits == 0 || digits > kMaxDigits || (digits > 1 && *begin == '0')) return false;
  skip_blanks();
  return true;
}

bool JsonCursor::skip_scalar() {
  std::string_view text;
  if (at_ != end_ && *at_ == '"') return take_string(text);
  return skip_number() || take_word("null") || take_word("true") || take_word("false");
}

bool JsonCursor::skip_nothing() {
  return take_word("null") || take_word("\"\"");
}

}  // namespace sloop::dialects
