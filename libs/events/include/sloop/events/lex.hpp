// SPDX-License-Identifier: Apache-2.0
//
// Amazon Lex V1. Version 2 is in lex_v2.hpp.
//
// Source: Amazon Lex V1 Developer Guide, "Lambda function input event and response format".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct LexBot {
  std::string name = {};
  std::optional<std::string> alias = {};
  std::optional<std::string> version = {};
  Rest rest = {};
};

struct LexSlotDetail {
  std::optional<std::vector<std::map<std::string, std::string>>> resolutions = {};
  std::optional<std::string> originalValue = {};
  Rest rest = {};
};

struct LexIntent {
  std::string name = {};
  std::optional<double> nluIntentConfidenceScore = {};
  std::optional<std::map<std::string, std::optional<std::string>>> slots = {};
  std::optional<std::map<std::string, std::optional<LexSlotDetail>>> slotDetails = {};
  /// `None`, `Confirmed` or `Denied`.
  std::optional<std::string> confirmationStatus = {};
  Rest rest = {};
};

struct LexButton {
  std::string text = {};
  std::string value = {};
  Rest rest = {};
};

struct LexAttachment {
  std::optional<std::string> title = {};
  std::optional<std::string> subTitle = {};
  std::optional<std::string> imageUrl = {};
  std::optional<std::string> attachmentLinkUrl = {};
  std::optional<std::vector<LexButton>> buttons = {};
  Rest rest = {};
};

struct LexResponseCard {
  std::optional<std::int64_t> version = {};
  std::optional<std::string> contentType = {};
  std::optional<std::vector<LexAttachment>> genericAttachments = {};
  Rest rest = {};
};

struct LexMessage {
  std::string contentType = {};
  std::string content = {};
  Rest rest = {};
};

struct LexDialogAction {
  /// `ElicitIntent`, `ElicitSlot`, `ConfirmIntent`, `Delegate`, `Close`.
  std::string type = {};
  std::optional<std::string> fulfillmentState = {};
  std::optional<LexMessage> message = {};
  std::optional<std::string> intentName = {};
  std::optional<std::string> slotToElicit = {};
  std::optional<std::map<std::string, std::optional<std::string>>> slots = {};
  std::optional<LexResponseCard> responseCard = {};
  Rest rest = {};
};

struct LexEvent {
  LexIntent currentIntent = {};
  LexBot bot = {};
  std::string userId = {};
  std::string inputTranscript = {};
  /// `DialogCodeHook` or `FulfillmentCodeHook`.
  std::string invocationSource = {};
  std::optional<std::string> outputDialogMode = {};
  std::optional<std::string> messageVersion = {};
  std::optional<std::map<std::string, std::string>> sessionAttributes = {};
  std::optional<std::map<std::string, std::string>> requestAttributes = {};
  std::optional<std::vector<LexIntent>> alternativeIntents = {};
  std::optional<Json> kendraResponse = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "lex";
};

struct LexResponse {
  std::optional<std::map<std::string, std::string>> sessionAttributes = {};
  LexDialogAction dialogAction = {};
  Rest rest = {};
};

}  // namespace sloop::events
