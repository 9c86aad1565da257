// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/utf8.hpp"

#include <cstddef>

namespace sloop {
namespace {

struct Sequence {
  std::size_t size = 1;
  bool good = false;
};

/// The bytes that may follow the first one (Unicode standard, table 3-7): how many, and the range of the next.
struct Rule {
  std::size_t more = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Rule rule_of(unsigned char first) {
  if (first >= 0xC2 && first <= 0xDF) return {.more = 1};
  if (first == 0xE0) return {.more = 2, .low = 0xA0};
  if (first == 0xED) return {.more = 2, .high = 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {.more = 2};
  if (first == 0xF0) return {.more = 3, .low = 0x90};
  if (first == 0xF4) return {.more = 3, .high = 0x8F};
  if (first >= 0xF1 && first <= 0xF3) return {.more = 3};
  return {};
}

/// The character at the beginning of `bytes`, or the longest beginning of one.
Sequence first_of(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (byte(0) < 0x80) return {.good = true};
  Rule rule = rule_of(byte(0));
  if (rule.more == 0) return {};
  for (std::size_t i = 1; i <= rule.more; ++i) {
    if (i >= bytes.size() || byte(i) < rule.low || byte(i) > rule.high) return {.size = i};
    rule.low = 0x80;
    rule.high = 0xBF;
  }
  return {.size = rule.more + 1, .good = true};
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const auto sequence = first_of(bytes);
    if (!sequence.good) return false;
    bytes.remove_prefix(sequence.size);
  }
  return true;
}

std::string mend_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto sequence = first_of(bytes);
    out += sequence.good ? bytes.substr(0, sequence.size) : std::string_view("\xEF\xBF\xBD");
    bytes.remove_prefix(sequence.size);
  }
  return out;
}

}  // namespace sloop
