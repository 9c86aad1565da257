// SPDX-License-Identifier: Apache-2.0
//
// What the fuzz targets share: bytes as text, cut into pieces whose sizes the input itself decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The first byte seeds the sizes of the pieces, 1 to 16 bytes each.
inline std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  if (text.empty()) return pieces;
  auto seed = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  while (!text.empty()) {
    seed = static_cast<unsigned char>(seed * 5 + 1);
    pieces.push_back(text.substr(0, 1 + seed / 16u));
    text.remove_prefix(pieces.back().size());
  }
  return pieces;
}

/// Ends the run as a finding.
inline void require(bool good) {
  if (!good) std::abort();
}
