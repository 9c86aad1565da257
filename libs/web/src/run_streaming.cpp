// SPDX-License-Identifier: Apache-2.0
#include "exchange.hpp"
#include "sloop/web/run.hpp"

namespace sloop::web {

Result<std::string> stream_event(const Router& router, std::string_view event, const lambda::Context& context,
                                 lambda::Responder& responder, const EventOptions& options) {
  auto answered = detail::respond_to(router, event, context, options);
  if (!answered) return fail(std::move(answered.error()));
  Response& response = answered->response;
  if (answered->trigger != Trigger::function_url && answered->trigger != Trigger::rest_api) {
    if (auto whole = collect(response); !whole) response = problem(whole.error());
    return reply_of(answered->trigger, response);
  }
  lambda::StreamWriter& out = responder.http_stream(prelude_of(response));
  if (!response.stream) return std::move(response.body);
  BodyWriter writer([&](std::string_view bytes) { return out.write(bytes); });
  // Status and headers are of use before the first bytes are there.
  if (auto sent = out.write(""); !sent) return fail(std::move(sent.error()));
  if (auto written = response.stream(writer); !written) return fail(std::move(written.error()));
  return std::string();
}

namespace detail {

int run_streamed(const Router& router, const RunOptions& options, Serve serve) {
  if (!is_function(options, serve)) return serve(router, options);
  const EventOptions events = EventOptions::from_env();
  return lambda::run_raw(
      [&](std::string_view event, const lambda::Context& context, lambda::Responder& responder) {
        return stream_event(router, event, context, responder, events);
      },
      checked(router, options));
}

}  // namespace detail
}  // namespace sloop::web
