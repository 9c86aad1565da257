// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/sse.hpp"

#include <algorithm>

namespace sloop::http {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Whether `bytes` may still become a byte order mark.
bool may_be_mark(std::string_view bytes) {
  return bytes.size() < kByteOrderMark.size() && kByteOrderMark.starts_with(bytes);
}

/// The first CR or LF at or after `from`. Two searches for one byte each are several times faster than one for both.
std::size_t line_end(std::string_view text, std::size_t from) {
  const std::size_t feed = text.find('\n', from);
  const std::size_t carriage_return = text.substr(0, feed).find('\r', from);
  return std::min(feed, carriage_return);
}

}  // namespace

void SseDecoder::feed(std::string_view bytes) {
  // Only what was not yet decoded is moved, and only when it is less than what was: linear in total.
  if (position_ > 0 && position_ >= buffer_.size() - position_) {
    buffer_.erase(0, position_);
    scanned_ -= position_;
    position_ = 0;
  }
  buffer_.append(bytes);
}

void SseDecoder::finish() {
  finished_ = true;
}

std::optional<std::string_view> SseDecoder::next_line() {
  if (!started_) {
    const std::string_view head = std::string_view(buffer_).substr(position_);
    if (may_be_mark(head) && !finished_) return std::nullopt;
    if (head.starts_with(kByteOrderMark)) position_ += kByteOrderMark.size();
    started_ = true;
  }
  if (after_cr_ && position_ < buffer_.size()) {
    // The LF of a CRLF whose CR ended the line before.
    if (buffer_[position_] == '\n') ++position_;
    after_cr_ = false;
  }
  const std::size_t end = line_end(buffer_, std::max(scanned_, position_));
  if (end == std::string::npos) {
    scanned_ = buffer_.size();
    if (!finished_ || position_ == buffer_.size()) return std::nullopt;
    const auto rest = std::string_view(buffer_).substr(position_);
    position_ = buffer_.size();
    return rest;
  }
  const auto line = std::string_view(buffer_).substr(position_, end - position_);
  after_cr_ = buffer_[end] == '\r';
  position_ = end + 1;
  scanned_ = position_;
  return line;
}

void SseDecoder::take_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  const auto name = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "data") {
    if (has_data_) data_ += '\n';
    data_ += value;
    has_data_ = true;
  } else if (name == "event") {
    type_ = value;
  } else if (name == "id" && value.find('\0') == std::string_view::npos) {
    id_ = value;
  }
}

std::optional<SseEvent> SseDecoder::next() {
  if (handed_out_) {
    data_.clear();
    type_.clear();
    has_data_ = handed_out_ = false;
  }
  while (const auto line = next_line()) {
    if (!line->empty()) {
      take_field(*line);
      continue;
    }
    if (has_data_) return hand_out();
    type_.clear();
  }
  return finished_ && has_data_ ? std::optional(hand_out()) : std::nullopt;
}

SseEvent SseDecoder::hand_out() {
  handed_out_ = true;
  return {.type = type_, .data = data_, .id = id_};
}

}  // namespace sloop::http
