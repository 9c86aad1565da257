// SPDX-License-Identifier: Apache-2.0
//
// Contact flows of Amazon Connect.
//
// Source: Amazon Connect Administrator Guide, "Invoke Lambda functions".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct ConnectEndpoint {
  std::optional<std::string> Address = {};
  std::optional<std::string> Type = {};
  Rest rest = {};
};

struct ConnectQueue {
  std::optional<std::string> Name = {};
  std::optional<std::string> ARN = {};
  Rest rest = {};
};

struct ConnectContactData {
  std::string ContactId = {};
  std::optional<std::string> InitialContactId = {};
  std::optional<std::string> PreviousContactId = {};
  std::optional<std::string> Channel = {};
  std::optional<std::string> InstanceARN = {};
  std::optional<std::string> InitiationMethod = {};
  std::optional<std::string> LanguageCode = {};
  std::optional<std::string> Description = {};
  std::optional<std::string> Name = {};
  std::optional<std::string> RelatedContactId = {};
  std::optional<ConnectEndpoint> SystemEndpoint = {};
  std::optional<ConnectEndpoint> CustomerEndpoint = {};
  std::optional<ConnectQueue> Queue = {};
  std::optional<std::map<std::string, std::string>> Attributes = {};
  std::optional<Json> MediaStreams = {};
  std::optional<Json> Tags = {};
  std::optional<Json> SegmentAttributes = {};
  std::optional<Json> References = {};
  Rest rest = {};
};

struct ConnectDetails {
  ConnectContactData ContactData = {};
  std::optional<std::map<std::string, std::string>> Parameters = {};
  Rest rest = {};
};

struct ConnectEvent {
  std::string Name = {};
  ConnectDetails Details = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "connect";
};

/// A flat object of texts; at most 32 KB.
using ConnectResponse = std::map<std::string, std::string>;

}  // namespace sloop::events
