// SPDX-License-Identifier: Apache-2.0
//
// Reads JSON from its text without building a value, for the events that come in thousands and say one word each.
//
//   JsonCursor cursor(text);
//   const bool read = cursor.each_member([&](std::string_view key) {
//     return key == "text" ? cursor.take_string(text) : cursor.skip_scalar();
//   });
//   if (!read || !cursor.at_end()) ... // not of this shape: parse it
//
// Not a parser: what is rare (`\u` escapes, keys that are not ASCII, fractions) it refuses as it refuses what is no
// JSON, and does not say why. Whatever it takes is JSON that `parse_json` reads alike.
#pragma once

#include <string>
#include <string_view>

namespace sloop::dialects {

class JsonCursor {
 public:
  /// `text` must outlive the cursor. Blanks before the first value are refused.
  explicit JsonCursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  /// Takes an object: calls `each(key)` for every member, which takes the value and tells whether it could.
  template <class Each>
  bool each_member(Each each) {
    if (!take('{')) return false;
    if (take('}')) return true;
    std::string_view key;
    do {
      if (!take_key(key) || !each(key)) return false;
    } while (take(','));
    return take('}');
  }

  /// Takes the mark `c` and the blanks after it.
  bool take(char c);
  /// Takes a string. `text` is a view of the cursor's text, or of `unescaped` when it has escapes.
  bool take_string(std::string_view& text, std::string& unescaped);
  /// Takes a string without escapes.
  bool take_string(std::string_view& text);
  /// Takes a literal, `null` for instance, or a number that is written so.
  bool take_word(std::string_view word);
  /// Takes a string without escapes, a literal, or a whole number of at most 18 digits.
  bool skip_scalar();
  /// Takes what says nothing: `null` or `""`.
  bool skip_nothing();
  [[nodiscard]] bool at_end() const { return at_ == end_; }

 private:
  bool take_key(std::string_view& key);
  bool skip_number();
  bool unescape(const char* begin, std::string& out);
  /// Goes to the next quote, backslash or control character; whether all before it are ASCII.
  bool skip_plain();
  void skip_blanks();

  const char* at_;
  const char* end_;
};

}  // namespace sloop::dialects
