// SPDX-License-Identifier: Apache-2.0
//
// Which kind of event is this? Told from its shape, as AWS puts no name on events.
//
//   if (kind_of(event) == SqsEvent::event_kind) ...
//
// Functions with one trigger need none of this; those with several use <sloop/events/dispatcher.hpp>.
#pragma once

#include <string>
#include <string_view>

#include "sloop/core/json.hpp"

namespace sloop::events {

/// The `event_kind` of the type that fits, such as `sqs`; empty when the shape is unknown.
[[nodiscard]] std::string_view kind_of(const Json& event);

/// For messages: the kind with what distinguishes the event, or the names of its members; no values but those that AWS
/// names things by.
[[nodiscard]] std::string describe(const Json& event);

}  // namespace sloop::events
