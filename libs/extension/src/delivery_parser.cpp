// SPDX-License-Identifier: Apache-2.0
#include "delivery_parser.hpp"

#include <charconv>

#include "sloop/core/headers.hpp"

namespace sloop::extension {
namespace {

constexpr std::size_t kMaxHead = 64u * 1024u;

/// The value of a header field in the head of a request; empty when it is absent.
std::string_view field(std::string_view head, std::string_view name) {
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
    const auto text = head.substr(line + 2, head.find("\r\n", line + 2) - line - 2);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !equal_ignoring_case(text.substr(0, colon), name)) continue;
    auto value = text.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    while (value.ends_with(' ')) value.remove_suffix(1);
    return value;
  }
  return {};
}

/// False unless all of `text` is a number.
bool read_number(std::string_view text, int base, std::size_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

DeliveryParser::State DeliveryParser::next() {
  const std::size_t end = pending_.find("\r\n\r\n");
  if (end == std::string::npos) return pending_.size() > kMaxHead ? State::broken : State::more;
  const auto head = std::string_view(pending_).substr(0, end);
  if (equal_ignoring_case(field(head, "transfer-encoding"), "chunked")) return read_chunks(end + 4);
  return read_length(head, end + 4);
}

DeliveryParser::State DeliveryParser::read_length(std::string_view head, std::size_t begin) {
  std::size_t length = 0;
  const auto text = field(head, "content-length");
  if (!text.empty() && !read_number(text, 10, length)) return State::broken;
  if (length > max_body_) return State::too_large;
  if (pending_.size() - begin < length) return State::more;
  body_ = pending_.substr(begin, length);
  pending_.erase(0, begin + length);
  return State::request;
}

DeliveryParser::State DeliveryParser::read_chunks(std::size_t begin) {
  std::string body;
  while (true) {
    const std::size_t line_end = pending_.find("\r\n", begin);
    if (line_end == std::string::npos) return State::more;
    const auto line = std::string_view(pending_).substr(begin, line_end - begin);
    std::size_t size = 0;
    if (!read_number(line.substr(0, line.find(';')), 16, size)) return State::broken;
    if (size > max_body_ - body.size()) return State::too_large;
    begin = line_end + 2;
    if (size == 0) {
      // Trailers, if any, end with an empty line; with none it follows at once.
      const std::size_t end = pending_.find("\r\n\r\n", line_end);
      if (end == std::string::npos) return State::more;
      pending_.erase(0, end + 4);
      body_ = std::move(body);
      return State::request;
    }
    if (pending_.size() < begin + size + 2) return State::more;
    body.append(pending_, begin, size);
    begin += size + 2;
  }
}

}  // namespace sloop::extension
