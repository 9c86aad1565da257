// SPDX-License-Identifier: Apache-2.0
#include "sloop/testing/mock_provider.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <thread>

#include "mock_services.hpp"
#include "mock_wires.hpp"
#include "sloop/core/json.hpp"

namespace sloop::testing {
namespace {

const std::vector<std::string>& jokes() {
  static const std::vector<std::string> kJokes{"Why did the sailor bring a ladder? He wanted to join the high seas.",
                                               "I told my boat a secret. Now everyone knows: it leaks.",
                                               "What does a sloop order at the bar? Anything on the dock."};
  return kJokes;
}

struct FaultName {
  std::string_view name;
  FaultKind kind;
};
constexpr FaultName kFaultNames[] = {{"cut", FaultKind::cut},
                                     {"slow", FaultKind::slow},
                                     {"stall", FaultKind::stall},
                                     {"unfinished", FaultKind::unfinished},
                                     {"error-event", FaultKind::error_event},
                                     {"invalid-utf8", FaultKind::invalid_utf8},
                                     {"reset", FaultKind::reset},
                                     {"html", FaultKind::html},
                                     {"garbage", FaultKind::garbage},
                                     {"huge", FaultKind::huge},
                                     {"hang", FaultKind::hang}};

class Mock final : public MockProvider {
 public:
  explicit Mock(MockProviderOptions options) : options_(std::move(options)) {
    if (options_.replies.empty()) options_.replies = jokes();
  }

  Result<void> listen() {
    auto server = serve::Server::start(
        {.address = options_.address, .port = options_.port, .tls = options_.tls},
        [this](const serve::Request& request, serve::Exchange& exchange) { handle(request, exchange); });
    if (!server) return fail(server.error());
    server_ = std::move(*server);
    return {};
  }

  [[nodiscard]] std::string base_url() const override { return server_->url() + "/v1"; }
  [[nodiscard]] serve::Server& server() override { return *server_; }
  [[nodiscard]] std::vector<serve::Request> requests() const override {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void handle(const serve::Request& request, serve::Exchange& exchange) {
    // A connection opened ahead of use asks for nothing.
    if (request.method == "HEAD") return exchange.respond(404, {}, "");
    const MockWire* wire = mock_wire(request.path());
    if (const auto answer = mock_service(request, options_.replies.front()))
      return serve_other(request, *answer, exchange);
    if (wire == nullptr)
      return refuse(
          *mock_wire("/chat/completions"), exchange, 404,
          "Unknown path; this mock serves /chat/completions, /responses, /messages, "
          "/models/NAME:generateContent, /v2/chat, /api/chat, /model/NAME/converse, and embeddings, rankings, "
          "images, speech, transcription, token counts and moderation.");
    if (request.method != "POST") return refuse(*wire, exchange, 405, "Only POST is served.");
    const auto [fault, reply] = note(request);
    if (!has_key(request)) return refuse(*wire, exchange, 401, "You didn't provide an API key.");
    const auto question = question_of(*wire, request);
    if (!question) return refuse(*wire, exchange, 400, question.error().message);
    std::this_thread::sleep_for(options_.latency);
    if (fault && !is_of_body(fault->kind)) return misbehave(*wire, *fault, exchange);
    if (question->stream)
      answer_streamed(*wire, *question, reply, fault, exchange);
    else
      answer_whole(*wire, *question, reply, fault, exchange);
  }

  /// What is no chat: the faults are those that take the place of an answer.
  void serve_other(const serve::Request& request, const MockAnswer& answer, serve::Exchange& exchange) {
    const auto [fault, reply] = note(request);
    const MockWire& wire = *mock_wire("/chat/completions");
    if (!has_key(request)) return refuse(wire, exchange, 401, "You didn't provide an API key.");
    std::this_thread::sleep_for(options_.latency);
    if (fault && !is_of_body(fault->kind)) return misbehave(wire, *fault, exchange);
    exchange.respond(answer.status, {{"content-type", answer.type}}, answer.body);
  }

  /// Ollama needs none.
  static bool has_key(const serve::Request& request) {
    return request.headers.get_or("authorization", "").size() > std::string_view("Bearer ").size() ||
           request.headers.contains("x-api-key") || request.headers.contains("x-goog-api-key") ||
           request.headers.contains("api-key") || request.path().contains("/api/");
  }

  /// The fault and the reply that are this request's turn.
  std::pair<std::optional<Fault>, std::string> note(const serve::Request& request) {
    const std::lock_guard lock(mutex_);
    const std::size_t turn = requests_.size();
    requests_.push_back(request);
    std::optional<Fault> fault = options_.always;
    if (turn < options_.faults.size()) fault = options_.faults[turn];
    return {fault, options_.replies[turn % options_.replies.size()]};
  }

  static void refuse(const MockWire& wire, serve::Exchange& exchange, int status, std::string_view message) {
    exchange.respond(status, {{"content-type", "application/json"}},
                     write_json(wire.error(message, "invalid_request_error", status)));
  }

  /// Faults that show in the body of a good answer; the others take its place.
  static bool is_of_body(FaultKind kind) {
    return kind == FaultKind::cut || kind == FaultKind::slow || kind == FaultKind::stall ||
           kind == FaultKind::unfinished || kind == FaultKind::error_event || kind == FaultKind::invalid_utf8;
  }

  static void misbehave(const MockWire& wire, const Fault& fault, serve::Exchange& exchange) {
    switch (fault.kind) {
      case FaultKind::html:
        return exchange.respond(200, {{"content-type", "text/html"}},
                                "<!DOCTYPE html><html><body>Sign in</body></html>");
      case FaultKind::garbage: return exchange.send_raw("\x16\x03\x01 this is not HTTP\r\n\r\n");
      case FaultKind::reset: return exchange.abort();
      case FaultKind::hang: return wait_for_client(exchange);
      case FaultKind::huge: return answer_huge(exchange);
      default: return answer_status(wire, fault, exchange);
    }
  }

  static void wait_for_client(serve::Exchange& exchange) {
    while (!exchange.client_gone()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    exchange.abort();
  }

  /// 100 MB of a JSON text without end.
  static void answer_huge(serve::Exchange& exchange) {
    const std::string block(1 << 20, 'x');
    exchange.begin(200, {{"content-type", "application/json"}});
    exchange.write("{\"text\":\"");
    for (int i = 0; i < 100; ++i)
      if (!exchange.write(block)) return;
    exchange.end();
  }

  static void answer_status(const MockWire& wire, const Fault& fault, serve::Exchange& exchange) {
    Headers headers{{"content-type", "application/json"}};
    if (fault.retry_after) headers.set("retry-after", std::to_string(*fault.retry_after));
    const std::string_view type = fault.status == 429   ? "rate_limit_exceeded"
                                  : fault.status >= 500 ? "server_error"
                                                        : "invalid_request_error";
    const std::string message = "A fault on purpose: status " + std::to_string(fault.status) + ".";
    exchange.respond(fault.status, headers, write_json(wire.error(message, type, fault.status)));
  }

  static void answer_whole(const MockWire& wire, const Question& question, const std::string& reply,
                           const std::optional<Fault>& fault, serve::Exchange& exchange) {
    std::string text = write_json(wire.whole(question, reply));
    if (fault && fault->kind == FaultKind::invalid_utf8) spoil(text, reply);
    if (!fault || !breaks(fault->kind)) return exchange.respond(200, {{"content-type", "application/json"}}, text);
    exchange.begin(200, {{"content-type", "application/json"}});
    if (send(text, *fault, exchange)) exchange.end();
  }

  /// Faults that matter for a whole answer, too.
  static bool breaks(FaultKind kind) {
    return kind == FaultKind::cut || kind == FaultKind::slow || kind == FaultKind::stall;
  }

  /// Puts a byte that is never in UTF-8 where the reply begins.
  static void spoil(std::string& text, std::string_view reply) {
    const auto words = words_of(reply);
    if (const std::size_t at = text.find(words.empty() ? "" : words.front()); at < text.size()) text[at] = '\xFF';
  }

  /// Sends bytes with a fault; returns false when no more is to be sent.
  static bool send(std::string_view text, const Fault& fault, serve::Exchange& exchange) {
    if (fault.kind == FaultKind::slow) {
      for (const char& byte : text) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (!exchange.write({&byte, 1})) return false;
      }
      return true;
    }
    exchange.write(text.substr(0, text.size() / 2));
    if (fault.kind == FaultKind::cut)
      exchange.abort();
    else
      wait_for_client(exchange);
    return false;
  }

  void answer_streamed(const MockWire& wire, const Question& question, const std::string& reply,
                       const std::optional<Fault>& fault, serve::Exchange& exchange) const {
    // Before the frames are made: some have checksums.
    std::string text = reply;
    if (fault && fault->kind == FaultKind::invalid_utf8) spoil(text, reply);
    auto frames = wire.frames(question, text);
    const std::size_t middle = frames.size() / 2;
    if (fault && fault->kind == FaultKind::unfinished) frames.resize(frames.size() - wire.last_frames);
    if (fault && fault->kind == FaultKind::error_event) {
      frames.resize(middle);
      frames.push_back(wire.error_frame());
    }
    exchange.begin(200, {{"content-type", std::string(wire.stream_type)}});
    for (std::size_t i = 0; i < frames.size(); ++i) {
      if (options_.tokens_per_second > 0 && i > 0)
        std::this_thread::sleep_for(std::chrono::duration<double>(1 / options_.tokens_per_second));
      const bool faulty = fault && breaks(fault->kind) && (fault->kind == FaultKind::slow || i == middle);
      if (faulty ? !send(frames[i], *fault, exchange) : !exchange.write(frames[i])) return;
    }
    exchange.end();
  }

  MockProviderOptions options_;
  mutable std::mutex mutex_;
  std::vector<serve::Request> requests_;
  std::unique_ptr<serve::Server> server_;  // last: its threads end before what they use
};

}  // namespace

Result<Fault> Fault::parse(std::string_view text) {
  const auto* named = std::ranges::find(kFaultNames, text, &FaultName::name);
  if (named != std::end(kFaultNames)) return Fault{.kind = named->kind};
  Fault fault;
  const char* const begin = text.data();  // NOLINT(bugprone-suspicious-stringview-data-usage): its end goes along
  const char* const end = begin + text.size();
  auto parsed = std::from_chars(begin, end, fault.status);
  if (parsed.ec == std::errc() && parsed.ptr != end && *parsed.ptr == ':')
    parsed = std::from_chars(parsed.ptr + 1, end, fault.retry_after.emplace());
  if (parsed.ec != std::errc() || parsed.ptr != end || fault.status < 400 || fault.status > 599)
    return fail(ErrorKind::invalid_input,
                "'" + std::string(text) +
                    "' is no fault; write a status from 400 to 599, 429:2 (with "
                    "retry-after), cut, slow, stall, unfinished, error-event, invalid-utf8, reset, "
                    "html, garbage, huge or hang");
  return fault;
}

Result<std::unique_ptr<MockProvider>> MockProvider::start(MockProviderOptions options) {
  auto mock = std::make_unique<Mock>(std::move(options));
  if (auto listening = mock->listen(); !listening) return fail(listening.error());
  return mock;
}

}  // namespace sloop::testing
