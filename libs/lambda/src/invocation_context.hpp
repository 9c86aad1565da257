// SPDX-License-Identifier: Apache-2.0
//
// From the headers of `/next` to what a handler sees.
#pragma once

#include "sloop/lambda/context.hpp"
#include "sloop/lambda/runtime_client.hpp"

namespace sloop::lambda::detail {

/// The context without what belongs to the process: function, log and stop token.
[[nodiscard]] Context context_of(const Invocation& invocation);

/// X-Ray's SDKs read the trace id in `_X_AMZN_TRACE_ID`; an invocation without one must not see its predecessor's.
void set_trace_variable(const std::string& trace_id);

}  // namespace sloop::lambda::detail
