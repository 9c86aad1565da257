// SPDX-License-Identifier: Apache-2.0
//
// Matchmaking of Amazon GameLift.
//
// Source: GameLift FlexMatch Developer Guide, "FlexMatch matchmaking events".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"
#include "sloop/events/eventbridge.hpp"

namespace sloop::events {

struct GameLiftPlayer {
  std::string playerId = {};
  std::optional<std::string> playerSessionId = {};
  std::optional<std::string> team = {};
  std::optional<bool> accepted = {};
  Rest rest = {};
};

struct GameLiftTicket {
  std::string ticketId = {};
  std::string startTime = {};
  std::vector<GameLiftPlayer> players = {};
  Rest rest = {};
};

struct GameLiftGameSessionInfo {
  std::optional<std::vector<GameLiftPlayer>> players = {};
  std::optional<std::string> gameSessionArn = {};
  std::optional<std::string> ipAddress = {};
  std::optional<std::string> dnsName = {};
  std::optional<double> port = {};
  Rest rest = {};
};

struct GameLiftRuleMetric {
  std::string ruleName = {};
  std::optional<double> passedCount = {};
  std::optional<double> failedCount = {};
  Rest rest = {};
};

/// All of its types: `type` is `MatchmakingSearching`, `PotentialMatchCreated`, `AcceptMatch`, `MatchmakingSucceeded`
/// ..
struct GameLiftMatchmakingDetail {
  std::string type = {};
  std::optional<std::vector<GameLiftTicket>> tickets = {};
  std::optional<GameLiftGameSessionInfo> gameSessionInfo = {};
  std::optional<std::string> matchId = {};
  std::optional<std::string> estimatedWaitMillis = {};
  std::optional<std::string> reason = {};
  std::optional<std::string> message = {};
  std::optional<std::string> acceptance = {};
  std::optional<std::string> customEventData = {};
  std::optional<double> acceptanceTimeout = {};
  std::optional<bool> acceptanceRequired = {};
  std::optional<std::vector<GameLiftRuleMetric>> ruleEvaluationMetrics = {};
  Rest rest = {};

  static constexpr std::string_view detail_type = "GameLift Matchmaking Event";
};

using GameLiftMatchmakingEvent = EventBridgeEvent<GameLiftMatchmakingDetail>;

}  // namespace sloop::events
