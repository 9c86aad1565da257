// SPDX-License-Identifier: Apache-2.0
//
// What the decoders of all wire formats have in common: the errors of providers, the JSON in an answer, and how a
// stream's frames become calls of a reader. A format writes one `AnswerReader`, for whole answers and for streams:
//
//   std::unique_ptr<EventDecoder> event_decoder() { return sse_decoder(std::make_unique<Reader>()); }
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blocks.hpp"
#include "sloop/core/json.hpp"
#include "sloop/model/dialects/dialect.hpp"

namespace sloop::dialects {

/// The error that the body of an answer stands for: status, code and the vendor's own message, wherever this vendor
/// puts them; `retry-after` of the head. The status is the number that an error inside an answer of 200 names, else
/// `status`; its kind follows the name of the error there.
[[nodiscard]] Error vendor_error(int status, const Headers& headers, std::string_view body);
[[nodiscard]] Error error_in(int status, const Headers& headers, const Json& body);
/// The error that an AWS exception stands for, by its name: `throttlingException`; a prefix and what follows a colon do
/// not count.
[[nodiscard]] Error aws_error(std::string_view exception, std::string_view message);
/// Whether `body` has an `error` that says something.
[[nodiscard]] bool holds_error(const Json& body);

/// The JSON of a good answer, or the error it stands for: status 400 and above, HTML, no JSON, an `error` in it.
/// Invalid UTF-8 is mended, and told in `warnings`.
[[nodiscard]] Result<Json> answer_json(int status, const Headers& headers, std::string_view body,
                                       std::vector<std::string>& warnings);

/// Parses JSON of a provider. Bytes that are not UTF-8 become U+FFFD, and are told in `warnings`.
[[nodiscard]] Result<Json> parse_provider_json(std::string_view text, std::vector<std::string>& warnings);

using KeyPath = std::initializer_list<std::string_view>;
/// The number at the first of the paths that holds one.
[[nodiscard]] std::optional<std::int64_t> number_at(const Json& value, std::initializer_list<KeyPath> paths);
/// The list member `key`, or an empty one.
[[nodiscard]] const JsonArray& array_at(const Json& value, std::string_view key);
/// Whether the member `key` is `true`.
[[nodiscard]] bool flag_at(const Json& value, std::string_view key);

/// What a whole answer is called where events have a type.
inline constexpr std::string_view kWholeAnswer = "(whole answer)";

/// Understands one format's events.
class AnswerReader {
 public:
  virtual ~AnswerReader() = default;
  AnswerReader() = default;
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;

  /// One event of a stream, or a whole answer; `type` is what the frame calls it, `kWholeAnswer`, or empty. An error is
  /// final.
  [[nodiscard]] virtual Result<void> take(std::string_view type, const Json& data) = 0;
  /// Takes an event from its text when that is of a kind that comes in thousands, with what `take` would make of it;
  /// false: nothing was taken, parse it. Text that begins with a blank is never of such a kind.
  [[nodiscard]] virtual bool take_text(std::string_view /*event*/) { return false; }
  /// The answer has ended or failed: ends every block. Whether all of it was there.
  virtual bool close() = 0;

  BlockWriter& blocks() { return blocks_; }

 private:
  BlockWriter blocks_;
};

/// Server-sent events; `[DONE]` counts as the end of the answer.
[[nodiscard]] std::unique_ptr<EventDecoder> sse_decoder(std::unique_ptr<AnswerReader> reader);
/// One JSON text a line.
[[nodiscard]] std::unique_ptr<EventDecoder> ndjson_decoder(std::unique_ptr<AnswerReader> reader);

/// AWS's binary event stream: the type is `:event-type`; exceptions in the stream are errors.
[[nodiscard]] std::unique_ptr<EventDecoder> aws_event_decoder(std::unique_ptr<AnswerReader> reader);
/// The one or the other of them, by the first byte: that of a binary frame is 0, no text begins so.
[[nodiscard]] std::unique_ptr<EventDecoder> sse_or_aws_decoder(std::unique_ptr<AnswerReader> reader);

/// The events of a whole answer, read as one event; `warnings` come first.
[[nodiscard]] Result<std::vector<StreamEvent>> read_whole(AnswerReader& reader, const Json& answer,
                                                          std::vector<std::string>& warnings);

/// The failure of a stream that ended too early; `any` tells whether it held an event at all.
[[nodiscard]] Error cut_off(bool any);

}  // namespace sloop::dialects
