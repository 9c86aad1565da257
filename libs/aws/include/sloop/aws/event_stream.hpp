// SPDX-License-Identifier: Apache-2.0
//
// The binary framing of AWS's streams (`application/vnd.amazon.eventstream`), both ways.
//
//   EventStreamDecoder decoder;
//   decoder.feed(bytes);
//   while (true) { auto message = decoder.next(); if (!message || !*message) break; use(**message); }
//
// Source: AWS, "Amazon Event Stream Specification" of Smithy: lengths, CRC-32 of the prelude, headers, payload, CRC-32
// of all, numbers in network byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"

namespace sloop::aws {

/// A header of a message. Values that are no text stand as their bytes.
struct EventHeader {
  std::string name;
  std::string value;
  friend bool operator==(const EventHeader&, const EventHeader&) = default;
};

struct EventMessage {
  std::vector<EventHeader> headers = {};
  std::string payload = {};

  /// The value of the header, or an empty view.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// The largest message that the specification allows: 24 MiB of payload, 128 KiB of headers.
inline constexpr std::size_t kMaxEventMessage = 24u * 1024u * 1024u + 128u * 1024u + 16u;

/// Bytes in any chunking in, messages out.
class EventStreamDecoder {
 public:
  void feed(std::string_view bytes);
  /// The next whole message; an empty optional when more bytes are needed. Fails with `bad_reply` on a wrong checksum,
  /// length or header; then every later call fails alike: nothing behind a broken frame can be trusted.
  [[nodiscard]] Result<std::optional<EventMessage>> next();
  /// Whether a message has begun and is not complete.
  [[nodiscard]] bool in_message() const { return position_ < buffer_.size(); }

 private:
  std::string buffer_;
  std::size_t position_ = 0;
  std::optional<Error> failure_;
};

/// The bytes of one message; header values are sent as strings.
[[nodiscard]] std::string encode_event(const EventMessage& message);

}  // namespace sloop::aws
