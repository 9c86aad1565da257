// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/server_events.hpp"

namespace sloop::web {
namespace {

void add_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : value)
    if (c != '\r' && c != '\n' && c != '\0') out += c;
  out += '\n';
}

}  // namespace

std::string encode_event(const ServerEvent& event) {
  std::string out;
  if (!event.event.empty()) add_field(out, "event", event.event);
  if (!event.id.empty()) add_field(out, "id", event.id);
  if (event.retry) add_field(out, "retry", std::to_string(event.retry->count()));
  // CR, LF and CRLF all end a line; each line of the data is a field.
  std::string_view rest = event.data;
  while (true) {
    const std::size_t end = rest.find_first_of("\r\n");
    out.append("data: ").append(rest.substr(0, end)).append("\n");
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return out += '\n';
}

Response Respond<EventStream>::response(EventStream stream) {
  return streamed("text/event-stream",
                  [write = std::move(stream.write)](BodyWriter& out) {
                    EventWriter events(out);
                    return write(events);
                  })
      .with("cache-control", "no-cache");
}

void Respond<EventStream>::describe(OperationNotes& notes) {
  notes.replies.push_back({200, {"text/event-stream", JsonObject{{"type", "string"}}}});
}

}  // namespace sloop::web
