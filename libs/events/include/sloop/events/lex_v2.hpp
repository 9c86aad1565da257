// SPDX-License-Identifier: Apache-2.0
//
// Amazon Lex V2.
//
//   event.sessionState.intent->state = "Fulfilled";
//   return LexV2Response{.sessionState = event.sessionState, .messages = {{{.contentType = "PlainText", .content =
//   "Done"}}}};
//
// Source: Amazon Lex V2 Developer Guide, "Lambda input event and response format".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/rest.hpp"

namespace sloop::events {

struct LexV2SlotValue {
  std::optional<std::string> originalValue = {};
  std::optional<std::string> interpretedValue = {};
  std::optional<std::vector<std::string>> resolvedValues = {};
  Rest rest = {};
};

/// `values` of a slot with several.
struct LexV2Slot {
  std::optional<std::string> shape = {};
  std::optional<LexV2SlotValue> value = {};
  std::optional<std::vector<Json>> values = {};
  std::optional<Json> subSlots = {};
  Rest rest = {};
};

struct LexV2Intent {
  std::string name = {};
  std::optional<std::string> state = {};
  std::optional<std::string> confirmationState = {};
  std::optional<std::map<std::string, std::optional<LexV2Slot>>> slots = {};
  std::optional<Json> kendraResponse = {};
  Rest rest = {};
};

struct LexV2DialogAction {
  /// `Close`, `ConfirmIntent`, `Delegate`, `ElicitIntent`, `ElicitSlot`.
  std::string type = {};
  std::optional<std::string> slotToElicit = {};
  std::optional<std::string> slotElicitationStyle = {};
  std::optional<Json> subSlotToElicit = {};
  Rest rest = {};
};

struct LexV2SessionState {
  std::optional<std::vector<Json>> activeContexts = {};
  std::optional<std::map<std::string, std::string>> sessionAttributes = {};
  std::optional<LexV2DialogAction> dialogAction = {};
  std::optional<LexV2Intent> intent = {};
  std::optional<std::string> originatingRequestId = {};
  std::optional<Json> runtimeHints = {};
  Rest rest = {};
};

struct LexV2Interpretation {
  LexV2Intent intent = {};
  std::optional<std::string> interpretationSource = {};
  std::optional<Json> nluConfidence = {};
  std::optional<Json> sentimentResponse = {};
  Rest rest = {};
};

struct LexV2Bot {
  std::string id = {};
  std::string name = {};
  std::string aliasId = {};
  std::string localeId = {};
  std::string version = {};
  std::optional<std::string> aliasName = {};
  Rest rest = {};
};

struct LexV2ProposedNextState {
  std::optional<LexV2Intent> intent = {};
  std::optional<LexV2DialogAction> dialogAction = {};
  std::optional<Json> prompt = {};
  Rest rest = {};
};

struct LexV2Transcription {
  std::string transcription = {};
  std::optional<double> transcriptionConfidence = {};
  std::optional<Json> resolvedContext = {};
  std::optional<Json> resolvedSlots = {};
  Rest rest = {};
};

struct LexV2Event {
  std::string messageVersion = {};
  std::string sessionId = {};
  std::optional<std::string> invocationSource = {};
  std::optional<std::string> inputMode = {};
  std::optional<std::string> responseContentType = {};
  std::optional<std::string> invocationLabel = {};
  std::optional<std::string> inputTranscript = {};
  LexV2Bot bot = {};
  std::optional<std::vector<LexV2Interpretation>> interpretations = {};
  std::optional<LexV2ProposedNextState> proposedNextState = {};
  std::optional<std::map<std::string, std::string>> requestAttributes = {};
  LexV2SessionState sessionState = {};
  std::optional<std::vector<LexV2Transcription>> transcriptions = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "lex_v2";
};

struct LexV2Message {
  /// `PlainText`, `SSML`, `CustomPayload`, `ImageResponseCard`.
  std::string contentType = {};
  std::optional<std::string> content = {};
  std::optional<Json> imageResponseCard = {};
  Rest rest = {};
};

struct LexV2Response {
  LexV2SessionState sessionState = {};
  std::optional<std::vector<LexV2Message>> messages = {};
  std::optional<std::map<std::string, std::string>> requestAttributes = {};
  Rest rest = {};
};

}  // namespace sloop::events
