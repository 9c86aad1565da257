// SPDX-License-Identifier: Apache-2.0
#include "sloop/model/model.hpp"

#include <cstdlib>
#include <deque>

#include "sloop/http/curl_transport.hpp"
#include "sloop/model/dialects/openai_chat.hpp"
#include "sloop/model/provider.hpp"

namespace sloop {
namespace {

const dialects::Wire& wire_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::openai_chat: break;
  }
  return dialects::openai_chat::wire();
}

/// The rest of a body, for answers that are no stream.
Result<std::string> read_rest(http::BodyStream& stream) {
  std::string body;
  while (true) {
    const auto bytes = stream.read();
    if (!bytes) return fail(bytes.error());
    if (bytes->empty()) return body;
    body += *bytes;
  }
}

/// A streamed answer: bytes are pulled as events are asked for.
class HttpReplyStream final : public ReplyStream {
 public:
  HttpReplyStream(std::unique_ptr<http::BodyStream> body, std::unique_ptr<dialects::EventDecoder> decoder)
      : body_(std::move(body)), decoder_(std::move(decoder)) {}

  /// A whole answer that was asked for as a stream.
  explicit HttpReplyStream(std::vector<StreamEvent> events) : ended_(true) { queue(std::move(events)); }

  void warn(const std::vector<std::string>& warnings) {
    for (const auto& text : warnings) waiting_.push_back({.value = Warning{text}});
  }

  Result<std::optional<StreamEvent>> next() override {
    while (waiting_.empty()) {
      if (failure_) return fail(*failure_);
      if (ended_) {
        if (!finished_) reply_ = fold_.take();
        finished_ = true;
        body_.reset();
        return std::optional<StreamEvent>();
      }
      pull();
    }
    StreamEvent event = std::move(waiting_.front());
    waiting_.pop_front();
    fold_.add(event);
    return std::optional(std::move(event));
  }

  [[nodiscard]] const ModelReply& reply() const override { return finished_ ? reply_ : fold_.reply(); }

 private:
  void queue(std::vector<StreamEvent> events) {
    for (auto& event : events) waiting_.push_back(std::move(event));
  }

  /// Reads once. What the bytes complete is kept also when they end in an error.
  void pull() {
    std::vector<StreamEvent> events;
    const auto bytes = body_->read();
    Result<void> decoded;
    if (!bytes) {
      decoded = fail(bytes.error());
    } else if (bytes->empty()) {
      decoded = decoder_->finish(events);
      ended_ = decoded.has_value();
    } else {
      decoded = decoder_->feed(*bytes, events);
    }
    queue(std::move(events));
    if (!decoded) failure_ = decoded.error();
  }

  std::unique_ptr<http::BodyStream> body_;
  std::unique_ptr<dialects::EventDecoder> decoder_;
  std::deque<StreamEvent> waiting_;
  ReplyFold fold_;
  ModelReply reply_;
  std::optional<Error> failure_;
  bool ended_ = false;
  bool finished_ = false;
};

/// A model behind HTTP, in any of the wire formats.
class HttpModel final : public Model {
 public:
  HttpModel(const dialects::Wire& wire, std::string model, const ModelOptions& options)
      : wire_(wire),
        model_(std::move(model)),
        options_(options),
        transport_(http::with_retries(options.transport, options.retry)) {
    transport_->expect(options_.base_url);
  }

  Result<ModelReply> complete(const ModelRequest& request, const CallOptions& options) override {
    auto encoded = wire_.encode(request, model_, false);
    if (!encoded) return fail(encoded.error());
    auto response = transport_->send(http_request(std::move(encoded->body), false), limited(options));
    if (!response) return fail(response.error());
    auto events = wire_.decode_whole(response->status, response->headers, response->body);
    if (!events) return fail(events.error());
    ReplyFold fold;
    for (auto& warning : encoded->warnings) fold.add({.value = Warning{std::move(warning)}});
    for (const auto& event : *events) fold.add(event);
    return fold.take();
  }

  Result<std::unique_ptr<ReplyStream>> stream(const ModelRequest& request, const CallOptions& options) override {
    auto encoded = wire_.encode(request, model_, true);
    if (!encoded) return fail(encoded.error());
    auto body = transport_->open(http_request(std::move(encoded->body), true), limited(options));
    if (!body) return fail(body.error());
    auto stream = answer_of(std::move(*body));
    if (!stream) return fail(stream.error());
    (*stream)->warn(encoded->warnings);
    return std::unique_ptr<ReplyStream>(std::move(*stream));
  }

 private:
  Result<std::unique_ptr<HttpReplyStream>> answer_of(std::unique_ptr<http::BodyStream> body) const {
    const auto type = body->headers().get_or("content-type", "");
    // A server that can't stream answers whole; an error always is.
    if (body->status() < 400 && !type.starts_with("application/json") && !type.starts_with("text/html"))
      return std::make_unique<HttpReplyStream>(std::move(body), wire_.event_decoder());
    const auto rest = read_rest(*body);
    if (!rest) return fail(rest.error());
    auto events = wire_.decode_whole(body->status(), body->headers(), *rest);
    if (!events) return fail(events.error());
    return std::make_unique<HttpReplyStream>(std::move(*events));
  }

  [[nodiscard]] http::Request http_request(std::string body, bool stream) const {
    return {.method = "POST",
            .url = options_.base_url + std::string(wire_.path),
            .headers = {{"content-type", "application/json"},
                        {"accept", stream ? "text/event-stream" : "application/json"},
                        {"authorization", "Bearer " + options_.api_key}},
            .body = std::move(body)};
  }

  [[nodiscard]] CallOptions limited(CallOptions options) const {
    if (options.deadline.is_never()) options.deadline = Deadline::after(options_.timeout);
    return options;
  }

  const dialects::Wire& wire_;
  std::string model_;
  ModelOptions options_;
  std::shared_ptr<http::Transport> transport_;
};

std::string from_environment(std::string_view variable) {
  const char* value = std::getenv(std::string(variable).c_str());
  return value != nullptr ? value : "";
}

std::string known_providers() {
  std::string names;
  for (const auto& provider : providers()) names += (names.empty() ? "" : ", ") + std::string(provider.name);
  return names;
}

std::string first_not_empty(const std::string& first, const std::string& second, std::string_view third) {
  if (!first.empty()) return first;
  return second.empty() ? std::string(third) : second;
}

}  // namespace

Result<std::shared_ptr<Model>> open_model(std::string_view name, const ModelOptions& options) {
  const std::size_t slash = name.find('/');
  const std::string quoted = "'" + std::string(name) + "'";
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == name.size())
    return fail(ErrorKind::invalid_input,
                "the model " + quoted + " is not of the form provider/model; write for instance openai/gpt-4o");
  const Provider* provider = find_provider(name.substr(0, slash));
  if (provider == nullptr)
    return fail(ErrorKind::invalid_input,
                "the provider of model " + quoted + " is unknown; known are: " + known_providers());
  ModelOptions complete = options;
  complete.api_key = first_not_empty(options.api_key, from_environment(provider->key_variable), "");
  if (complete.api_key.empty())
    return fail(ErrorKind::unauthenticated,
                "no API key for model " + quoted + ": set " + std::string(provider->key_variable));
  complete.base_url =
      first_not_empty(options.base_url, from_environment(provider->base_url_variable), provider->base_url);
  while (complete.base_url.ends_with('/')) complete.base_url.pop_back();
  if (!complete.base_url.starts_with("http://") && !complete.base_url.starts_with("https://"))
    return fail(ErrorKind::invalid_input, "the base URL of model " + quoted + " is no http or https address; correct " +
                                              std::string(provider->base_url_variable));
  if (!complete.transport) complete.transport = http::default_transport();
  return std::make_shared<HttpModel>(wire_of(provider->dialect), std::string(name.substr(slash + 1)), complete);
}

}  // namespace sloop
