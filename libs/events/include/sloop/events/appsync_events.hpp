// SPDX-License-Identifier: Apache-2.0
//
// AppSync Events: what a channel namespace asks of a Lambda data source when somebody publishes or subscribes.
//
//   if (event.info.operation == "PUBLISH") for (const auto& message : *event.events) ...
//
// Source: AppSync Events Developer Guide, "Direct data source integrations using Lambda".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/appsync.hpp"

namespace sloop::events {

struct AppSyncEventsChannel {
  /// `/namespace/channel`.
  std::string path = {};
  std::vector<std::string> segments = {};
  Rest rest = {};
};

struct AppSyncEventsNamespace {
  std::string name = {};
  Rest rest = {};
};

struct AppSyncEventsInfo {
  AppSyncEventsChannel channel = {};
  AppSyncEventsNamespace channelNamespace = {};
  /// `PUBLISH` or `SUBSCRIBE`.
  std::string operation = {};
  Rest rest = {};
};

struct AppSyncEventsMessage {
  std::string id = {};
  std::optional<Json> payload = {};
  /// In answers: this message is refused, and why.
  std::optional<std::string> error = {};
  Rest rest = {};
};

struct AppSyncEventsEvent {
  AppSyncEventsInfo info = {};
  /// Null when somebody subscribes.
  std::optional<std::vector<AppSyncEventsMessage>> events = {};
  std::optional<Json> identity = {};
  std::optional<Json> stash = {};
  std::optional<Json> prev = {};
  std::optional<Json> result = {};
  std::optional<Json> error = {};
  std::optional<std::vector<Json>> outErrors = {};
  std::optional<AppSyncRequest> request = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "appsync_events";
};

/// Publishing is answered with the messages to pass on; subscribing with null, or an error.
struct AppSyncEventsResponse {
  std::optional<std::vector<AppSyncEventsMessage>> events = {};
  std::optional<std::string> error = {};
  Rest rest = {};
};

}  // namespace sloop::events
