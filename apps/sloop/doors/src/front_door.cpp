// SPDX-License-Identifier: Apache-2.0
#include "sloop/doors/front_door.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "event_parts.hpp"
#include "sloop/doors/door.hpp"
#include "sloop/doors/prelude.hpp"

namespace sloop::doors {
namespace {

/// `Root=1-TIME-24 DIGITS` from a request's id, or what the client's own header says.
std::string trace_id(const serve::Request& request, std::string digits, std::chrono::system_clock::time_point at) {
  if (const auto given = request.headers.get("x-amzn-trace-id")) return std::string(*given);
  std::erase(digits, '-');
  return fmt::format("Root=1-{:08x}-{}", std::chrono::system_clock::to_time_t(at), digits.substr(0, 24));
}

Visit new_visit(const serve::Request& request, const std::string& region) {
  Visit visit{.request_id = emulator::new_request_id(), .at = std::chrono::system_clock::now(), .region = region};
  visit.trace_id = trace_id(request, visit.request_id, visit.at);
  return visit;
}

bool timed_out(const emulator::SandboxOutcome& outcome) {
  return outcome.error_type == "Sandbox.Timedout" || outcome.report.status == "timeout";
}

void send(const Answer& answer, serve::Exchange& exchange) {
  exchange.respond(answer.status, answer.headers, answer.body);
}

/// A stream on its way to the client: its head is known at once, or stands in a prelude.
class StreamedAnswer {
 public:
  StreamedAnswer(const DoorOptions& options, const serve::Request& request, serve::Exchange& exchange)
      : options_(options), request_(request), exchange_(exchange) {}

  void begin(std::string_view content_type) {
    has_prelude_ = content_type == kPreludeType;
    if (!has_prelude_) begin({.headers = {{"content-type", std::string(content_type)}}});
  }

  bool take(std::string_view bytes) {
    if (!has_prelude_) return exchange_.write(bytes);
    const auto body = reader_.feed(bytes);
    if (!body) return false;
    if (!begun_ && reader_.head()) begin(*reader_.head());
    return !begun_ || exchange_.write(*body);
  }

  void end(bool failed, bool late) {
    if (!begun_) return send(failure_answer(options_.kind, late), exchange_);
    // A body that was cut off tells the client of the failure.
    if (failed) return exchange_.abort();
    exchange_.end();
  }

 private:
  void begin(Answer head) {
    begun_ = true;
    apply_cors(options_.cors, request_.headers, head.headers);
    exchange_.begin(head.status, head.headers);
  }

  const DoorOptions& options_;
  const serve::Request& request_;
  serve::Exchange& exchange_;
  PreludeReader reader_;
  bool has_prelude_ = false;
  bool begun_ = false;
};

}  // namespace

Result<std::unique_ptr<FrontDoor>> FrontDoor::open(emulator::Emulator& emulator, DoorOptions options,
                                                   const std::string& address) {
  std::unique_ptr<FrontDoor> door(new FrontDoor(emulator, std::move(options)));
  auto server = serve::Server::start(
      {.address = address, .port = door->options_.port},
      [raw = door.get()](const serve::Request& request, serve::Exchange& exchange) { raw->handle(request, exchange); });
  if (!server) return fail(server.error().within(door_name(door->options_.kind)));
  door->server_ = std::move(*server);
  return door;
}

std::string FrontDoor::url() const {
  const bool api = options_.kind == DoorKind::http_api || options_.kind == DoorKind::rest_api;
  const std::string stage = api ? stage_of(options_) : "";
  return server_->url() + (stage.empty() ? "" : "/" + stage);
}

void FrontDoor::handle(const serve::Request& request, serve::Exchange& exchange) {
  const Visit visit = new_visit(request, emulator_.options().region);
  auto entry = enter(options_, request, visit);
  if (const auto* answer = std::get_if<Answer>(&entry)) return send(*answer, exchange);
  const emulator::SandboxInvocation invocation{
      .request_id = visit.request_id, .event = std::get<std::string>(std::move(entry)), .trace_id = visit.trace_id};
  if (options_.stream) return answer_streamed(invocation, request, exchange);
  auto outcome = emulator_.invoke(invocation, {.early = true});
  if (!outcome) return send(failure_answer(options_.kind, false), exchange);
  send(leave(options_, request,
             {.body = std::move(outcome->body),
              .failed = outcome->is_error,
              .timed_out = timed_out(*outcome),
              .content_type = std::move(outcome->content_type)}),
       exchange);
}

void FrontDoor::answer_streamed(const emulator::SandboxInvocation& invocation, const serve::Request& request,
                                serve::Exchange& exchange) {
  StreamedAnswer answer(options_, request, exchange);
  const emulator::ResponseReceiver receiver{.on_begin = [&](std::string_view type) { answer.begin(type); },
                                            .on_chunk = [&](std::string_view bytes) { return answer.take(bytes); }};
  const auto outcome = emulator_.invoke(invocation, {.receiver = receiver, .early = true});
  answer.end(!outcome || outcome->is_error, outcome && timed_out(*outcome));
}

}  // namespace sloop::doors
