// SPDX-License-Identifier: Apache-2.0
//
// Mail that Amazon SES received.
//
//   if (record.ses.receipt.spamVerdict->status == "FAIL") return SimpleEmailDisposition{.disposition = "STOP_RULE"};
//
// Source: Amazon SES Developer Guide, "Lambda function action"; "Contents of notifications for email receiving".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sloop/core/error.hpp"
#include "sloop/core/rest.hpp"
#include "sloop/events/time.hpp"

namespace sloop::events {

struct SimpleEmailHeader {
  std::string name = {};
  std::string value = {};
  Rest rest = {};
};

struct SimpleEmailCommonHeaders {
  std::optional<std::vector<std::string>> from = {};
  std::optional<std::vector<std::string>> to = {};
  std::optional<std::vector<std::string>> cc = {};
  std::optional<std::vector<std::string>> bcc = {};
  std::optional<std::vector<std::string>> sender = {};
  std::optional<std::vector<std::string>> replyTo = {};
  std::optional<std::string> returnPath = {};
  std::optional<std::string> messageId = {};
  std::optional<std::string> date = {};
  std::optional<std::string> subject = {};
  Rest rest = {};
};

struct SimpleEmailMessage {
  std::string messageId = {};
  std::string source = {};
  std::string timestamp = {};
  std::vector<std::string> destination = {};
  std::vector<SimpleEmailHeader> headers = {};
  bool headersTruncated = false;
  SimpleEmailCommonHeaders commonHeaders = {};
  Rest rest = {};

  [[nodiscard]] Result<Time> received_at() const { return parse_time(timestamp); }
};

struct SimpleEmailVerdict {
  /// `PASS`, `FAIL`, `GRAY` or `PROCESSING_FAILED`.
  std::string status = {};
  Rest rest = {};
};

struct SimpleEmailReceiptAction {
  /// `Lambda`, `S3`, `SNS` ..
  std::string type = {};
  std::optional<std::string> topicArn = {};
  std::optional<std::string> bucketName = {};
  std::optional<std::string> objectKeyPrefix = {};
  std::optional<std::string> objectKey = {};
  std::optional<std::string> functionArn = {};
  std::optional<std::string> invocationType = {};
  std::optional<std::string> smtpReplyCode = {};
  std::optional<std::string> statusCode = {};
  std::optional<std::string> message = {};
  std::optional<std::string> sender = {};
  std::optional<std::string> organizationArn = {};
  Rest rest = {};
};

struct SimpleEmailReceipt {
  std::string timestamp = {};
  std::vector<std::string> recipients = {};
  std::optional<std::int64_t> processingTimeMillis = {};
  std::optional<SimpleEmailVerdict> spamVerdict = {};
  std::optional<SimpleEmailVerdict> virusVerdict = {};
  std::optional<SimpleEmailVerdict> spfVerdict = {};
  std::optional<SimpleEmailVerdict> dkimVerdict = {};
  std::optional<SimpleEmailVerdict> dmarcVerdict = {};
  std::optional<std::string> dmarcPolicy = {};
  SimpleEmailReceiptAction action = {};
  Rest rest = {};
};

struct SimpleEmailService {
  SimpleEmailMessage mail = {};
  SimpleEmailReceipt receipt = {};
  Rest rest = {};
};

struct SimpleEmailRecord {
  std::string eventSource = {};
  std::optional<std::string> eventVersion = {};
  SimpleEmailService ses = {};
  Rest rest = {};
};

struct SimpleEmailEvent {
  std::vector<SimpleEmailRecord> Records = {};
  Rest rest = {};

  static constexpr std::string_view event_kind = "ses";
};

struct SimpleEmailDisposition {
  /// `CONTINUE`, `STOP_RULE` or `STOP_RULE_SET`.
  std::string disposition = {};
  Rest rest = {};
};

}  // namespace sloop::events
