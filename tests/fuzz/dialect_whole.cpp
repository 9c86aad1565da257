// SPDX-License-Identifier: Apache-2.0
//
// A whole answer in the wire format DIALECT, an enumerator of `Dialect` that the build gives.
#include "fuzz.hpp"
#include "sloop/model/dialects/wires.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = text_of(data, size);
  for (const int status : {200, 429}) {
    const auto events = sloop::dialects::find_wire(sloop::Dialect::DIALECT)->decode_whole(status, {}, text);
    require(status == 200 || !events);
    if (!events) continue;
    sloop::ReplyFold fold;
    for (const auto& event : *events) fold.add(event);
    (void)fold.take();
  }
  return 0;
}
