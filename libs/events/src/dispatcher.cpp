// SPDX-License-Identifier: Apache-2.0
#include "sloop/events/dispatcher.hpp"

#include "sloop/events/kind.hpp"

namespace sloop::events {

bool detail::EventPattern::fits(std::string_view kind_of_event, const Json& event) const {
  return kind == kind_of_event && (detail_type.empty() || find_string(event, "detail-type") == detail_type) &&
         find_string(event, "triggerSource").starts_with(trigger_source);
}

Result<Json> Dispatcher::operator()(const Json& event, const lambda::Context& context) const {
  const auto kind = kind_of(event);
  for (const auto& route : routes_)
    if (route.pattern.fits(kind, event)) return route.call(event, context);
  if (fallback_) return fallback_(event, context);
  std::string taken;
  for (const auto& route : routes_) {
    taken += (taken.empty() ? "" : ", ") + std::string(route.pattern.kind);
    for (const auto part : {route.pattern.detail_type, route.pattern.trigger_source})
      if (!part.empty()) taken += " (" + std::string(part) + ")";
  }
  return fail(ErrorKind::invalid_input, "no handler takes this event: " + describe(event) + "; taken are " + taken);
}

}  // namespace sloop::events
