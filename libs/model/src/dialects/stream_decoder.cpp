// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"
#include "sloop/aws/event_stream.hpp"
#include "sloop/http/ndjson.hpp"
#include "sloop/http/sse.hpp"

namespace sloop::dialects {
namespace {

/// Frames of a body to calls of a reader. A frame that is no JSON is told and passed over: one bad event does not
/// lose the others.
class StreamDecoder : public EventDecoder {
 public:
  explicit StreamDecoder(std::unique_ptr<AnswerReader> reader) : reader_(std::move(reader)) {}

 protected:
  Result<void> take(std::string_view type, std::string_view data) {
    if (failure_) return fail(*failure_);
    if (data == "[DONE]") {
      any_ = done_ = true;
      return {};
    }
    if (type != "error" && reader_->take_text(data)) {
      any_ = true;
      return {};
    }
    return take_json(type, data);
  }

  Result<void> take_json(std::string_view type, std::string_view data) {
    std::vector<std::string> warnings;
    const auto json = parse_provider_json(data, warnings);
    for (auto& warning : warnings) reader_->blocks().warn(std::move(warning));
    if (!json) {
      reader_->blocks().warn("an event of the provider's stream is no JSON and was passed over: " +
                             json.error().message);
      return {};
    }
    any_ = true;
    if (holds_error(*json) || type == "error") return remember(error_in(200, {}, *json));
    if (auto taken = reader_->take(type, *json); !taken) return remember(taken.error());
    return {};
  }

  Result<void> end() {
    if (failure_) return fail(*failure_);
    if (reader_->close() || (done_ && reader_->blocks().any())) return {};
    // Events of another kind of stream, all of them unknown, are no answer.
    if (done_) return remember({.kind = ErrorKind::bad_reply, .message = "the provider's stream holds no answer"});
    return remember(cut_off(any_));
  }

  void write_to(std::vector<StreamEvent>& out) { reader_->blocks().write_to(out); }

  /// Ends the answer with a failure; every later call fails alike.
  std::unexpected<Error> remember(Error error) {
    reader_->close();
    failure_ = error;
    return fail(std::move(error));
  }

 private:
  std::unique_ptr<AnswerReader> reader_;
  std::optional<Error> failure_;
  bool any_ = false;
  bool done_ = false;
};

std::string_view type_of(const http::SseEvent& event) {
  return event.type;
}
std::string_view data_of(const http::SseEvent& event) {
  return event.data;
}
std::string_view type_of(std::string_view) {
  return {};
}
std::string_view data_of(std::string_view line) {
  return line;
}

template <class Frames>
class FramedStream final : public StreamDecoder {
 public:
  using StreamDecoder::StreamDecoder;

  Result<void> feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
    write_to(out);
    frames_.feed(bytes);
    return take_frames();
  }
  Result<void> finish(std::vector<StreamEvent>& out) override {
    write_to(out);
    frames_.finish();
    if (auto taken = take_frames(); !taken) return taken;
    return end();
  }

 private:
  Result<void> take_frames() {
    while (const auto frame = frames_.next())
      if (auto taken = take(type_of(*frame), data_of(*frame)); !taken) return taken;
    return {};
  }

  Frames frames_;
};

/// The same for frames with checksums: a broken one is final.
class AwsStream final : public StreamDecoder {
 public:
  using StreamDecoder::StreamDecoder;

  Result<void> feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
    write_to(out);
    frames_.feed(bytes);
    while (true) {
      const auto frame = frames_.next();
      if (!frame) return remember(frame.error());
      if (!*frame) return {};
      if (auto taken = take_message(**frame); !taken) return taken;
    }
  }
  Result<void> finish(std::vector<StreamEvent>& out) override {
    write_to(out);
    if (frames_.in_message()) return remember(cut_off(true));
    return end();
  }

 private:
  Result<void> take_message(const aws::EventMessage& message) {
    const auto type = message.header(":message-type");
    if (type == "error") return remember(aws_error(message.header(":error-code"), message.header(":error-message")));
    if (type != "exception") return take(message.header(":event-type"), message.payload);
    const auto said = parse_json(message.payload);
    return remember(aws_error(message.header(":exception-type"), said ? find_string(*said, "message") : ""));
  }

  aws::EventStreamDecoder frames_;
};

/// Waits for the first byte to know what it reads.
class EitherStream final : public EventDecoder {
 public:
  explicit EitherStream(std::unique_ptr<AnswerReader> reader) : reader_(std::move(reader)) {}

  Result<void> feed(std::string_view bytes, std::vector<StreamEvent>& out) override {
    return bytes.empty() ? Result<void>() : of(bytes.front() == '\0').feed(bytes, out);
  }
  Result<void> finish(std::vector<StreamEvent>& out) override { return of(false).finish(out); }

 private:
  EventDecoder& of(bool binary) {
    if (decoder_ == nullptr)
      decoder_ = binary ? aws_event_decoder(std::move(reader_)) : sse_decoder(std::move(reader_));
    return *decoder_;
  }

  std::unique_ptr<AnswerReader> reader_;
  std::unique_ptr<EventDecoder> decoder_;
};

}  // namespace

std::unique_ptr<EventDecoder> sse_or_aws_decoder(std::unique_ptr<AnswerReader> reader) {
  return std::make_unique<EitherStream>(std::move(reader));
}

std::unique_ptr<EventDecoder> aws_event_decoder(std::unique_ptr<AnswerReader> reader) {
  return std::make_unique<AwsStream>(std::move(reader));
}

std::unique_ptr<EventDecoder> sse_decoder(std::unique_ptr<AnswerReader> reader) {
  return std::make_unique<FramedStream<http::SseDecoder>>(std::move(reader));
}

std::unique_ptr<EventDecoder> ndjson_decoder(std::unique_ptr<AnswerReader> reader) {
  return std::make_unique<FramedStream<http::NdjsonDecoder>>(std::move(reader));
}

}  // namespace sloop::dialects
