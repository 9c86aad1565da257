// SPDX-License-Identifier: Apache-2.0
#include "sloop/http/sse.hpp"

#include <string>

#include "fuzz.hpp"

namespace {

/// All events as one text.
std::string events_of(const std::vector<std::string_view>& pieces) {
  sloop::http::SseDecoder decoder;
  std::string out;
  const auto take = [&] {
    while (const auto event = decoder.next())
      out.append(event->type).append("|").append(event->data).append("|").append(event->id).append("\n");
  };
  for (const auto piece : pieces) {
    decoder.feed(piece);
    take();
  }
  decoder.finish();
  take();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = text_of(data, size);
  if (text.empty()) return 0;
  require(events_of(pieces_of(text)) == events_of({text.substr(1)}));
  return 0;
}
