// SPDX-License-Identifier: Apache-2.0
#include "invoke_answer.hpp"

#include "sloop/aws/event_stream.hpp"
#include "sloop/core/base64.hpp"
#include "sloop/core/json.hpp"

namespace sloop::emulator {
namespace {

Headers head_of(const InvokeRequest& call, std::string_view content_type) {
  return {{"content-type", std::string(content_type)},
          {"x-amzn-requestid", call.invocation.request_id},
          {"x-amz-executed-version", call.executed_version()}};
}

Refusal refusal_of(const Error& error) {
  if (error.kind == ErrorKind::rate_limited) return {429, "TooManyRequestsException", error.message};
  return {500, "ServiceException", error.message};
}

std::string event(std::string_view type, std::string_view content_type, std::string payload) {
  return aws::encode_event({.headers = {{":event-type", std::string(type)},
                                        {":content-type", std::string(content_type)},
                                        {":message-type", "event"}},
                            .payload = std::move(payload)});
}

void answer_whole(Emulator& emulator, const InvokeRequest& call, serve::Exchange& exchange) {
  const auto outcome = emulator.invoke(call.invocation, {.function = call.function, .early = !call.with_log});
  if (!outcome) return refuse_call(exchange, refusal_of(outcome.error()));
  Headers head = head_of(call, "application/json");
  if (outcome->is_error) head.add("x-amz-function-error", "Unhandled");
  if (call.with_log) head.add("x-amz-log-result", encode_base64(outcome->log_tail));
  exchange.respond(200, head, outcome->body);
}

std::string completion(const SandboxOutcome& outcome, bool with_log) {
  JsonObject complete;
  if (outcome.is_error) {
    complete["ErrorCode"] = outcome.error_type;
    complete["ErrorDetails"] = outcome.body;
  }
  if (with_log) complete["LogResult"] = encode_base64(outcome.log_tail);
  return event("InvokeComplete", "application/json", write_json(complete));
}

void answer_streamed(Emulator& emulator, const InvokeRequest& call, serve::Exchange& exchange) {
  bool begun = false;
  const auto begin = [&] {
    if (!std::exchange(begun, true)) exchange.begin(200, head_of(call, "application/vnd.amazon.eventstream"));
  };
  const ResponseReceiver receiver{
      .on_begin = [&](std::string_view) { begin(); },
      .on_chunk =
          [&](std::string_view bytes) {
            return exchange.write(event("PayloadChunk", "application/octet-stream", std::string(bytes)));
          }};
  const auto outcome =
      emulator.invoke(call.invocation, {.function = call.function, .receiver = receiver, .early = !call.with_log});
  if (!outcome && !begun) return refuse_call(exchange, refusal_of(outcome.error()));
  begin();
  if (outcome)
    exchange.write(completion(*outcome, call.with_log));
  else
    return exchange.abort();
  exchange.end();
}

}  // namespace

void answer_invoke(Emulator& emulator, const InvokeRequest& call, serve::Exchange& exchange) {
  const Headers head{{"x-amzn-requestid", call.invocation.request_id}};
  switch (call.type) {
    case InvocationType::dry_run: return exchange.respond(204, head, "");
    case InvocationType::event:
      if (auto queued = emulator.enqueue(call.invocation, call.function); !queued)
        return refuse_call(exchange, refusal_of(queued.error()));
      return exchange.respond(202, head, "");
    case InvocationType::request_response: break;
  }
  if (call.streamed) return answer_streamed(emulator, call, exchange);
  answer_whole(emulator, call, exchange);
}

}  // namespace sloop::emulator
