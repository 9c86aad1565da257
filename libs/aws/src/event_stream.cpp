// SPDX-License-Identifier: Apache-2.0
#include "sloop/aws/event_stream.hpp"

#include <algorithm>
#include <boost/crc.hpp>

namespace sloop::aws {
namespace {

// Total length, length of the headers, checksum of both.
constexpr std::size_t kPrelude = 12;
constexpr std::size_t kChecksum = 4;
constexpr std::size_t kMaxHeaders = 128u * 1024u;
constexpr char kStringType = 7;

std::uint32_t crc_of(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::size_t number_in(std::string_view bytes) {
  std::size_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

void append_number(std::string& out, std::size_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
}

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorKind::bad_reply, "the event stream is broken: " + std::string(what));
}

/// Takes the first `size` bytes off `bytes`; nothing when there are fewer.
std::optional<std::string_view> take(std::string_view& bytes, std::size_t size) {
  if (bytes.size() < size) return std::nullopt;
  const auto taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return taken;
}

/// The size of a value of `type`; nothing for a type that does not exist, or when its length is not there.
std::optional<std::size_t> value_size(unsigned type, std::string_view& bytes) {
  constexpr std::size_t kSizes[] = {0, 0, 1, 2, 4, 8, 0, 0, 8, 16};
  if (type >= std::size(kSizes)) return std::nullopt;
  if (type != 6 && type != kStringType) return kSizes[type];
  const auto length = take(bytes, 2);
  return length ? std::optional(number_in(*length)) : std::nullopt;
}

std::optional<EventHeader> take_header(std::string_view& bytes) {
  const auto length = take(bytes, 1);
  const auto name = length ? take(bytes, number_in(*length)) : std::nullopt;
  const auto type = name ? take(bytes, 1) : std::nullopt;
  const auto size = type ? value_size(static_cast<unsigned>(number_in(*type)), bytes) : std::nullopt;
  const auto value = size ? take(bytes, *size) : std::nullopt;
  if (!value) return std::nullopt;
  return EventHeader{.name = std::string(*name), .value = std::string(*value)};
}

Result<EventMessage> message_in(std::string_view frame, std::size_t header_bytes) {
  if (crc_of(frame.substr(0, frame.size() - kChecksum)) != number_in(frame.substr(frame.size() - kChecksum)))
    return broken("a message has a wrong checksum");
  EventMessage message;
  std::string_view headers = frame.substr(kPrelude, header_bytes);
  while (!headers.empty()) {
    auto header = take_header(headers);
    if (!header) return broken("a header can't be read");
    message.headers.push_back(std::move(*header));
  }
  const std::size_t begin = kPrelude + header_bytes;
  message.payload = frame.substr(begin, frame.size() - kChecksum - begin);
  return message;
}

/// What the prelude says, checked. Nothing while it is not whole.
struct Lengths {
  std::size_t total = 0;
  std::size_t headers = 0;
};
Result<std::optional<Lengths>> lengths_in(std::string_view bytes) {
  if (bytes.size() < kPrelude) return std::nullopt;
  if (crc_of(bytes.substr(0, 8)) != number_in(bytes.substr(8, 4))) return broken("a prelude has a wrong checksum");
  const Lengths lengths{.total = number_in(bytes.substr(0, 4)), .headers = number_in(bytes.substr(4, 4))};
  if (lengths.total > kMaxEventMessage || lengths.headers > kMaxHeaders ||
      lengths.total < kPrelude + lengths.headers + kChecksum)
    return broken("a message has an impossible length");
  return lengths;
}

}  // namespace

std::string_view EventMessage::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &EventHeader::name);
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

void EventStreamDecoder::feed(std::string_view bytes) {
  // What was handed out goes when it is the larger part: every byte is moved a bounded number of times.
  if (position_ > buffer_.size() / 2) {
    buffer_.erase(0, position_);
    position_ = 0;
  }
  buffer_ += bytes;
}

Result<std::optional<EventMessage>> EventStreamDecoder::next() {
  if (failure_) return fail(*failure_);
  const auto bytes = std::string_view(buffer_).substr(position_);
  const auto lengths = lengths_in(bytes);
  if (!lengths) {
    failure_ = lengths.error();
    return fail(lengths.error());
  }
  if (!*lengths || bytes.size() < (*lengths)->total) return std::nullopt;
  auto message = message_in(bytes.substr(0, (*lengths)->total), (*lengths)->headers);
  if (!message) {
    failure_ = message.error();
    return fail(message.error());
  }
  position_ += (*lengths)->total;
  return std::optional(std::move(*message));
}

std::string encode_event(const EventMessage& message) {
  std::string headers;
  for (const auto& header : message.headers) {
    append_number(headers, header.name.size(), 1);
    headers += header.name;
    headers += kStringType;
    append_number(headers, header.value.size(), 2);
    headers += header.value;
  }
  std::string out;
  append_number(out, kPrelude + headers.size() + message.payload.size() + kChecksum, 4);
  append_number(out, headers.size(), 4);
  append_number(out, crc_of(out), 4);
  out += headers;
  out += message.payload;
  append_number(out, crc_of(out), 4);
  return out;
}

}  // namespace sloop::aws
