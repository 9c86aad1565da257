// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/model.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "address.hpp"
#include "endpoint.hpp"
#include "sloop/model/dialects/wires.hpp"
#include "sloop/model/provider.hpp"

namespace sloop {
namespace {

/// Of a stream; a few events.
constexpr std::size_t kBytesAtOnce = 2048;

/// More than any answer that is no stream has, images included; half of the smallest function's memory.
constexpr std::size_t kMaxWholeAnswer = 64u * 1024u * 1024u;

/// What the head of an answer tells: the id of the call and the limits.
ReplyInfo head_info(const Headers& headers) {
  ReplyInfo info;
  for (const auto& header : headers) {
    const std::string name = lower_case(header.name);
    if (name == "x-request-id" || name == "request-id" || name == "x-amzn-requestid" || name == "apim-request-id")
      info.request_id = header.value;
    if (name.contains("ratelimit")) info.rate_limits[name] = header.value;
  }
  return info;
}

/// What a reply is made of, as against pings, usage and what is not known.
bool is_content(const StreamEvent& event) {
  return std::holds_alternative<BlockDelta>(event.value) || std::holds_alternative<BlockStart>(event.value) ||
         std::holds_alternative<BlockEnd>(event.value) || std::holds_alternative<Finish>(event.value);
}

bool says_something(const ReplyInfo& info) {
  return !info.request_id.empty() || !info.rate_limits.empty();
}

/// Some servers stream what was asked for whole, answer whole what was asked for as a stream, or name either by the
/// type of the other. The first byte tells: of `data`, `event`, `id`, `retry`, a comment or a binary frame; of JSON or
/// HTML.
bool begins_stream(std::string_view bytes) {
  using namespace std::string_view_literals;
  return !bytes.empty() && "deir:\0"sv.contains(bytes.front());
}
bool begins_text(std::string_view bytes) {
  return !bytes.empty() && std::string_view("{[<").contains(bytes.front());
}

/// The events of an answer that is there as a whole.
Result<std::vector<StreamEvent>> decode_all(const dialects::Wire& wire, int status, const Headers& headers,
                                            std::string_view body) {
  if (status >= 400 || !begins_stream(body)) return wire.decode_whole(status, headers, body);
  const auto decoder = wire.event_decoder();
  std::vector<StreamEvent> events;
  if (auto fed = decoder->feed(body, events); !fed) return fail(fed.error());
  if (auto ended = decoder->finish(events); !ended) return fail(ended.error());
  return events;
}

/// A streamed answer: bytes are pulled as events are asked for. An answer that is no stream, as errors are, is
/// collected and decoded whole.
class HttpReplyStream final : public ReplyStream {
 public:
  HttpReplyStream(const dialects::Wire& wire, std::unique_ptr<http::BodyStream> body, std::vector<std::string> warnings,
                  Deadline deadline, const Timeouts& timeouts)
      : wire_(wire), body_(std::move(body)), deadline_(deadline), timeouts_(timeouts) {
    for (auto& text : warnings) events_.push_back({.value = Warning{std::move(text)}});
  }

  /// Blocks until it is known whether the answer is a good one.
  Result<void> wait_head() {
    while (state_ == State::head || state_ == State::whole) pull();
    if (failure_ && state_ == State::failed && !began_) return fail(*failure_);
    return {};
  }

  Result<std::optional<StreamEvent>> next() override {
    while (told_ == events_.size()) {
      if (failure_) return fail(*failure_);
      if (state_ == State::ended) return end();
      pull();
    }
    StreamEvent event = std::move(events_[told_++]);
    fold_.add(event);
    return std::optional(std::move(event));
  }

  [[nodiscard]] bool ready() override {
    const auto settled = [this] { return told_ < events_.size() || failure_ || state_ == State::ended; };
    while (!settled() && (!unread_.empty() || body_->ready())) pull();
    return settled();
  }

  [[nodiscard]] const ModelReply& reply() const override { return finished_ ? reply_ : fold_.reply(); }

 private:
  enum class State { head, whole, streaming, ended, failed };

  std::optional<StreamEvent> end() {
    if (!finished_) reply_ = fold_.take();
    finished_ = true;
    body_.reset();
    return std::nullopt;
  }

  /// One step: the head, or the bytes that are there.
  void pull() {
    if (told_ == events_.size()) {
      events_.clear();
      told_ = 0;
    }
    if (!unread_.empty()) return take_bytes();
    limit_wait();
    if (state_ == State::head) return take_head();
    const auto bytes = body_->read();
    if (!bytes) return fail_with(bytes.error());
    if (state_ == State::whole) return take_whole(*bytes);
    unread_ = *bytes;
    take_bytes();
  }

  void take_head() {
    if (auto head = body_->wait_head(); !head) return fail_with(head.error());
    if (auto info = head_info(body_->headers()); says_something(info)) events_.push_back({.value = std::move(info)});
    const auto type = body_->headers().get_or("content-type", "");
    // A server that can't stream answers whole; an error always is.
    const bool whole = body_->status() >= 400 || type.starts_with("application/json") || type.starts_with("text/html");
    state_ = State::whole;
    if (!whole) begin_stream();
  }

  void begin_stream() {
    state_ = State::streaming;
    began_ = true;
    decoder_ = wire_.event_decoder();
  }

  void take_whole(std::string_view bytes) {
    if (whole_.empty() && body_->status() < 400 && begins_stream(bytes)) {
      begin_stream();
      unread_ = bytes;
      return take_bytes();
    }
    if (whole_.size() + bytes.size() > kMaxWholeAnswer)
      return fail_with({.kind = ErrorKind::too_large, .message = "the provider's answer is longer than 64 MB"});
    whole_ += bytes;
    if (!bytes.empty()) return;
    auto events = wire_.decode_whole(body_->status(), body_->headers(), whole_);
    if (!events) return fail_with(events.error());
    std::ranges::move(*events, std::back_inserter(events_));
    state_ = State::ended;
  }

  /// Decodes some of the bytes: what they complete is told before more is decoded, so that little has to be held.
  void take_bytes() {
    // A line of JSON may be an event.
    if (!std::exchange(any_bytes_, true) && begins_text(unread_) && wire_.stream_type != "application/x-ndjson") {
      state_ = State::whole;
      return take_whole(std::exchange(unread_, {}));
    }
    const auto bytes = unread_.substr(0, kBytesAtOnce);
    unread_.remove_prefix(bytes.size());
    // What came before an error is kept.
    const std::size_t before = events_.size();
    const auto decoded = bytes.empty() ? decoder_->finish(events_) : decoder_->feed(bytes, events_);
    note_content(before);
    if (!decoded) return fail_with(decoded.error());
    if (bytes.empty()) state_ = State::ended;
  }

  /// Content among the events from `begin` on starts the wait for the next anew.
  void note_content(std::size_t begin) {
    if (has_content_ && timeouts_.between_chunks.count() == 0) return;
    if (!std::any_of(events_.begin() + static_cast<std::ptrdiff_t>(begin), events_.end(), is_content)) return;
    has_content_ = true;
    limited_ = false;
  }

  /// The waits for the first content and between chunks; the time that the caller takes does not count.
  void limit_wait() {
    if (limited_) return;
    limited_ = true;
    const auto limit = has_content_ ? timeouts_.between_chunks : timeouts_.first_content;
    if (limit.count() > 0 || has_content_)
      body_->set_deadline(limit.count() > 0 ? std::min(deadline_, Deadline::after(limit)) : deadline_);
  }

  void fail_with(Error error) {
    if (error.kind == ErrorKind::timed_out && !deadline_.passed())
      error.message += has_content_ ? ": no further content came in time (timeouts.between_chunks)"
                                    : ": no content came in time (timeouts.first_content)";
    failure_ = std::move(error);
    state_ = State::failed;
  }

  const dialects::Wire& wire_;
  std::unique_ptr<http::BodyStream> body_;
  Deadline deadline_;
  Timeouts timeouts_;
  std::unique_ptr<dialects::EventDecoder> decoder_;
  std::string whole_;
  /// What was read and not decoded yet; valid until the body's next call.
  std::string_view unread_;
  /// Decoded, and told up to `told_`.
  std::vector<StreamEvent> events_;
  std::size_t told_ = 0;
  ReplyFold fold_;
  ModelReply reply_;
  std::optional<Error> failure_;
  State state_ = State::head;
  /// The wait that is under way has its limit.
  bool limited_ = false;
  bool has_content_ = false;
  bool any_bytes_ = false;
  /// Events may have been told before a failure.
  bool began_ = false;
  bool finished_ = false;
};

/// A model behind HTTP, in any of the wire formats.
class HttpModel final : public Model {
 public:
  HttpModel(const dialects::Wire& wire, Endpoint endpoint, std::string model)
      : wire_(wire), endpoint_(std::move(endpoint)), model_(std::move(model)) {}

  Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) override {
    std::vector<std::string> warnings;
    const CallOptions limits = endpoint_.limited(options);
    const auto sent = http_request(request, false, limits, warnings);
    if (!sent) return fail(sent.error());
    auto response = endpoint_.transport().send(*sent, limits);
    if (!response) return fail(response.error());
    auto events = decode_all(wire_, response->status, response->headers, response->body);
    if (!events) return fail(events.error());
    ReplyFold fold;
    for (auto& warning : warnings) fold.add({.value = Warning{std::move(warning)}});
    fold.add({.value = head_info(response->headers)});
    for (const auto& event : *events) fold.add(event);
    return fold.take();
  }

  Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request, const CallOptions& options) override {
    auto stream = begin(request, options);
    if (!stream) return fail(stream.error());
    if (auto head = (*stream)->wait_head(); !head) return fail(head.error());
    return std::unique_ptr<ReplyStream>(std::move(*stream));
  }

  Result<std::unique_ptr<ReplyStream>> start(const ModelRequest& request, const CallOptions& options) override {
    auto stream = begin(request, options);
    if (!stream) return fail(stream.error());
    return std::unique_ptr<ReplyStream>(std::move(*stream));
  }

  [[nodiscard]] std::uint64_t progress() const override { return endpoint_.transport().progress(); }
  Result<void> wait_progress(std::uint64_t seen, const CallOptions& options) override {
    return endpoint_.transport().wait_progress(seen, options);
  }

 private:
  Result<std::unique_ptr<HttpReplyStream>> begin(const ModelRequest& request, const CallOptions& options) {
    std::vector<std::string> warnings;
    const CallOptions limits = endpoint_.limited(options);
    const auto sent = http_request(request, true, limits, warnings);
    if (!sent) return fail(sent.error());
    auto body = endpoint_.transport().start(*sent, limits);
    if (!body) return fail(body.error());
    return std::make_unique<HttpReplyStream>(wire_, std::move(*body), std::move(warnings), limits.deadline,
                                             endpoint_.timeouts());
  }

  Result<http::Request> http_request(const ModelRequest& request, bool stream, const CallOptions& options,
                                     std::vector<std::string>& warnings) const {
    auto encoded = wire_.encode(request, model_, stream);
    if (!encoded) return fail(encoded.error());
    if (const auto adapt = endpoint_.provider().adapt) adapt(encoded->body, encoded->warnings);
    if (request.extra.is_object())
      for (const auto& member : request.extra.get_object()) encoded->body[member.key()] = member.value();
    warnings = std::move(encoded->warnings);
    return endpoint_.request("POST", wire_.path(model_, stream), stream ? wire_.stream_type : "application/json",
                             write_json(encoded->body), options);
  }

  const dialects::Wire& wire_;
  Endpoint endpoint_;
  std::string model_;
};

Result<std::shared_ptr<Model>> open_at(const Provider& provider, std::string model, const ModelOptions& options) {
  auto endpoint = Endpoint::open(provider, options, model);
  if (!endpoint) return fail(endpoint.error());
  return std::make_shared<HttpModel>(*dialects::find_wire(provider.dialect), std::move(*endpoint), std::move(model));
}

}  // namespace

Result<std::shared_ptr<Model>> open_model(std::string_view name, const ModelOptions& options) {
  auto named = named_model(name, options);
  if (!named) return fail(named.error());
  return open_at(named->provider, std::move(named->model), options);
}

Result<std::shared_ptr<Model>> open_model(Dialect dialect, std::string_view model, const ModelOptions& options) {
  if (model.empty()) return fail(ErrorKind::invalid_input, "no model named");
  return open_at(home_of(dialect), std::string(model), options);
}

}  // namespace sloop
