// SPDX-License-Identifier: Apache-2.0
//
// HTTP inside Lambda events: an event becomes a `Request`, a `Response` becomes what that trigger wants to read.
//
//   const Trigger trigger = trigger_of(event);
//   Result<Request> request = request_of(trigger, std::move(event));
//   std::string reply = reply_of(trigger, std::move(response));
//
// Pure functions: no sockets, no environment. Most programs use `run` instead.
#pragma once

#include <string>
#include <string_view>

#include "sloop/core/json.hpp"
#include "sloop/lambda/responder.hpp"
#include "sloop/web/request.hpp"
#include "sloop/web/response.hpp"

namespace sloop::web {

/// What sent this event; `Trigger::none` when it is no HTTP event.
[[nodiscard]] Trigger trigger_of(const Json& event);

struct EventOptions {
  /// API Gateway's stage is not put in front of the path: `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH`.
  bool ignore_stage = false;

  [[nodiscard]] static EventOptions from_env();
};

/// The request in an event of that trigger. `trace_id`, when there is one, becomes the header `x-amzn-trace-id`.
/// Fails with `invalid_input`: a header that HTTP forbids, a body that is no base64 though the event says so, or
/// members of the wrong type.
[[nodiscard]] Result<Request> request_of(Trigger trigger, Json event, std::string_view trace_id = {},
                                         const EventOptions& options = {});

/// The JSON text that answers an event of that trigger. A streamed body must have been collected.
[[nodiscard]] std::string reply_of(Trigger trigger, const Response& response);

/// What precedes the body of a streamed reply: status, headers and, apart from these, cookies.
[[nodiscard]] lambda::HttpPrelude prelude_of(const Response& response);

/// Whether the body goes to Lambda as text; otherwise as base64. Text is: no content encoding, a content type of
/// text, JSON, JavaScript, XML or YAML (or none) in UTF-8, and bytes that are UTF-8. The header
/// `x-lambda-http-content-encoding: text` or `binary`, which is not passed on, decides otherwise.
[[nodiscard]] bool is_text(const Response& response);

}  // namespace sloop::web
