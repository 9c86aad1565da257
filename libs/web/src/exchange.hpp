// SPDX-License-Identifier: Apache-2.0
//
// What whole and streamed answers share. Apart from each other, so that a function that does not stream links no
// streaming.
#pragma once

#include "sloop/web/run.hpp"

namespace sloop::web::detail {

struct Answered {
  Trigger trigger;
  Response response;
};

/// The response to an event; an oddity of the event is a response too.
[[nodiscard]] Result<Answered> respond_to(const Router& router, std::string_view event, const lambda::Context& context,
                                          const EventOptions& options);

/// Whether the program was started by Lambda, or nothing else is possible.
[[nodiscard]] bool is_function(const RunOptions& options, Serve serve);

/// The options for Lambda, with a router's errors as a failure of initialisation.
[[nodiscard]] lambda::RunOptions checked(const Router& router, const RunOptions& options);

}  // namespace sloop::web::detail
