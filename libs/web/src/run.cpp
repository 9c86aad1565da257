// SPDX-License-Identifier: Apache-2.0
#include "sloop/web/run.hpp"

#include "exchange.hpp"

namespace sloop::web {
namespace detail {

Result<Answered> respond_to(const Router& router, std::string_view text, const lambda::Context& context,
                            const EventOptions& options) {
  auto event = parse_json(text);
  if (!event) return fail(lambda::detail::event_error(event.error().within("event")));
  const Trigger trigger = trigger_of(*event);
  auto request = request_of(trigger, std::move(*event), context.trace_id, options);
  if (request) return Answered{trigger, router.handle(std::move(*request), context)};
  if (trigger == Trigger::none) return fail(lambda::detail::event_error(std::move(request.error())));
  return Answered{trigger, problem(request.error())};
}

bool is_function(const RunOptions& options, Serve serve) {
  if (serve == nullptr) return true;
  const auto& given = options.lambda.environment;
  return !(given ? *given : lambda::Environment::from_env()).runtime_api.empty();
}

lambda::RunOptions checked(const Router& router, const RunOptions& options) {
  lambda::RunOptions out = options.lambda;
  out.init = [&router, init = options.lambda.init]() -> Result<void> {
    if (!router.errors().empty()) return fail(router.errors().front());
    return init ? init() : Result<void>();
  };
  return out;
}

int run_whole(const Router& router, const RunOptions& options, Serve serve) {
  if (!is_function(options, serve)) return serve(router, options);
  const EventOptions events = EventOptions::from_env();
  return lambda::detail::run_text(
      [&](std::string_view event, const lambda::Context& context) {
        return answer_event(router, event, context, events);
      },
      checked(router, options));
}

}  // namespace detail

Result<std::string> answer_event(const Router& router, std::string_view event, const lambda::Context& context,
                                 const EventOptions& options) {
  auto answered = detail::respond_to(router, event, context, options);
  if (!answered) return fail(std::move(answered.error()));
  Response& response = answered->response;
  if (auto whole = collect(response); !whole) response = problem(whole.error());
  return reply_of(answered->trigger, response);
}

}  // namespace sloop::web
