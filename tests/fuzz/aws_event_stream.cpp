// SPDX-License-Identifier: Apache-2.0
//
// Any bytes in two pieces; what decodes must encode to something that decodes to the same.
#include <cstdint>
#include <cstdlib>

#include "sloop/aws/event_stream.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sloop::aws::EventStreamDecoder decoder;
  for (const auto piece : {bytes.substr(0, size / 2), bytes.substr(size / 2)}) {
    decoder.feed(piece);
    for (auto message = decoder.next(); message && *message; message = decoder.next()) {
      sloop::aws::EventStreamDecoder again;
      again.feed(sloop::aws::encode_event(**message));
      const auto same = again.next();
      if (!same || !*same || (*same)->payload != (*message)->payload || (*same)->headers != (*message)->headers)
        std::abort();
    }
  }
  return 0;
}
