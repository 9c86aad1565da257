// SPDX-License-Identifier: Apache-2.0
#include "sloop/testing/mock_provider.hpp"

#include <charconv>
#include <mutex>
#include <thread>

#include "sloop/core/json.hpp"

namespace sloop::testing {
namespace {

const std::vector<std::string>& jokes() {
  static const std::vector<std::string> kJokes{"Why did the sailor bring a ladder? He wanted to join the high seas.",
                                               "I told my boat a secret. Now everyone knows: it leaks.",
                                               "What does a sloop order at the bar? Anything on the dock."};
  return kJokes;
}

/// The pieces of a streamed answer: words with the blank before them.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ', 1);
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end, text.size()));
  }
  return words;
}

Json error_json(std::string_view message, std::string_view type) {
  return JsonObject{{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", nullptr}}}};
}

struct Question {
  std::string model;
  bool stream = false;
  bool wants_usage = false;
  std::size_t prompt_words = 0;
};

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
    if (request.path() != "/v1/chat/completions")
      return refuse(exchange, 404, "Unknown path; this mock serves /v1/chat/completions.");
    if (request.method != "POST") return refuse(exchange, 405, "Only POST is served.");
    const auto [fault, reply] = note(request);
    if (request.headers.get_or("authorization", "").size() <= std::string_view("Bearer ").size())
      return refuse(exchange, 401, "You didn't provide an API key.");
    const auto question = question_of(request.body);
    if (!question) return refuse(exchange, 400, question.error().message);
    std::this_thread::sleep_for(options_.latency);
    if (fault && (fault->kind == FaultKind::status || fault->kind == FaultKind::hang ||
                  fault->kind == FaultKind::html || fault->kind == FaultKind::garbage))
      return misbehave(*fault, exchange);
    if (question->stream)
      answer_streamed(*question, reply, fault, exchange);
    else
      answer_whole(*question, reply, fault, exchange);
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

  static Result<Question> question_of(std::string_view body) {
    const auto json = parse_json(body);
    if (!json) return fail(ErrorKind::invalid_input, "We could not parse the JSON body of your request.");
    const Json* messages = find(*json, "messages");
    if (messages == nullptr || !messages->is_array() || messages->get_array().empty())
      return fail(ErrorKind::invalid_input, "Missing required parameter: 'messages'.");
    Question question{.model = std::string(find_string(*json, "model"))};
    if (question.model.empty()) return fail(ErrorKind::invalid_input, "You must provide a model parameter.");
    const Json* stream = find(*json, "stream");
    question.stream = stream != nullptr && stream->is_bool() && stream->get_bool();
    question.wants_usage = find(*json, {"stream_options", "include_usage"}) != nullptr;
    for (const Json& message : messages->get_array())
      question.prompt_words += words_of(find_string(message, "content")).size();
    return question;
  }

  static void refuse(serve::Exchange& exchange, int status, std::string_view message) {
    exchange.respond(status, {{"content-type", "application/json"}},
                     write_json(error_json(message, "invalid_request_error")));
  }

  static void misbehave(const Fault& fault, serve::Exchange& exchange) {
    if (fault.kind == FaultKind::html)
      return exchange.respond(200, {{"content-type", "text/html"}}, "<!DOCTYPE html><html><body>Sign in</body></html>");
    if (fault.kind == FaultKind::garbage) return exchange.send_raw("\x16\x03\x01 this is not HTTP\r\n\r\n");
    if (fault.kind == FaultKind::hang) {
      while (!exchange.client_gone()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return exchange.abort();
    }
    Headers headers{{"content-type", "application/json"}};
    if (fault.retry_after) headers.set("retry-after", std::to_string(*fault.retry_after));
    const std::string_view type = fault.status == 429   ? "rate_limit_exceeded"
                                  : fault.status >= 500 ? "server_error"
                                                        : "invalid_request_error";
    exchange.respond(fault.status, headers,
                     write_json(error_json("A fault on purpose: status " + std::to_string(fault.status) + ".", type)));
  }

  static Json usage_of(const Question& question, std::string_view reply) {
    const auto prompt = static_cast<std::int64_t>(question.prompt_words);
    const auto completion = static_cast<std::int64_t>(words_of(reply).size());
    return JsonObject{
        {"prompt_tokens", prompt}, {"completion_tokens", completion}, {"total_tokens", prompt + completion}};
  }

  static void answer_whole(const Question& question, const std::string& reply, const std::optional<Fault>& fault,
                           serve::Exchange& exchange) {
    const JsonObject message{{"role", "assistant"}, {"content", reply}, {"refusal", nullptr}};
    const JsonObject body{
        {"id", "chatcmpl-mock"},
        {"object", "chat.completion"},
        {"created", 0},
        {"model", question.model},
        {"choices",
         JsonArray{JsonObject{{"index", 0}, {"message", message}, {"logprobs", nullptr}, {"finish_reason", "stop"}}}},
        {"usage", usage_of(question, reply)}};
    const std::string text = write_json(body);
    if (!fault) return exchange.respond(200, {{"content-type", "application/json"}}, text);
    exchange.begin(200, {{"content-type", "application/json"}});
    if (!send(text, *fault, exchange)) return;
    exchange.end();
  }

  /// Sends bytes with a fault; returns false when the connection is broken.
  static bool send(std::string_view text, const Fault& fault, serve::Exchange& exchange) {
    if (fault.kind == FaultKind::cut) {
      exchange.write(text.substr(0, text.size() / 2));
      exchange.abort();
      return false;
    }
    for (const char& byte : text) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (!exchange.write({&byte, 1})) return false;
    }
    return true;
  }

  void answer_streamed(const Question& question, const std::string& reply, const std::optional<Fault>& fault,
                       serve::Exchange& exchange) const {
    const auto chunk = [&](JsonArray choices, Json usage) {
      return "data: " +
             write_json(JsonObject{{"id", "chatcmpl-mock"},
                                   {"object", "chat.completion.chunk"},
                                   {"created", 0},
                                   {"model", question.model},
                                   {"choices", std::move(choices)},
                                   {"usage", std::move(usage)}}) +
             "\n\n";
    };
    const auto delta = [&](JsonObject content, Json finish) {
      return chunk({JsonObject{{"index", 0}, {"delta", std::move(content)}, {"finish_reason", std::move(finish)}}},
                   nullptr);
    };
    std::vector<std::string> chunks{delta({{"role", "assistant"}, {"content", ""}}, nullptr)};
    for (const auto word : words_of(reply)) chunks.push_back(delta({{"content", word}}, nullptr));
    chunks.push_back(delta({}, "stop"));
    if (question.wants_usage) chunks.push_back(chunk({}, usage_of(question, reply)));
    chunks.emplace_back("data: [DONE]\n\n");
    exchange.begin(200, {{"content-type", "text/event-stream"}});
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      if (options_.tokens_per_second > 0 && i > 0)
        std::this_thread::sleep_for(std::chrono::duration<double>(1 / options_.tokens_per_second));
      const bool faulty = fault && (fault->kind == FaultKind::slow || i == chunks.size() / 2);
      if (faulty ? !send(chunks[i], *fault, exchange) : !exchange.write(chunks[i])) return;
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
  if (text == "cut") return Fault{.kind = FaultKind::cut};
  if (text == "slow") return Fault{.kind = FaultKind::slow};
  if (text == "html") return Fault{.kind = FaultKind::html};
  if (text == "garbage") return Fault{.kind = FaultKind::garbage};
  if (text == "hang") return Fault{.kind = FaultKind::hang};
  Fault fault;
  const char* const begin = text.data();  // NOLINT(bugprone-suspicious-stringview-data-usage): its end goes along
  const char* const end = begin + text.size();
  auto parsed = std::from_chars(begin, end, fault.status);
  if (parsed.ec == std::errc() && parsed.ptr != end && *parsed.ptr == ':')
    parsed = std::from_chars(parsed.ptr + 1, end, fault.retry_after.emplace());
  if (parsed.ec != std::errc() || parsed.ptr != end || fault.status < 400 || fault.status > 599)
    return fail(ErrorKind::invalid_input, "'" + std::string(text) +
                                              "' is no fault; write a status from 400 to 599, 429:2 (with "
                                              "retry-after), cut, slow, html, garbage or hang");
  return fault;
}

Result<std::unique_ptr<MockProvider>> MockProvider::start(MockProviderOptions options) {
  auto mock = std::make_unique<Mock>(std::move(options));
  if (auto listening = mock->listen(); !listening) return fail(listening.error());
  return mock;
}

}  // namespace sloop::testing
