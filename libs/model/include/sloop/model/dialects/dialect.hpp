// SPDX-License-Identifier: Apache-2.0
//
// What a wire format is to the rest of the room: three pure functions and where to send the bytes. No sockets, no
// clocks. Every format has a file pair of its own in this folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/headers.hpp"
#include "sloop/model/request.hpp"
#include "sloop/model/stream_event.hpp"

namespace sloop {
class Authenticator;
namespace http {
class Transport;
}
}  // namespace sloop

namespace sloop::dialects {

/// A request in the words of a format.
struct Encoded {
  /// Members in a fixed order: the same request always gives the same bytes.
  JsonObject body;
  /// Settings of the request that the format does not have, and that were left out.
  std::vector<std::string> warnings;
};

/// Decodes a streamed answer: feed bytes in any chunking, take the events.
class EventDecoder {
 public:
  virtual ~EventDecoder() = default;
  EventDecoder() = default;
  EventDecoder(const EventDecoder&) = delete;
  EventDecoder& operator=(const EventDecoder&) = delete;

  /// Appends the events that `bytes` complete to `out`. An error in the stream is returned after the events before
  /// it were appended.
  [[nodiscard]] virtual Result<void> feed(std::string_view bytes, std::vector<StreamEvent>& out) = 0;
  /// The body has ended. Fails with `bad_reply` when the reply was cut off.
  [[nodiscard]] virtual Result<void> finish(std::vector<StreamEvent>& out) = 0;
};

struct Wire {
  /// As `sloop complete --dialect` takes it: `openai-chat`.
  std::string_view name;
  /// Below the base URL: `/chat/completions`.
  std::string (*path)(std::string_view model, bool stream);
  /// What a streamed answer is asked for as: `text/event-stream`.
  std::string_view stream_type;
  Result<Encoded> (*encode)(const ModelRequest& request, std::string_view model, bool stream);
  /// The events of a whole answer, or the error it stands for.
  Result<std::vector<StreamEvent>> (*decode_whole)(int status, const Headers& headers, std::string_view body);
  std::unique_ptr<EventDecoder> (*event_decoder)();
  /// For formats whose home has addresses by region: the address for this process, empty when it is not known.
  std::string (*locate)(std::string base_url) = nullptr;
  /// For formats whose requests are signed where there is no key.
  std::unique_ptr<Authenticator> (*authenticator)(std::string_view base_url,
                                                  std::shared_ptr<http::Transport> transport) = nullptr;
};

}  // namespace sloop::dialects
