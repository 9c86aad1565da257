// SPDX-License-Identifier: Apache-2.0
#include "sloop/core/base64.hpp"

#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = text_of(data, size);
  (void)sloop::decode_base64(text);
  require(sloop::decode_base64(sloop::encode_base64(text)) == text);
  return 0;
}
