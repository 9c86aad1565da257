// SPDX-License-Identifier: Apache-2.0
//
// Events of Chat Completions, one a line, with `data: ` before it or not: what is read from their text must be what the
// parser makes of it.
#include <algorithm>
#include <string>

#include "fuzz.hpp"
#include "sloop/core/json.hpp"
#include "sloop/model/dialects/wires.hpp"

namespace {

using namespace sloop;

constexpr std::string_view kData = "data: ";

/// What is told; `begin` stands before every object. Warnings name a place, which moves with it.
std::string told_by(std::string_view lines, std::string_view begin) {
  const auto decoder = dialects::find_wire(Dialect::openai_chat)->event_decoder();
  std::vector<StreamEvent> events;
  Result<void> result;
  while (result && !lines.empty()) {
    auto line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (line.starts_with(kData)) line.remove_prefix(kData.size());
    result = decoder->feed(std::string(line.starts_with('{') ? begin : kData).append(line) + "\n\n", events);
  }
  if (result) result = decoder->finish(events);
  ReplyFold fold;
  std::string out;
  for (const auto& event : events) {
    out += std::holds_alternative<Warning>(event.value) ? "warning" : write_json(to_neutral_json(event));
    fold.add(event);
  }
  return out + write_json(to_neutral_json(fold.take().message)) + (result ? "" : result.error().message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto lines = text_of(data, size);
  if (lines.empty()) return 0;
  // The seeds are those of the streams, whose first byte says how they are cut.
  lines.remove_prefix(1);
  // Blanks before an event leave it to the parser.
  require(told_by(lines, kData) == told_by(lines, "data:   "));
  return 0;
}
