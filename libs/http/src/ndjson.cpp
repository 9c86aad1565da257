// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/ndjson.hpp"

#include <algorithm>

namespace sloop::http {

void NdjsonDecoder::feed(std::string_view bytes) {
  // Only what was not yet handed out is moved, and only when it is less than what was: linear in total.
  if (position_ > 0 && position_ >= buffer_.size() - position_) {
    buffer_.erase(0, position_);
    scanned_ -= std::min(scanned_, position_);
    position_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<std::string_view> NdjsonDecoder::next() {
  while (position_ < buffer_.size()) {
    std::size_t end = buffer_.find('\n', std::max(scanned_, position_));
    if (end == std::string::npos) {
      scanned_ = buffer_.size();
      if (!finished_) return std::nullopt;
      end = buffer_.size();
    }
    auto line = std::string_view(buffer_).substr(position_, end - position_);
    position_ = std::min(end + 1, buffer_.size());
    scanned_ = position_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") != std::string_view::npos) return line;
  }
  return std::nullopt;
}

}  // namespace sloop::http
