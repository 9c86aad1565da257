// SPDX-License-Identifier: Apache-2.0
//
// A streamed answer in the wire format DIALECT, an enumerator of `Dialect` that the build gives.
#include "fuzz.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace {

using namespace sloop;

/// What is understood, as one text: in any chunking the same.
std::string meaning_of(const std::vector<std::string_view>& pieces) {
  const auto decoder = dialects::find_wire(Dialect::DIALECT)->event_decoder();
  std::vector<StreamEvent> events;
  Result<void> result;
  for (const auto piece : pieces)
    if (result = decoder->feed(piece, events); !result) break;
  if (result) result = decoder->finish(events);
  ReplyFold fold;
  for (const auto& event : events) fold.add(event);
  const ModelReply reply = fold.take();
  return write_json(to_neutral_json(reply.message)) + reply.finish_raw + (result ? "" : result.error().message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = text_of(data, size);
  if (text.empty()) return 0;
  require(meaning_of(pieces_of(text)) == meaning_of({text.substr(1)}));
  return 0;
}
