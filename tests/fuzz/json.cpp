// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/json.hpp"

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = sloop::parse_json(text_of(data, size));
  if (!value) return 0;
  const std::string text = sloop::write_json(*value);
  const auto again = sloop::parse_json(text);
  require(again && sloop::write_json(*again) == text);
  return 0;
}
