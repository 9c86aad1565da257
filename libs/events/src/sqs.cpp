// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/sqs.hpp"

#include <charconv>

namespace sloop::events {
namespace {

std::string_view attribute(const SqsMessage& message, const char* name) {
  if (!message.attributes) return {};
  const auto found = message.attributes->find(name);
  return found == message.attributes->end() ? std::string_view() : found->second;
}

}  // namespace

std::string_view SqsMessage::message_group() const {
  return attribute(*this, "MessageGroupId");
}

std::optional<Time> SqsMessage::sent_at() const {
  const auto text = attribute(*this, "SentTimestamp");
  std::int64_t milliseconds = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return time_of_millis(milliseconds);
}

}  // namespace sloop::events
