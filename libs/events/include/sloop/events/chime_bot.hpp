// SPDX-License-Identifier: Apache-2.0
//
// Messages to a bot of Amazon Chime.
//
// Source: Amazon Chime Developer Guide, "Chat bots".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct ChimeBotEventSender {
  std::string SenderId = {};
  /// `EmailId`.
  std::optional<std::string> SenderIdType = {};
  Rest rest = {};
};

struct ChimeBotEventDiscussion {
  std::string DiscussionId = {};
  /// `Room`.
  std::optional<std::string> DiscussionType = {};
  Rest rest = {};
};

struct ChimeBotEventInboundHttpsEndpoint {
  std::string EndpointType = {};
  std::string Url = {};
  Rest rest = {};
};

struct ChimeBotEvent {
  ChimeBotEventSender Sender = {};
  ChimeBotEventDiscussion Discussion = {};
  /// `Invite`, `Mention`, `Remove`.
  std::string EventType = {};
  std::optional<ChimeBotEventInboundHttpsEndpoint> InboundHttpsEndpoint = {};
  std::optional<std::string> EventTimestamp = {};
  std::optional<std::string> Message = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "chime_bot";
};

}  // namespace sloop::events
